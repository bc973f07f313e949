// What becomes of words where the line is cut or the server refuses them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { missing as skip } from "./chromium.mjs";
import { RULES, a, b, blocks, box, close, faults, open, relay, same, shots, state, text } from "./pair.mjs";
import { eventually } from "./server.mjs";

before(() => skip || open([["paragraph", "Les élus du numérique."]]));
after(close);

test("a tunnel: what is typed offline is kept, said, and arrives; unsent is never called saved", { skip }, async () => {
  relay.refusing = true;
  relay.cut();
  await state(a, "Hors connexion\u00a0: votre texte est gardé sur cet appareil");
  await box(a).press("Control+End");
  assert.equal(await a.locator(".editor-line").evaluate((el) => getComputedStyle(el).position), "fixed", "it is in sight wherever one writes");
  await a.keyboard.type(" TUNNEL");
  await box(b).press("Control+Home");
  await b.keyboard.type("GARE ");
  assert.ok(!text().includes("TUNNEL"));
  relay.refusing = false;
  await eventually("both arrived", async () => assert.ok(text().includes("TUNNEL") && text().includes("GARE")));
  await state(a, "Tout est enregistré");
  await same();
  relay.acking = false;
  await a.keyboard.type("x");
  await state(a, "Enregistrement…");
  relay.acking = true;
  await a.keyboard.type("y");
  await state(a, "Tout est enregistré");
});

test("a page closed in the tunnel finds its words again", { skip }, async () => {
  relay.refusing = true;
  relay.cut();
  await state(a, "Hors connexion\u00a0: votre texte est gardé sur cet appareil");
  await box(a).press("Control+End");
  await a.keyboard.type(" RETROUVÉ");
  await a.waitForTimeout(300);
  await a.reload();
  await eventually("from the device", async () => assert.ok((await blocks(a)).join("").includes("RETROUVÉ")));
  assert.ok(!text().includes("RETROUVÉ"));
  relay.refusing = false;
  await eventually("sent", async () => assert.ok(text().includes("RETROUVÉ")));
  await state(a, "Le texte écrit hors connexion sur cet appareil a été retrouvé et envoyé.");
  await box(a).press("Control+End");
  const said = a.getByRole("status").getByText("retrouvé et envoyé");
  assert.ok((await said.boundingBox()).y >= 0, "it is in sight wherever one reads");
  await same();
  await a.getByRole("button", { name: "Fermer ce message" }).click();
  assert.equal(await said.count(), 0);
});

test("refused: said in the server's words, not tried again, nothing more can be typed", { skip }, async () => {
  const c = await b.context().newPage();
  await c.goto(relay.url + "/b");
  await state(c, "Tout est enregistré");
  const last = [...relay.conns].pop();
  last.close(4403, "La motion a été déposée.");
  await state(c, "La motion a été déposée.");
  const n = relay.conns.size;
  await c.waitForTimeout(1500);
  assert.ok(relay.conns.size <= n);
  assert.equal(await box(c).getAttribute("contenteditable"), "false");
  await c.close();
});

