// rapport.html as people open it: from a folder, without a network and without script.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { launch, missing } from "./chromium.mjs";
import { congres, directory, unbuilt } from "./server.mjs";

test("the offline report folds themes on a telephone, and every link opens what it leads to", { skip: missing || unbuilt }, async (t) => {
  const folder = directory();
  const says = [
    ["Les bus sont trop rares le soir.", "Il faut plus de bus le dimanche, et des arrêts de bus abrités."],
    ["La cantine scolaire devrait servir des légumes de la région.", "Une cantine scolaire avec des légumes frais, pourquoi pas ?"],
    ["La fibre n’arrive pas dans les hameaux.", "Sans fibre ni réseau mobile, les hameaux se vident."],
  ];
  const rows = Array.from({ length: 60 }, (_, i) => `${i + 1},"Avis ${i + 1}.\n\n${says[i % 3].join(" ")}"`);
  const table = join(folder, "avis.csv");
  writeFileSync(table, `id,texte\n${rows.join("\n")}\n`);
  await congres("analyse", table, "--text", "texte", "--themes", "3", "--out", join(folder, "rapport"));
  const address = pathToFileURL(join(folder, "rapport", "rapport.html")).href;

  const browser = await launch();
  t.after(() => browser.close());
  const open = async (width, place = "") => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    await page.goto(address + place);
    return page;
  };
  const shown = (page, place) => page.locator(place).first().evaluate((e) => e.checkVisibility({ contentVisibilityAuto: true }));

  const wide = await open(1440);
  const themes = await wide.locator("section.theme").evaluateAll((all) => all.map((e) => e.id));
  assert.equal(themes.length, 3);
  assert.ok(await shown(wide, `#${themes[0]} ol.said`), "a wide window shows all of a theme");
  assert.ok(!(await shown(wide, `#${themes[0]} details.more > summary`)));

  const narrow = await open(360);
  assert.ok(!(await shown(narrow, `#${themes[0]} ol.said`)), "a narrow one folds it");
  const height = (page) => page.evaluate(() => document.documentElement.scrollHeight);
  assert.equal(await narrow.evaluate(() => document.documentElement.scrollWidth), 360);
  const folded = await height(narrow);
  await narrow.locator(`#${themes[0]} details.more > summary`).first().click();
  assert.ok(await shown(narrow, `#${themes[0]} ol.said`));
  assert.ok((await height(narrow)) > folded);
  assert.ok(await shown(narrow, `#${themes[0]} .back a[href="#sommaire"]`));

  // Links into what is folded, by a click and by the address.
  for (const place of [`${themes[1]}-textes`, `${themes[1]}-phrases`]) {
    await narrow.locator(`#${themes[1]} > p a[href="#${place}"]`).first().click();
    assert.ok(await shown(narrow, `#${place}`), place);
  }
  assert.ok(await shown(await open(360, "#texte-60"), "#texte-60"), "a text on its shelf");
  // The text is as it was written.
  const text = await (await open(360, "#texte-1")).locator("#texte-1 p").first().innerText();
  assert.equal(text, `Avis 1.\n\n${says[0].join(" ")}`);
});
