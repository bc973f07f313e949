// Writing on a telephone, and two people at one place, in a real browser.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { startRelay } from "./relay.mjs";
import { editorPage, themes } from "./sample.mjs";
import { eventually } from "./server.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });
const skip = missing;
let relay, browser, a, b;
const faults = [];

before(async () => {
  if (skip) return;
  relay = await startRelay({ "/a": editorPage("p1", "Amel"), "/b": editorPage("p2", "Béatrice"), "/motion/m1/themes.json": JSON.stringify(themes) });
  const shared = relay.doc.getText("motion");
  for (let i = 0; i < 40; i++) {
    shared.insert(shared.length, `Paragraphe ${i}, assez long pour tenir sur plus d’une ligne d’un téléphone.`, {});
    shared.insert(shared.length, "\n", { b: `paragraph|b${i}` });
  }
  browser = await launch();
  const arrive = async (path, options) => {
    const page = await (await browser.newContext({ locale: "fr-FR", ...options })).newPage();
    faults.push(watch(page, relay.url));
    await page.goto(relay.url + path);
    await page.getByText("Tout est enregistré", { exact: true }).first().waitFor({ timeout: 15_000 });
    return page;
  };
  a = await arrive("/a", { viewport: { width: 1440, height: 900 } });
  b = await arrive("/b", { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
});
after(async () => {
  await browser?.close();
  await relay?.close();
});

const text = (page) => page.locator("#motion-texte");

test("two people's letters at the end of one paragraph stay apart", { skip }, async () => {
  for (const page of [a, b]) await text(page).press("Control+End");
  await Promise.all([a.keyboard.type("abcdef", { delay: 40 }), b.keyboard.type("123456", { delay: 40 })]);
  await eventually("both words are whole", async () => {
    const shared = relay.doc.getText("motion").toString();
    assert.ok(shared.includes("abcdef") && shared.includes("123456"), shared.slice(-40));
  });
});

test("on a telephone the columns stay at hand, and a citation comes into sight and is told", { skip }, async () => {
  const tabs = b.locator(".editor-tabs");
  await eventually("the end is in sight", async () => assert.ok((await b.evaluate(() => scrollY)) > 1000));
  const [top, bottom] = await b.evaluate(() => [document.querySelector(".editor-tabs").getBoundingClientRect().top, document.querySelector(".toolbar").getBoundingClientRect().bottom]);
  assert.ok(top >= 0 && bottom <= 105, `${top} to ${bottom}`);
  await tabs.getByRole("button", { name: /^Thèmes/ }).tap();
  await b.locator(".theme-item summary").first().tap();
  await b.screenshot({ path: join(shots, "phone-themes.png") });
  await b.getByRole("button", { name: /^Citer/ }).first().tap();
  await eventually("in sight", async () => {
    const box = await text(b).locator(".cite").first().boundingBox();
    assert.ok(box && box.y >= 90 && box.y < 640, JSON.stringify(box));
  });
  await eventually("told", async () => assert.match(await b.locator(".editor-top > .visually-hidden").textContent(), /^Verbatim.* cité dans le bloc 40 sur 40\.$/));
  await b.screenshot({ path: join(shots, "phone-cite.png") });
  const session = await b.context().newCDPSession(b);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const mark = nodes.find((node) => node.role?.value === "mark");
  assert.equal(mark?.description?.value, "appuyé par une contribution");
  assert.deepEqual(await violations(b), []);
});

test("no fault on any page", { skip }, () => assert.deepEqual(faults.flat(), []));
