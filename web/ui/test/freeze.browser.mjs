// A motion is frozen and opened again, and everything that was contributed is
// searched, on the real server.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { directory, eventually, start, unbuilt } from "./server.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });
const skip = missing || unbuilt;
let server, browser, writer, staff, motion;
const faults = [];

async function arrive(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", ...options });
  const page = await context.newPage();
  faults.push(watch(page, server.url));
  await page.goto(server.links[role]);
  await page.getByRole("button", { name: /Entrer/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/entrer"));
  return page;
}
const saved = (page) => page.getByText("Tout est enregistré", { exact: true }).waitFor({ timeout: 30_000 });

before(async () => {
  if (skip) return;
  server = await start("demo", directory());
  browser = await launch();
  writer = await arrive("rapporteure");
  await writer.goto(`${server.url}/motion`);
  await writer.getByRole("checkbox").first().check();
  await writer.getByRole("button", { name: "Ouvrir le projet" }).click();
  motion = /\/motion\/[^/]+/.exec(writer.url())[0];
  await saved(writer);
  staff = await arrive("équipe", { javaScriptEnabled: false });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("words are sought in all that was contributed, and offline in what the page has", { skip }, async () => {
  const status = writer.locator(".editor-themes [role=status]");
  const field = writer.getByLabel("Chercher un thème ou des mots");
  await field.fill("les");
  await eventually("the server has answered", async () => assert.match(await status.textContent(), /^[\d\s]+phrases dans toutes les contributions/));
  const found = Number(/^[\d\s]+/.exec(await status.textContent())[0].replace(/\s/g, ""));
  const listed = await writer.locator(".theme-item:not([hidden]) .verbatim:not([hidden])").count();
  assert.ok(found >= listed || listed > 100, `${listed} shown of ${found}`);
  await writer.screenshot({ path: join(shots, "chercher-tout.png") });
  assert.deepEqual(await violations(writer), []);
  await field.fill("xyzzy");
  await eventually("nothing holds it", async () => assert.equal(await status.textContent(), "Aucune contribution ne contient ces mots."));
  await writer.context().setOffline(true);
  await field.fill("école");
  await eventually("it says what was searched", async () => assert.match(await status.textContent(), /n’a porté que sur les premiers verbatims/));
  await writer.context().setOffline(false);
  await field.fill("");
  await saved(writer);
});

test("a motion is frozen by a page without scripts, its editors are told and may write again", { skip }, async () => {
  await staff.goto(server.url + motion);
  await staff.getByText("Arrêter l’écriture, par exemple avant un vote").click();
  await staff.getByLabel("Motif").fill("Le texte est remis à la séance de jeudi");
  await staff.screenshot({ path: join(shots, "figer.png"), fullPage: true });
  await staff.getByLabel("Oui, figer le texte").check();
  await staff.getByRole("button", { name: "Figer le texte" }).click();
  await staff.getByText(/^Ce texte est figé/).waitFor();
  await staff.screenshot({ path: join(shots, "fige.png"), fullPage: true });

  await writer.getByText(/remis à la séance de jeudi/).waitFor();
  await eventually("nothing can be typed", async () => assert.equal(await writer.locator("#motion-texte").getAttribute("contenteditable"), "false"));
  await writer.screenshot({ path: join(shots, "fige-redaction.png") });

  // Who opens it now reads so at once, and who had it open reads it still.
  const late = await writer.context().newPage();
  faults.push(watch(late, server.url));
  await late.goto(`${server.url}${motion}/rediger`);
  const told = late.getByText(/^Le texte est figé/);
  await told.waitFor();
  assert.match(await told.textContent(), /^Le texte est figé\u00a0: il se lit mais ne se modifie plus \(le .+ à .+ par .+\u00a0: «\u202fLe texte est remis à la séance de jeudi\u202f»\)\.$/);
  await late.getByText(/^Texte figé\s: lecture seule$/).waitFor();
  assert.equal(await late.locator("#motion-texte").getAttribute("contenteditable"), "false");
  assert.deepEqual(await violations(late), []);
  await late.screenshot({ path: join(shots, "fige-ensuite.png") });

  await staff.getByText("Laisser de nouveau écrire").click();
  await staff.getByLabel("Motif").fill("Une faute à corriger");
  await staff.getByLabel("Oui, rouvrir le texte").check();
  await staff.getByRole("button", { name: "Rouvrir", exact: true }).click();
  await late.getByText(/^Le texte est rouvert/).waitFor();
  for (const page of [late, writer]) {
    await page.getByText(/^Texte rouvert\s: rechargez cette page pour y écrire$/).waitFor();
    assert.equal(await page.getByText(/Vous ne pouvez plus écrire dans ce texte|Cette motion est figée|lecture seule/).locator("visible=true").count(), 0);
  }
  await late.getByRole("link", { name: "Recharger la page" }).click();
  await saved(late);
  await writer.getByRole("link", { name: "Recharger la page" }).click();
  await saved(writer);
  await writer.locator("#motion-texte").press("Control+End");
  await writer.keyboard.type(" Corrigé.");
  await saved(writer);
  assert.match(await writer.locator("#motion-texte").textContent(), /Corrigé\./);
  assert.deepEqual(faults.flat(), []);
});

test("who wrote offline what a frozen text cannot take is told so, and shown the words", { skip }, async () => {
  await writer.goto(`${server.url}${motion}/rediger`);
  await saved(writer);
  await writer.context().setOffline(true);
  await writer.getByText(/^Hors connexion/).waitFor();
  await writer.locator("#motion-texte").press("Control+End");
  await writer.keyboard.type(" Écrit dans le tunnel.");
  await staff.goto(server.url + motion);
  await staff.getByText("Arrêter l’écriture, par exemple avant un vote").click();
  await staff.getByLabel("Motif").fill("Le vote commence");
  await staff.getByLabel("Oui, figer le texte").check();
  await staff.getByRole("button", { name: "Figer le texte" }).click();
  await staff.getByText(/^Ce texte est figé/).waitFor();
  await writer.context().setOffline(false);
  await writer.getByRole("heading", { name: "Vous ne pouvez plus écrire dans ce texte" }).waitFor();
  assert.match(await writer.getByLabel("Le texte de cet appareil").inputValue(), /Écrit dans le tunnel\./);
  await writer.screenshot({ path: join(shots, "fige-hors-ligne.png"), fullPage: true });
  // Who opens the text again with such words on this device is told the same.
  await writer.goto(`${server.url}${motion}/rediger`);
  await writer.getByRole("heading", { name: "Vous ne pouvez plus écrire dans ce texte" }).waitFor();
  assert.match(await writer.getByLabel("Le texte de cet appareil").inputValue(), /Écrit dans le tunnel\./);
});
