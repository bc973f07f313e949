// Every page's script and look: drafts, the live line, dialogs, contrast.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { startRelay } from "./relay.mjs";
import { componentsPage, receiptPage } from "./sample.mjs";
import { eventually } from "./server.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });
const skip = missing;
let relay, browser, context, page, faults;
const saved = [];
const sent = [];

before(async () => {
  if (skip) return;
  relay = await startRelay({
    "/": componentsPage,
    "/brouillons/e1": (request, body) => (saved.push([body, request.headers["x-requested-with"]]), { status: 204 }),
    "/contributions": (_request, body) => (sent.push(body), { status: 303, headers: { Location: "/recu" } }),
    "/recu": receiptPage,
  });
  browser = await launch();
});
beforeEach(async () => {
  if (skip) return;
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR" });
  page = await context.newPage();
  faults = watch(page, relay.url);
  await page.goto(relay.url);
  saved.length = sent.length = 0;
});
after(async () => {
  await browser?.close();
  await relay?.close();
});
const status = () => page.locator("[data-draft-status]").textContent();

test("a draft is kept on the device at once and on the server a moment later, and found again", { skip }, async () => {
  await page.getByLabel("Votre contribution").fill("Mes mots");
  await page.getByLabel("Éducation").check();
  await eventually("said", async () => assert.match(await status(), /^Brouillon enregistré à \d+\u00a0h\u00a0\d\d$/));
  assert.equal(saved.at(-1)[1], "fetch");
  assert.equal(new URLSearchParams(saved.at(-1)[0]).get("texte"), "Mes mots");
  await page.reload();
  assert.equal(await page.getByLabel("Votre contribution").inputValue(), "Mes mots");
  assert.equal(await page.getByLabel("Éducation").isChecked(), true);
  assert.match(await status(), /retrouvé/);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.waitForURL("**/recu");
  await page.goto(relay.url);
  assert.equal(await page.getByLabel("Votre contribution").inputValue(), "");
});

test("sent without connection: kept, then sent by itself with the same key, then the receipt", { skip }, async () => {
  await context.setOffline(true);
  await page.getByLabel("Votre contribution").fill("Dans le train");
  await eventually("said", async () => assert.equal(await status(), "Hors connexion\u00a0: votre texte est gardé sur cet appareil"));
  await page.getByRole("button", { name: "Envoyer" }).click();
  await eventually("promised", async () => assert.match(await status(), /partira dès que la connexion reviendra/));
  assert.equal(sent.length, 0);
  await context.setOffline(false);
  await page.waitForURL("**/recu");
  assert.equal(sent.length, 1);
  assert.equal(new URLSearchParams(sent[0]).get("cle"), "k-123");
  assert.equal(new URLSearchParams(sent[0]).get("texte"), "Dans le train");
});

test("what arrives is offered and moves nothing", { skip }, async () => {
  await eventually("line", async () => assert.equal([...relay.lives].at(-1)?.from, 7));
  const item = (n) => ({ kind: "contribution.submitted", seq: n, id: `n${n}`, html: `<li data-id="n${n}"><article class="contribution"><h3>Nouvelle ${n}</h3></article></li>` });
  relay.live(item(8));
  const button = page.locator('[data-live="contributions"] button');
  await eventually("one", async () => assert.equal(await button.textContent(), "1 nouvelle contribution — l’afficher"));
  assert.equal(await page.locator("[data-live-list] > li").count(), 1);
  relay.live(item(9));
  relay.live(item(9));
  await eventually("two", async () => assert.equal(await button.textContent(), "2 nouvelles contributions — les afficher"));
  await button.click();
  assert.deepEqual(await page.locator("[data-live-list] h3").allTextContents(), ["Nouvelle 9", "Nouvelle 8", "Un guichet humain"]);
  relay.cut();
  await eventually("resumes", async () => assert.equal([...relay.lives].at(-1)?.from, 9));
  relay.live({ kind: "analysis.progress", seq: 10, run: "r1", stage: "Groupement", done: 50, total: 200, percent: 25 });
  await eventually("progress", async () => assert.equal(await page.locator("[data-run-text]").textContent(), "Groupement, 50 sur 200, 25\u00a0%"));
  assert.equal(await page.locator("progress").evaluate((el) => el.value), 25);
  relay.live({ kind: "analysis.done", seq: 11, run: "r1" });
  await eventually("done", async () => assert.equal(await page.locator("[data-run-text] a").count(), 1));
  relay.live({ kind: "themes.changed", seq: 12 });
  relay.live({ kind: "themes.changed", seq: 13 });
  await eventually("themes", async () => assert.deepEqual(await page.locator('[data-live="themes"] button').allTextContents(), ["Les thèmes ont changé — les afficher"]));
  relay.live({ kind: "presence", count: 3 });
  await eventually("presence", async () => assert.equal(await page.locator('[data-live="presence"]').textContent(), "3\u00a0personnes en ligne"));
});

test("an act is said before it is done, and can be left", { skip }, async () => {
  await page.getByLabel("Votre contribution").fill("x");
  const act = page.getByRole("button", { name: "Supprimer" });
  await act.click();
  const dialog = page.getByRole("dialog");
  assert.match(await dialog.textContent(), /sera supprimé/);
  await page.keyboard.press("Escape");
  await eventually("closed", async () => assert.equal(await dialog.count(), 0));
  assert.equal(sent.length, 0);
  await act.click();
  await dialog.getByRole("button", { name: "Supprimer le brouillon" }).click();
  await page.waitForURL("**/recu");
  assert.equal(new URLSearchParams(sent[0]).get("supprimer"), "1");
});

test("what room is left", { skip }, async () => {
  await page.getByLabel("Votre contribution").fill("abc");
  assert.match(await page.locator("#reste").textContent(), /^19.997\u00a0caractères restants$/);
});

for (const colorScheme of ["light", "dark"])
  test(`components hold WCAG AA in ${colorScheme}, from 360 to 1440 px`, { skip }, async () => {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await violations(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px scrolls sideways`);
      await page.screenshot({ path: join(shots, `pages-${width}-${colorScheme}.png`), fullPage: true, caret: "initial" });
    }
    assert.deepEqual(faults, []);
  });