test("a role withdrawn while one writes without a line: the words are offered to be copied", { skip }, async () => {
  const context = await b.context().browser().newContext();
  const c = await context.newPage();
  await c.goto(relay.url + "/b");
  await state(c, "Tout est enregistré");
  const before = text();
  relay.refuses = "Le texte en cours d’écriture est réservé aux rapporteur·es et à l’équipe.";
  await context.setOffline(true);
  await box(c).press("Control+End");
  await c.keyboard.type(" écrit dans un tunnel");
  await context.setOffline(false);
  await state(c, relay.refuses);
  const words = c.getByLabel("Le texte de cet appareil");
  await words.waitFor();
  assert.match(await words.inputValue(), /écrit dans un tunnel$/);
  await c.getByRole("heading", { name: "Vous ne pouvez plus écrire dans ce texte" }).waitFor();
  assert.ok(await c.getByRole("button", { name: "Repartir du texte partagé" }).isHidden());
  const region = c.getByRole("region", { name: "Vous ne pouvez plus écrire dans ce texte" });
  await region.getByRole("button", { name: "Copier ce texte" }).click();
  await region.getByText(/Le texte est (copié|sélectionné)/).waitFor();
  // And wherever one writes, in the line that says so.
  const bar = c.locator(".editor-line");
  await c.evaluate(() => scrollTo(0, 0));
  await bar.getByRole("button", { name: "Copier ce texte" }).click();
  await bar.getByText(/Le texte est (copié|sélectionné)/).waitFor();
  assert.ok((await bar.boundingBox()).y > 500, "at the window's bottom");
  assert.equal(text(), before);
  relay.refuses = "";
  // What writes can be seen not to.
  const toolbar = c.getByRole("toolbar", { name: "Mise en forme" });
  assert.deepEqual(await toolbar.locator("button:enabled, select:enabled").evaluateAll((all) => all.map((el) => el.textContent)), ["Sources", "Chercher"]);
  await c.locator(".theme-item summary").first().click();
  const cite = c.getByRole("button", { name: /^Citer/ });
  await cite.first().waitFor({ state: "attached" });
  assert.ok((await cite.evaluateAll((all) => all.every((el) => el.disabled && !el.closest(".verbatim").draggable))));
  // The page is gone, and the next one is refused: the words are there, for the
  // one who wrote them, until they are taken away or one signs out.
  const refused = async (who) => {
    await c.goto(`${relay.url}/motion/m1/rediger?who=${who}`);
    await c.getByRole("heading", { level: 1 }).waitFor();
    return c.getByRole("heading", { name: "Des mots écrits ici hors connexion n’ont pas été acceptés" });
  };
  await (await refused("p2")).waitFor();
  assert.match(await c.getByLabel("Le texte de cet appareil").inputValue(), /écrit dans un tunnel$/);
  await c.getByRole("button", { name: "Copier ce texte" }).click();
  await c.getByText(/Le texte est (copié|sélectionné)/).waitFor();
  assert.deepEqual(await violations(c), []);
  assert.equal(await (await refused("p3")).count(), 0);
  const kept = () => c.evaluate(async () => [...Object.keys(localStorage).filter((key) => key.startsWith("congres:motion:")), ...(await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith("congres-motion"))]);
  await (await refused("p2")).waitFor();
  assert.equal((await kept()).length, 2);
  await c.getByText("Effacer ces mots").click();
  await c.getByRole("button", { name: "Effacer de cet appareil" }).click();
  await c.getByText("Ces mots sont effacés de cet appareil.").waitFor();
  await eventually("gone", async () => assert.deepEqual(await kept(), []));
  assert.equal(await (await refused("p2")).count(), 0);
  await c.evaluate(() => localStorage.setItem("congres:motion:m1:p2", JSON.stringify("des mots")));
  await (await refused("p2")).waitFor();
  await c.goto(relay.url + "/sortie");
  await eventually("signed out", async () => assert.deepEqual(await kept(), []));
  await context.close();
});

test("more than the server takes: the words can be copied, and the shared text opened again", { skip }, async () => {
  const c = await b.context().newPage();
  await c.goto(relay.url + "/b");
  await state(c, "Tout est enregistré");
  const before = text();
  relay.longest = 4000;
  // Nobody presses a key within the 20 ms in which ProseMirror puts its own cursor back.
  await box(c).focus();
  await c.evaluate(() => new Promise((resolve) => setTimeout(resolve, 40)));
  await c.keyboard.press("Control+End");
  await c.keyboard.press("Enter");
  await box(c).evaluate((el, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", words);
    el.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, "Été, à Noël ; ".repeat(400));
  const words = c.getByLabel("Le texte de cet appareil");
  await words.waitFor();
  assert.match(await words.inputValue(), /Été, à Noël.{5000}/);
  assert.equal(await box(c).getAttribute("contenteditable"), "false");
  await c.setViewportSize({ width: 360, height: 740 });
  assert.ok(await c.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await c.locator("section", { has: words }).scrollIntoViewIfNeeded();
  await c.screenshot({ caret: "initial", path: join(shots, "editor-360-impasse.png") });
  assert.deepEqual(await violations(c, RULES), []);
  await c.reload(); // this device still has them, and says so again
  await words.waitFor();
  const region = c.getByRole("region", { name: "Le serveur ne peut pas garder ce qui a été ajouté ici" });
  await region.getByRole("button", { name: "Copier ce texte" }).click();
  await region.getByText(/Le texte est (copié|sélectionné)/).waitFor();
  await c.getByRole("button", { name: "Repartir du texte partagé" }).click();
  await state(c, "Tout est enregistré");
  assert.ok(await words.isHidden());
  assert.equal(await box(c).getAttribute("contenteditable"), "true");
  assert.ok(text().startsWith(before.trimEnd()) && !text().includes("Noël"), text());
  relay.longest = Infinity;
  await c.close();
});

test("nothing that a page must never do", { skip }, () => assert.deepEqual(faults.flat(), []));
