// The pictures of the README: what the three people of a congress see, taken
// on the demo. `make pictures` takes them again.
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { directory, enter, start } from "./server.mjs";

const out = join(dirname(fileURLToPath(import.meta.url)), "..", "pictures");
mkdirSync(out, { recursive: true });
const LIMIT = 250_000;

const server = await start("demo", directory());
const browser = await launch();

/** arrive opens a page that looks the same each time: no motion, no caret that
 * blinks, no count of those who are there. */
async function arrive(role, viewport) {
  const context = await browser.newContext({ viewport, locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce", colorScheme: "light" });
  const page = await context.newPage();
  await enter(page, server.links[role]);
  return page;
}

async function picture(page, name) {
  const path = join(out, `${name}.png`);
  await page.evaluate(async () => {
    document.querySelectorAll("[data-live='presence']").forEach((el) => (el.hidden = true));
    await document.fonts.ready;
  });
  await page.screenshot({ path });
  const size = statSync(path).size;
  console.log(`${name}.png ${Math.ceil(size / 1000)} kB`);
  if (size > LIMIT) throw new Error(`${name}.png is over ${LIMIT / 1000} kB`);
}

try {
  const phone = { width: 360, height: 860 };
  const desk = { width: 1280, height: 800 };
  const elue = await arrive("élue", phone);
  await elue.getByRole("radio").first().check();
  await elue.getByLabel("Votre contribution").fill("À la permanence du mardi, une dame de 74 ans m’a tendu son téléphone\u00a0: «\u202fFaites-le pour moi.\u202f» Il faut un guichet où l’on vous regarde, pas seulement une page où l’on clique.");
  await elue.locator("[data-draft-status]", { hasText: "Brouillon enregistré" }).waitFor();
  await elue.evaluate(() => (document.querySelector("[data-draft-status]").textContent = "Brouillon enregistré à 14\u00a0h\u00a032"));
  await picture(elue, "elue");
  await elue.goto(`${server.url}/mes-contributions`);
  await picture(elue, "elue-devenir");

  const rapporteure = await arrive("rapporteure", desk);
  const other = await arrive("rapporteur", desk);
  const motion = await rapporteure.locator('a[href$="/rediger"]').first().getAttribute("href");
  for (const page of [rapporteure, other]) {
    await page.goto(server.url + motion);
    await page.getByText("Tout est enregistré", { exact: true }).waitFor();
  }
  await other.locator("#motion-texte > .block").nth(2).click();
  await rapporteure.locator(".peer-name").first().waitFor();
  await rapporteure.locator(".theme-item summary").first().click();
  await rapporteure.evaluate(() => document.activeElement.blur());
  await picture(rapporteure, "rapporteure");

  const equipe = await arrive("équipe", desk);
  await equipe.goto(`${server.url}/atelier`);
  await picture(equipe, "equipe");
} finally {
  await browser.close();
  await server.kill();
}
