// Every page of the real server, for each role, as a phone and a desk show it:
// WCAG 2.2 AA by axe in light and dark, and nothing that scrolls sideways at
// 320 px, which is what 400 % of zoom leaves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { COLOURS, TAGS, violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { directory, enter, start, unbuilt } from "./server.mjs";
import { contributions, roster } from "./story.mjs";

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
 * that kind on the page before it, and a function is what one does there. */
async function check(page, addresses) {
  const faults = watch(page, server.url);
  const found = [];
  for (const address of addresses) {
    let to = address;
    if (typeof to === "function") {
      await to(page);
      to = `${new URL(page.url()).pathname} after ${address.name}`;
    } else {
      if (/^(main )?a\[/.test(to)) to = await page.locator(to).last().getAttribute("href");
      await page.goto(new URL(to, server.url).href);
    }
    if (to.endsWith("/rediger")) await page.getByText("Tout est enregistré", { exact: true }).waitFor();
    for (const [width, colorScheme, rules] of [[1440, "light", TAGS], [360, "light", TAGS], [360, "dark", COLOURS]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 740 });
      for (const v of await violations(page, rules)) found.push(`${to} ${width} ${colorScheme}: ${v}`);
    }
    await page.setViewportSize({ width: 320, height: 256 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 320) found.push(`${to}: ${wide} px wide at 320`);
  }
  await page.context().close();
  assert.deepEqual([...found, ...faults.filter((f) => !/status of (404|409|410)/.test(f))], []);
}

const CONTRIBUTION = 'a[href^="/contributions/"]:not([href$="nouvelle"])';
const THEME = 'a[href^="/themes/"]:not([href$="sans-theme"])';

/** press is a form's button, and the page that it leads to. */
const press = (name) =>
  Object.defineProperty(
    async (page) => {
      await page.getByRole("main").getByRole("button", { name, exact: true }).first().click();
      await page.waitForLoadState();
    },
    "name",
    { value: `« ${name} »` },
  );
async function menu(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator(".site-menu summary").click();
}

test("a visitor's pages", { skip }, async () => {
  const page = await open("");
  // The file runs no script at all: it is looked at outside its sandbox.
  async function downloaded(page) {
    const address = await page.locator('a[href*="motion.html"]').getAttribute("href");
    const html = await (await page.request.get(server.url + address)).text();
    await page.goto("about:blank");
    await page.setContent(html);
  }
  await check(page, ["/contributions", menu, CONTRIBUTION, "/contributions?q=introuvable", "/themes", THEME, "/themes/sans-theme", "/rencontres", "/", 'a[href^="/motion/"]', downloaded, "/entrer", server.links["élu"], "/entrer/unlienquinexistepas", "/nulle-part", "/hors-ligne"]);
});

test("an élue's pages", { skip }, async () => {
  const page = await open("élue");
  async function tooEarly(page) {
    await page.locator('input[name="version"]').evaluate((el) => (el.value = "99"));
    await page.getByLabel("Votre contribution").fill("D’une version qui n’est pas la dernière.");
    await page.getByRole("button", { name: "Enregistrer la nouvelle version" }).click();
    await page.getByText("a changé ailleurs entre-temps").waitFor();
  }
  async function sent(page) {
    await page.getByRole("radio").first().check();
    await page.getByLabel("Votre contribution").fill("Une idée, lue par une machine.");
    await page.getByRole("button", { name: "Envoyer" }).click();
    await page.getByText("c’est bien reçu").waitFor();
  }
  await check(page, ["/contributions/nouvelle", sent, "/mes-contributions", menu, CONTRIBUTION, 'a[href$="/modifier"]', tooEarly, "/mes-contributions/effacement"]);
});

test("a rapporteure's pages", { skip }, async () => {
  const page = await open("rapporteure");
  async function source(page) {
    await page.setViewportSize({ width: 1440, height: 740 });
    await page.locator(".theme-item summary").first().click();
    await page.locator("#motion-texte [data-cite]").first().click();
    await page.getByText(/ources? de cette phrase/).first().waitFor();
  }
  await check(page, ["/motion", 'main a[href^="/motion/"]:not([href$="/rediger"])', 'a[href$="/versions"]', 'main a[href*="version="]', "/motion", 'a[href$="/rediger"]', source]);
});

test("the staff's pages", { skip }, async () => {
  const page = await open("équipe");
  async function axis(page) {
    await page.getByLabel("Nom de l’axe").fill("Se déplacer");
    await page.getByLabel("Amorces, une par ligne").fill("vélo\ntransports en commun");
    await press("Donner cet axe")(page);
  }
  async function split(page) {
    await page.goBack();
    for (const box of await page.locator(".pick > input").all().then((all) => all.slice(0, 2))) await box.check();
    await press("En faire un thème")(page);
    await page.getByRole("heading", { name: "Un thème à part" }).waitFor();
  }
  async function figures(page) {
    await page.goto(`${server.url}/atelier`);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((el) => (el.open = true)));
  }
  await check(page, [figures, 'a[href^="/atelier/themes/"]:not([href$="sans-theme"], [href*="#"], [tabindex])', press("Voir le thème réuni"), split, "/atelier/themes/sans-theme", "/atelier/axes", axis, 'main a[href^="/atelier/axes?"]', "/atelier/mots", "/atelier/mots?q=numérique", "/atelier/comparer", 'a[href^="/atelier/comparer?"]', "/pilotage", menu, "/pilotage/edition", "/pilotage/accreditation", 'a[href*="/effacer"]', "/pilotage/journal", press("Vérifier la chaîne")]);
});

test("the staff's pages on what is brought in", { skip }, async () => {
  const page = await open("équipe");
  async function list(page) {
    await page.evaluate(() => document.querySelectorAll("main details").forEach((el) => (el.open = true)));
    await page.getByLabel("Fichier CSV").setInputFiles(roster);
    await press("Relire ce fichier")(page);
  }
  async function file(page) {
    await page.getByLabel("Fichier", { exact: true }).setInputFiles(contributions("axe.csv", 0, 12, [["n12", "", "", ""], ["n1", "inconnu@ailleurs.example", "Autre", "Doublon."]]));
    await press("Relire ce fichier")(page);
  }
  async function imported(page) {
    await page.getByRole("button", { name: /^Importer/ }).click();
    await page.getByRole("heading", { name: "Import terminé" }).waitFor();
  }
  async function notes(page) {
    await page.getByLabel("Titre").fill("À Villebrume");
    await page.getByLabel("Date").fill("2026-11-10");
    await page.getByLabel("Notes", { exact: true }).fill("- Un premier point.\n- Un deuxième.");
    await page.getByLabel("Faire de chaque tiret").check();
    await press("Voir les points trouvés")(page);
  }
  async function running(page) {
    await page.goto(`${server.url}/atelier`);
    await press("Lancer l’analyse")(page);
  }
  await check(page, ["/pilotage/accreditation", list, press("Accréditer"), "/pilotage/imports", file, imported, "/pilotage/imports", "/pilotage/rencontres", notes, press("Enregistrer"), 'a[href*="rencontres?id="]', running]);
});
