// Every page of the real server, for each role, as a phone and a desk show it:
// WCAG 2.2 AA by axe in light and dark, and nothing that scrolls sideways at
// 320 px, which is what 400 % of zoom leaves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { COLOURS, TAGS, violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { directory, enter, start, unbuilt } from "./server.mjs";

const skip = missing || unbuilt;

let server, browser;
before(async () => {
  if (skip) return;
  server = await start("demo", directory());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.kill();
});

async function open(role) {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "fr-FR", reducedMotion: "reduce" })).newPage();
  if (role) await enter(page, server.links[role]);
  return page;
}

/** check goes through addresses; one that begins with a tag is the last link of
 * that kind on the page before it. */
async function check(page, addresses) {
  const faults = watch(page, server.url);
  const found = [];
  for (const address of addresses) {
    let to = address;
    if (/^(main )?a\[/.test(to)) to = await page.locator(to).last().getAttribute("href");
    await page.goto(new URL(to, server.url).href);
    if (to.endsWith("/rediger")) await page.getByText("Tout est enregistré", { exact: true }).waitFor();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 740 });
        for (const v of await violations(page, colorScheme === "light" ? TAGS : COLOURS)) found.push(`${to} ${width} ${colorScheme}: ${v}`);
      }
    }
    await page.setViewportSize({ width: 320, height: 256 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 320) found.push(`${to}: ${wide} px wide at 320`);
  }
  await page.context().close();
  assert.deepEqual([...found, ...faults.filter((f) => !/status of 404/.test(f))], []);
}

const CONTRIBUTION = 'a[href^="/contributions/"]:not([href$="nouvelle"])';
const THEME = 'a[href^="/themes/"]:not([href$="sans-theme"])';

test("a visitor's pages", { skip }, async () => {
  const page = await open("");
  await check(page, ["/contributions", CONTRIBUTION, "/themes", THEME, "/themes/sans-theme", "/rencontres", "/", 'a[href^="/motion/"]', "/entrer", server.links["élu"], "/nulle-part"]);
});

test("an élue's pages", { skip }, async () => {
  const page = await open("élue");
  await check(page, ["/contributions/nouvelle", "/mes-contributions", CONTRIBUTION, 'a[href$="/modifier"]', "/mes-contributions/effacement"]);
});

test("a rapporteure's pages", { skip }, async () => {
  const page = await open("rapporteure");
  await check(page, ["/motion", 'main a[href^="/motion/"]:not([href$="/rediger"])', 'a[href$="/versions"]', "/motion", 'a[href$="/rediger"]']);
});

test("the staff's pages", { skip }, async () => {
  const page = await open("équipe");
  await check(page, ["/atelier", 'a[href^="/atelier/themes/"]:not([href$="sans-theme"])', "/atelier/themes/sans-theme", "/pilotage", "/pilotage/edition", "/pilotage/accreditation", 'a[href*="/effacer"]', "/pilotage/imports", "/pilotage/rencontres", "/pilotage/journal"]);
});
