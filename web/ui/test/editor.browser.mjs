// The editor in a real browser, two people at once.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TAGS, violations } from "./axe.mjs";
import { launch, missing, watch } from "./chromium.mjs";
import { startRelay } from "./relay.mjs";
import { editorPage, leftPage, refusedPage, themes } from "./sample.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });
const skip = missing;
let relay, browser, a, b;
const faults = [];

before(async () => {
  if (skip) return;
  relay = await startRelay({ "/motion/m1/rediger": (request) => ({ body: refusedPage(new URL(request.url, "http://x").searchParams.get("who")) }), "/sortie": leftPage, "/a": editorPage("p1", "Amel"), "/b": editorPage("p2", "Béatrice"), "/motion/m1/themes.json": JSON.stringify(themes), "/motion/m1/sources.json": (request) => ({ body: JSON.stringify({ sources: new URL(request.url, "http://x").searchParams.getAll("s").map((segment) => ({ segment, text: "Des mots d’ailleurs.", who: "Un maire, Drôme", contribution: "/contributions/c7#x" })) }) }) });
  browser = await launch();
  [a, b] = await Promise.all(
    ["/a", "/b"].map(async (path) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR" });
      const page = await context.newPage();
      faults.push(watch(page, relay.url));
      await page.goto(relay.url + path);
      await state(page, "Tout est enregistré");
      return page;
    }),
  );
});
after(async () => {
  await browser?.close();
  await relay?.close();
});

const box = (page) => page.locator("#motion-texte");
const state = (page, words) => page.getByText(words, { exact: true }).first().waitFor({ timeout: 15_000 });
const delta = () => relay.doc.getText("motion").toDelta();
const text = () => relay.doc.getText("motion").toString();
async function eventually(what, check) {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: ${error.message}`, { cause: error });
      await new Promise((r) => setTimeout(r, 50));
    }
  }
}
/** Blocks as a page shows them, carets of others taken out. */
const blocks = (page) =>
  box(page).evaluate((el) =>
    [...el.children].map((block) => {
      const copy = block.cloneNode(true);
      copy.querySelectorAll(".peer-caret, .ProseMirror-trailingBreak").forEach((x) => x.remove());
      return copy.textContent;
    }),
  );
const same = () =>
  eventually("pages and relay agree", async () => {
    const want = text().replace(/\n$/, "").split("\n");
    assert.deepEqual(await blocks(a), want);
    assert.deepEqual(await blocks(b), want);
  });

test("opening writes nothing", { skip }, async () => {
  assert.equal(text(), "");
});

test("a title, an axis and a paragraph, by keyboard", { skip }, async () => {
  await box(a).click();
  await a.keyboard.press("Control+Alt+1");
  await a.keyboard.type("Pour un numérique humain");
  await a.keyboard.press("Enter");
  await a.keyboard.press("Control+Alt+4");
  await a.keyboard.type("Accès aux droits");
  await a.keyboard.press("Enter");
  await a.keyboard.type("Une phrase commune où deux personnes écrivent.");
  await state(a, "Tout est enregistré");
  await same();
  // Nobody has put a cursor anywhere on the other page.
  assert.equal(await b.getByLabel("Nature du bloc").inputValue(), "");
  assert.equal(await b.locator(".editor-outline [aria-current]").count(), 0);
  assert.equal(await a.getByLabel("Nature du bloc").inputValue(), "proposal");
  assert.equal(await a.locator(".editor-outline [aria-current]").count(), 1);
  assert.deepEqual(delta().filter((op) => op.insert.includes("\n")).map((op) => op.attributes.b.split("|")[0]), ["title", "axis", "proposal"]);
  await eventually("the outline follows", async () =>
    assert.deepEqual(await b.locator(".editor-outline button").allTextContents(), ["Pour un numérique humain", "I. Accès aux droits", "1. Une phrase commune où deux personnes écrivent."]));
});

test("two people type, split and join in one paragraph at once: nothing is lost", { skip }, async () => {
  const put = async (page, offset) => {
    await page.evaluate((offset) => {
      const block = document.querySelectorAll("#motion-texte > .block")[2];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (n) => (n.parentElement.closest(".peer-caret") ? 2 : 1));
      let node;
      while ((node = walker.nextNode()) && offset > node.length) offset -= node.length;
      document.querySelector("#motion-texte").focus();
      getSelection().collapse(node, offset);
    }, offset);
    await page.waitForTimeout(50);
  };
  await put(a, 11);
  await put(b, 30);
  const typing = async (page, letters) => {
    for (const [i, letter] of [...letters].entries()) {
      await page.keyboard.type(letter);
      if (i % 9 === 4) await page.keyboard.press("Enter");
      if (i % 9 === 7) {
        await page.keyboard.press("Home");
        await page.keyboard.press("Backspace");
      }
    }
  };
  const one = "БГДЖЗИЙКЛПУФЦЧШЩЪЫЬЭЮЯ";
  const two = "αβγδεζηθικλμνξπρστυφχψω";
  await Promise.all([typing(a, one), typing(b, two)]);
  await same();
  for (const letter of one + two) assert.equal(text().split(letter).length - 1, 1, `${letter} in ${text()}`);
  for (const letter of "Une phrase commune où deux personnes écrivent.") assert.ok(text().includes(letter));
  assert.equal([...text()].filter((c) => !(one + two).includes(c) && c !== "\n").sort().join(""), [..."Pour un numérique humainAccès aux droitsUne phrase commune où deux personnes écrivent."].sort().join(""));
  await state(a, "Tout est enregistré");
  await state(b, "Tout est enregistré");
});

test("deleted blocks come back with their kinds and identifiers, by one undo", { skip }, async () => {
  const newlines = () => delta().filter((op) => op.insert.includes("\n")).map((op) => op.attributes.b);
  // The title's newline was written without an identifier, and two who split one block
  // at once may have given one twice: both pages repair that some seconds later.
  const named = () => newlines().map((b) => b.split("|")[1]);
  await eventually("each block has an identifier of its own", async () => assert.ok(named().every(Boolean) && new Set(named()).size === named().length, named().join()));
  const [words, kinds] = [text(), newlines()];
  assert.ok(new Set(kinds.map((b) => b.split("|")[0])).size > 2, kinds.join());
  const selections = {
    everything: () => a.keyboard.press("Control+a"),
    "from inside the axis to the end of another block": async () => {
      await a.keyboard.press("Control+Home");
      for (const key of ["ArrowDown", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+End"]) await a.keyboard.press(key);
    },
  };
  for (const [name, select] of Object.entries(selections))
    for (const key of ["Delete", "Z"]) {
      await box(a).focus();
      await select();
      await a.keyboard.press(key);
      await eventually(name, async () => assert.ok(text().length < words.length));
      await same();
      await a.keyboard.press("Control+z");
      await eventually(`${name}, ${key}`, async () => assert.deepEqual([text(), ...newlines()], [words, ...kinds]));
      await same();
    }
});

test("a cursor that a key puts at the beginning right after the focus stays there", { skip }, async () => {
  const before = text();
  await box(a).press("Control+End");
  await a.evaluate(() => document.activeElement.blur());
  await a.waitForTimeout(400); // a click long ago, for ProseMirror
  await box(a).focus();
  await a.keyboard.press("Control+Home");
  await a.keyboard.type("Z");
  await eventually("typed", async () => assert.equal(text(), `Z${before}`));
  await a.keyboard.press("Control+z");
  await eventually("undone", async () => assert.equal(text(), before));
});

test("the other's caret has a name", { skip }, async () => {
  await eventually("caret", async () => assert.equal(await a.locator(".peer-name").first().textContent(), "Béatrice"));
  assert.match(await a.locator(".editor-people").textContent(), /Avec vous\u00a0: Béatrice/);
});

test("undo takes back one's own work and not the other's", { skip }, async () => {
  const before = text();
  await box(a).press("Control+End");
  await a.keyboard.type("♠♠");
  await box(b).press("Control+End");
  await b.keyboard.type("♥");
  await eventually("both arrived", async () => assert.ok(text().includes("♠♠") && text().includes("♥")));
  await a.getByRole("button", { name: "Annuler" }).click();
  await eventually("undone", async () => assert.equal(text().replace("♥", ""), before));
  assert.ok(text().includes("♥"));
  await a.getByRole("button", { name: "Rétablir" }).click();
  await eventually("redone", async () => assert.ok(text().includes("♠♠")));
  await same();
});

test("a last act that another has overridden: Ctrl+Z says so and leaves one's older work", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.type("♣♣");
  await a.waitForTimeout(700);
  await a.keyboard.press("Control+Alt+Digit3");
  const kind = () => delta().at(-1).attributes?.b.split("|")[0];
  await eventually("a recital", () => assert.equal(kind(), "recital"));
  await same();
  await box(b).press("Control+End");
  await b.keyboard.press("Control+Alt+Digit6");
  await eventually("a proposal", () => assert.equal(kind(), "proposal"));
  await same();
  await box(a).press("Control+z");
  await a.locator(".editor-notice[role=status]").getByText("Rien à annuler\u00a0: une autre personne a repris ou changé cela depuis.", { exact: true }).waitFor();
  assert.ok(text().includes("♣♣"));
  assert.equal(kind(), "proposal");
  await a.keyboard.press("Control+z");
  await eventually("the letters", () => assert.ok(!text().includes("♣♣")));
  await eventually("the words are gone", async () => assert.equal(await a.locator(".editor-notice").textContent(), ""));
  await same();
});

test("bold by key, shown by the button", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Control+b");
  await eventually("pressed", async () => assert.equal(await a.getByRole("button", { name: "Gras" }).getAttribute("aria-pressed"), "true"));
  await a.keyboard.type("gras");
  await a.keyboard.press("Control+b");
  await eventually("kept", async () => assert.deepEqual(delta().find((op) => op.insert === "gras")?.attributes, { strong: true }));
});

test("a verbatim is cited, its theme reflected, its source shown, on both pages", { skip }, async () => {
  await eventually("themes", async () => assert.match(await b.locator(".missing summary").textContent(), /3 sur 3/));
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.locator(".theme-item summary").first().click();
  await a.getByRole("button", { name: /^Citer.*Sans médiateur/ }).click();
  await eventually("cited", async () => {
    const run = delta().find((op) => op.attributes?.["cite--c1@1:0-73"]);
    assert.equal(run.insert, themes.themes[0].verbatims[0].text);
  });
  assert.ok(text().includes("«\u202fSans médiateur, la moitié de nos aînés renonce à ses droits en ligne.\u202f»"));
  await a.keyboard.type(" Donc.");
  await eventually("typed behind", async () => assert.ok(text().includes(`» (${themes.themes[0].verbatims[0].who}) Donc.`)));
  for (const page of [a, b]) await eventually("count", async () => assert.match(await page.locator(".missing summary").textContent(), /2 sur 3/));
  await b.locator("[data-cite]").first().click();
  await eventually("source", async () => assert.equal(await b.locator(".sources a").getAttribute("href"), "/contributions/c1"));
});

test("a quote that no longer says its source's words is marked while one writes, and said under its sentence", { skip }, async () => {
  const ytext = relay.doc.getText("motion");
  const at = text().indexOf("Sans médiateur") + 5;
  assert.equal(await b.locator(".altered").count(), 0);
  ytext.insert(at, "aucun ", { "cite--c1@1:0-73": true });
  await eventually("marked", async () => assert.ok((await b.locator(".altered").count()) > 0));
  assert.match(await b.locator(".altered").first().evaluate((el) => getComputedStyle(el).textDecoration), /wavy/, "not by colour alone");
  await eventually("said", async () => assert.match(await b.locator(".sources").textContent(), /La citation ne dit plus les mots de sa source\./));
  ytext.delete(at, 6);
  await eventually("said right", async () => assert.equal(await b.locator(".altered").count(), 0));
  assert.doesNotMatch(await b.locator(".sources").textContent(), /ne dit plus/);
});

test("a selection is supported, by a theme's other words", { skip }, async () => {
  await box(a).press("Control+End");
  for (let i = 0; i < 5; i++) await a.keyboard.press("Shift+ArrowLeft");
  const button = a.getByRole("button", { name: /^Appuyer la sélection.*guichet humain/ });
  await eventually("enabled", async () => assert.equal(await button.isEnabled(), true));
  await button.click();
  await eventually("supported", async () => assert.equal(delta().find((op) => op.attributes?.["cite--c2@1:5-60"])?.insert, "Donc"));
});

test("a verbatim is dragged into the text", { skip }, async () => {
  await a.locator(".theme-item summary").nth(1).click();
  const at = await box(a).locator(".block").nth(1).boundingBox();
  await a.locator(".verbatim", { hasText: "cantine" }).locator("blockquote").dragTo(box(a).locator(".block").nth(1), { targetPosition: { x: at.width - 5, y: at.height / 2 } });
  await eventually("dropped", async () => assert.ok(delta().find((op) => op.attributes?.["cite--c3@1:0-44"])));
  await same();
});

test("under each sentence what supports it; without a source it is said; both can be hidden", { skip }, async () => {
  await eventually("counted", async () => assert.deepEqual(await a.locator(".supported").evaluateAll((all) => all.map((el) => el.dataset.sources)), ["1", "1"]));
  assert.ok((await a.locator(".unsupported-end").count()) > 0);
  assert.match(await a.locator(".unsupported").first().evaluate((el) => getComputedStyle(el).textDecoration), /dotted/, "not by colour alone");
  // The whole sentence and not the cited words alone; names from the server.
  const ytext = relay.doc.getText("motion");
  const at = text().indexOf("Une phrase");
  ytext.format(at, 3, { "cite--c7@1:0-20": true });
  await a.locator(".block", { hasText: "Une phrase" }).click({ position: { x: 160, y: 12 } });
  await eventually("who", async () => assert.match(await a.locator(".sources").textContent(), /Des mots d’ailleurs.*Un maire, Drôme/));
  const lay = () => a.evaluate(() => {
    const [bar, sheet] = [document.querySelector(".toolbar"), document.querySelector(".sources")];
    return { bar: bar.getBoundingClientRect().height, spills: bar.scrollWidth > bar.clientWidth, sticks: getComputedStyle(bar.parentElement).position === "sticky", sheet: sheet.getBoundingClientRect().height };
  });
  const wide = await lay();
  assert.ok(wide.bar < 60 && !wide.spills && wide.sticks, JSON.stringify(wide));
  assert.ok(await a.getByRole("button", { name: "Retirer cette citation" }).isVisible());
  for (const [width, height, sticks] of [[360, 740, true], [320, 225, false]]) {
    await a.setViewportSize({ width, height });
    const small = await eventually("one line", async () => {
      const now = await lay();
      assert.ok(now.sheet < 50, JSON.stringify(now));
      return now;
    });
    assert.ok(small.bar < 60 && small.sticks === sticks, JSON.stringify(small));
    assert.ok(await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await a.screenshot({ caret: "initial", path: join(shots, `editor-${width}-line.png`) });
  }
  await a.getByText("Source de cette phrase", { exact: true }).click();
  assert.ok(await a.getByRole("button", { name: "Retirer cette citation" }).isVisible());
  await a.getByText("Source de cette phrase", { exact: true }).click();
  await a.setViewportSize({ width: 1440, height: 900 });
  await a.getByText("Source de cette phrase", { exact: true }).click();
  await a.getByRole("button", { name: "Retirer cette citation" }).click();
  await eventually("released", async () => assert.ok(!delta().some((op) => op.attributes?.["cite--c7@1:0-20"])));
  await eventually("said", async () => assert.match(await a.locator(".sources").textContent(), /n’a pas de source\u00a0: les rapporteur·es en répondent/));
  await a.screenshot({ caret: "initial", path: join(shots, "editor-1440-sources.png") });
  await a.setViewportSize({ width: 360, height: 740 });
  await a.screenshot({ caret: "initial", path: join(shots, "editor-360-sources.png") });
  await a.setViewportSize({ width: 1440, height: 900 });
  const toggle = a.getByRole("button", { name: "Sources", exact: true });
  await toggle.click();
  assert.equal(await toggle.getAttribute("aria-pressed"), "false");
  assert.equal(await a.locator(".supported, .unsupported").count(), 0);
  await toggle.click();
  assert.ok((await a.locator(".unsupported").count()) > 0);
  await same();
});

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
});

test("an input method composes while the other types: nothing moves under it", { skip }, async () => {
  await box(a).press("Control+End");
  const session = await a.context().newCDPSession(a);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  // By the relay and not by the other page: one browser composes in one page.
  relay.doc.getText("motion").insert(0, "pendant ");
  await eventually("b has it", async () => assert.ok((await blocks(b)).join("").includes("pendant")));
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  assert.ok(!(await blocks(a)).join("").includes("pendant"));
  await session.send("Input.insertText", { text: "日本" });
  await eventually("both", async () => assert.ok(text().includes("pendant ") && text().includes("日本") && !text().includes("に"), text()));
  await same();
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

test("somebody went back to an earlier version: it is said, with the way to what stood", { skip }, async () => {
  const tell = (id) =>
    a.evaluate((id) => {
      const detail = { kind: "motion.restored", id, text: "Béatrice est revenu·e à la version «\u00a0Mardi\u00a0».", address: "/motion/m/versions?de=k&a=texte" };
      document.dispatchEvent(new CustomEvent("congres:live", { detail }));
    }, id);
  const said = a.getByRole("status").filter({ hasText: "est revenu·e à la version" });
  await tell("autre");
  assert.equal(await said.count(), 0);
  await tell(await a.locator("#editeur").getAttribute("data-motion"));
  await said.waitFor();
  assert.equal(await said.getByRole("link", { name: "Voir ce qui a changé" }).getAttribute("href"), "/motion/m/versions?de=k&a=texte");
  await said.getByRole("button", { name: "Fermer ce message" }).click();
  assert.equal(await said.count(), 0);
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
  assert.deepEqual(await violations(c, { type: "tag", values: TAGS.values.filter((tag) => tag !== "best-practice") }), []);
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

test("French typography as one types, given back by Ctrl+Z, and only where one types", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.type("L'état dit \"oui\" ... vraiment ?");
  await eventually("corrected", async () => assert.ok(text().includes("L’état dit «\u202foui\u202f» … vraiment\u202f?"), text()));
  await a.keyboard.press("Control+z");
  await eventually("given back", async () => assert.ok(text().includes("… vraiment ?"), text()));
  await a.keyboard.type("x");
  await eventually("behind it", async () => assert.ok(text().includes("… vraiment ?x"), text()));
  relay.doc.getText("motion").insert(0, "l'autre ? ");
  await same();
  assert.ok(text().includes("l'autre ? "), "what others write stays as they wrote it");
  await box(a).press("Control+End");
  const session = await a.context().newCDPSession(a);
  await session.send("Input.imeSetComposition", { text: "ici?", selectionStart: 4, selectionEnd: 4 });
  await a.waitForTimeout(100);
  assert.ok((await blocks(a)).join("").endsWith("ici?"), "an input method is not disturbed");
  await session.send("Input.insertText", { text: "ici?" });
  await eventually("once it is done", async () => assert.ok(text().includes("ici\u202f?"), text()));
  await same();
});

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=FR>
<!--StartFragment--><h1 style='color:#2F5496'><b>Le numérique<o:p></o:p></b></h1>
<p class=MsoNormal style='mso-margin-top-alt:auto'>À <st1:City w:st="on">Die</st1:City>, la <b>mairie</b>\r\nrenonce<del>bien</del>.<a class=msocomanchor href="#_msocom_1">[A1]</a><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>un <i>guichet</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·&nbsp;</span><![endif]>un <a href="https://ville.fr/">lien</a> et <a href="javascript:alert(1)">un piège</a></p>
<div style='mso-element:comment-list'><p class=MsoCommentText>un commentaire</p></div><!--EndFragment--></body></html>`;
const libre = `<html><body lang="fr-FR"><p style="line-height: 100%"><font color="#000000"><font face="Liberation Serif"><span style="font-weight: bold">Gras</span> et <i>penché</i></font></font></p><ul><li><p>premier</p></li><li><p>second<br>suite</p></li></ul><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></body></html>`;
const web = `<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-style:italic">Du web</span> <span style="font-weight:700">fort</span><script>alert(1)</script><img src="/x.png" onerror="alert(1)"><span data-cite="c9@1:0-3">cité ailleurs</span></p></b>`;
const paste = (page, html, plain) =>
  box(page).evaluate((el, [html, plain]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    el.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, plain]);
/** The text's blocks from its end: kind, then runs with their attributes. */
const last = (n) => {
  const out = [[]];
  for (const op of delta())
    for (const part of op.insert.split(/(\n)/).filter(Boolean)) {
      if (part !== "\n") out.at(-1).push(op.attributes ? [part, op.attributes] : part);
      else out.at(-1).unshift(op.attributes?.b.split("|")[0]), out.push([]);
    }
  return out.filter((block) => block.length).slice(-n);
};

test("pasted from Word, LibreOffice, the web: our blocks and nothing else; undone at once", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.press("Control+Alt+5");
  await state(a, "Tout est enregistré");
  const before = text();
  for (const [name, html, want] of [
    ["Word", word, [["axis", "Le numérique"], ["paragraph", "À Die, la ", ["mairie", { strong: true }], " renonce."], ["item", "un ", ["guichet", { em: true }]], ["item", "un ", ["lien", { link: "https://ville.fr/" }], " et un piège"]]],
    ["LibreOffice", libre, [["paragraph", ["Gras", { strong: true }], " et ", ["penché", { em: true }]], ["item", "premier"], ["item", "second"], ["item", "suite"], ["paragraph", "a | b"]]],
    ["web", web, [["paragraph", ["Du web", { em: true }], " ", ["fort", { strong: true }], "cité ailleurs"]]],
    ["plain", "", [["paragraph", "une ligne"], ["item", "un point"], ["paragraph", "fin"]]],
  ]) {
    await paste(a, html, "une ligne\r\n• un point\n\nfin");
    await eventually(name, async () => assert.deepEqual(last(want.length), want));
    await same();
    await a.keyboard.press("Control+z");
    await eventually(`${name} undone`, async () => assert.equal(text().replace(/\n+$/, ""), before.replace(/\n+$/, "")));
  }
  const notice = a.locator(".editor-notice");
  await paste(a, `<p>${"<span></span>".repeat(90_000)}</p>`, "les mots seuls");
  await eventually("formatting too heavy", async () => assert.match(await notice.textContent(), /seuls les mots/));
  await eventually("words", async () => assert.deepEqual(last(1), [["paragraph", "les mots seuls"]]));
  await paste(a, "", "x".repeat(1 << 20));
  await eventually("too long", async () => assert.match(await notice.textContent(), /1\u202f048\u202f576 caractères.*Rien n’a été collé/));
  assert.ok(!text().includes("xxxx"));
  await a.screenshot({ caret: "initial", path: join(shots, "editor-1440-paste.png") });
  await paste(a, "", " ");
  await a.keyboard.type(".");
  await same();
});

test("raised and lowered letters are kept; notes and levels of lists are not, and it is said", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.press("Control+Alt+5");
  const note = (n) => `<a style='mso-footnote-id:ftn${n}' href="#_ftn${n}" name="_ftnref${n}"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[${n}]</span></span></a>`;
  const words = `<p class=MsoNormal>Le 1<sup>er</sup> x<sup>2</sup>${note(1)} et CO<sub>2</sub>, 10<span style='vertical-align:super'>-3</span>.${note(2)}</p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Une note.</p><p class=MsoFootnoteText>Sa suite.</p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2">[2]</a> Une autre.</p></div></div>`;
  const libre = `<p>Un appel<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p><ul><li><p>un</p><ul><li><p>dedans</p></li></ul></li></ul><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" href="#sdfootnote1anc">1</a>La note.</p></div>`;
  for (const [html, want, said] of [
    [words, [["paragraph", "Le 1er x² et CO₂, 10⁻³."]], /^2\u00a0notes de bas de page n’ont pas été collées/],
    [libre, [["paragraph", "Un appel."], ["item", "un"], ["item", "dedans"]], /^Une note de bas de page.*plusieurs niveaux/],
  ]) {
    const before = text();
    await paste(a, html, "");
    await eventually("pasted", async () => assert.deepEqual(last(want.length), want));
    assert.match(await a.locator(".editor-notice").textContent(), said);
    await a.keyboard.press("Control+z");
    await eventually("undone", async () => assert.equal(text(), before));
  }
  // One line into an empty block is what its sign says, and leaves no empty block.
  const count = (await blocks(a)).length;
  await paste(a, "", "- un tiret");
  await eventually("a point", async () => assert.deepEqual(last(1), [["item", "un tiret"]]));
  assert.equal((await blocks(a)).length, count);
  assert.equal(await a.locator(".editor-notice").textContent(), "");
  await same();
});

test("in a long text only what is around the window is marked, and a key leaves its words where they are", { skip }, async () => {
  const ytext = relay.doc.getText("motion");
  const before = text().length;
  const of = (k) => [{ insert: `Phrase ${k} que rien n’appuie ici. `.repeat(6).trim() }, { insert: "\n", attributes: { b: `paragraph|long-${k}` } }];
  ytext.applyDelta([{ retain: before }, ...Array.from({ length: 120 }, (_, k) => of(k)).flat()]);
  const marked = () => box(a).evaluate((el) => [...el.children].map((block) => !!block.querySelector(".unsupported")));
  const scroll = (to) => a.evaluate((to) => document.querySelector("#motion-texte").children[to].scrollIntoView({ block: "center" }), to);
  const total = (await blocks(a)).length;
  for (const to of [total - 60, total - 2]) {
    await scroll(to);
    await eventually("marked in sight", async () => {
      const now = await marked();
      assert.ok(now[to], "the block in sight");
      assert.ok(now.slice(-120).filter(Boolean).length < 80, "and not the whole text");
    });
  }
  await box(a).evaluate((el) => {
    el.focus();
    globalThis.words = document.createTreeWalker(el.children[el.children.length - 2], NodeFilter.SHOW_TEXT).nextNode();
    getSelection().collapse(globalThis.words, 6);
  });
  // Once one is in a sentence it bears the mark of its end alone.
  await eventually("written in", async () => assert.equal(await a.evaluate(() => getSelection().focusNode.parentElement.closest(".unsupported")), null));
  await a.evaluate(() => (globalThis.words = getSelection().focusNode));
  await a.keyboard.type("xyz");
  await eventually("written", () => assert.ok(text().includes("Phrasexyz 118")));
  assert.ok(await a.evaluate(() => globalThis.words.isConnected && globalThis.words === getSelection().focusNode), "the words were made anew");
  ytext.delete(before, text().length - before);
  await same();
});

test("find and replace by keyboard: accents ignored or not, all at once, undone at once", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.type("L'école et l'ECOLE, l'ecole. Rien.");
  await state(a, "Tout est enregistré");
  const before = text();
  await a.keyboard.press("Control+f");
  const status = a.locator(".finder [role=status]");
  await a.keyboard.type("l'ecole");
  await eventually("three", async () => assert.match(await status.textContent(), /^3\u00a0fois/));
  await a.getByLabel("Tenir compte des accents").check();
  await eventually("two", async () => assert.match(await status.textContent(), /^2\u00a0fois/));
  await a.getByLabel("Tenir compte des accents").uncheck();
  await a.getByRole("searchbox", { name: "Chercher", exact: true }).press("Enter");
  await eventually("which", async () => assert.match(await status.textContent(), /\d sur 3$/));
  assert.equal(await a.locator(".found.current").count(), 1);
  await a.getByLabel("Remplacer par").fill("la classe");
  await a.screenshot({ caret: "initial", path: join(shots, "editor-1440-find.png") });
  await a.setViewportSize({ width: 360, height: 740 });
  assert.ok(await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await a.screenshot({ caret: "initial", path: join(shots, "editor-360-find.png") });
  await a.setViewportSize({ width: 1440, height: 900 });
  assert.deepEqual(await violations(a, { type: "tag", values: TAGS.values.filter((tag) => tag !== "best-practice") }), []);
  await a.getByRole("button", { name: "Tout remplacer" }).click();
  await eventually("replaced", async () => assert.ok(text().includes("La classe et la classe, la classe. Rien."), text()));
  assert.match(await status.textContent(), /^3\u00a0remplacements/);
  await same();
  await a.keyboard.press("Escape");
  await a.keyboard.press("Control+z");
  await eventually("undone at once", async () => assert.equal(text(), before));
  // What is quoted of the élus is left as it is, unless one asks for it.
  const quote = [{ insert: "L’école dit «\u202f" }, { insert: "l’école", attributes: { "cite--c1@1:0-7": true } }, { insert: "\u202f»." }, { insert: "\n", attributes: { b: "recital|ecole" } }];
  relay.doc.getText("motion").applyDelta(structuredClone(quote));
  await same(); // or else one replaces before one has heard of it
  const every = async (want, told) => {
    await box(a).press("Control+f");
    await a.getByRole("searchbox", { name: "Chercher", exact: true }).fill("école");
    await a.getByLabel("Remplacer par").fill("classe");
    await a.getByRole("button", { name: "Tout remplacer" }).click();
    await eventually("replaced", async () => assert.equal(text().split("\n")[0], want));
    assert.match(await status.textContent(), told);
    await a.keyboard.press("Escape");
    await a.keyboard.press("Control+z");
    await eventually("undone", async () => assert.equal(text(), `L’école dit «\u202fl’école\u202f».\n${before}`));
  };
  await every("L’classe dit «\u202fl’école\u202f».", /^\d\u00a0remplacements\. 1\u00a0passage laissé tel quel dans les citations\. /);
  await box(a).press("Control+f");
  await a.getByLabel("y compris dans les citations").check();
  await every("L’classe dit «\u202fl’classe\u202f».", /^\d\u00a0remplacements\. «/);
  relay.doc.getText("motion").delete(0, text().length - before.length);
  await same();
  assert.match(await a.locator(".editor-outline > .hint").textContent(), /^\d+\u00a0mots, moins d’une minute de lecture$/);
});

test("the plan leads to the recitals of each axis", { skip }, async () => {
  const of = (kind, words) => [{ insert: words }, { insert: "\n", attributes: { b: `${kind}|plan-${words.length}` } }];
  const before = text().length;
  relay.doc.getText("motion").applyDelta([{ retain: before }, ...of("axis", "Axe A"), ...of("recital", "Considérant"), ...of("recital", "Considérant que"), ...of("axis", "Axe BB"), ...of("recital", "Considérant encore")]);
  await eventually("shown", async () => assert.deepEqual((await a.locator(".editor-outline button").allTextContents()).slice(-4).map((x) => x.replace(/^[IVX]+\. /, "")), ["Axe A", "Considérants", "Axe BB", "Considérants"]));
  relay.doc.getText("motion").delete(before, text().length - before);
  await same();
});

test("pictures, accessibility, no sideways scroll, no fault", { skip }, async () => {
  assert.deepEqual(faults.flat(), []);
  await box(b).press("Control+Home");
  await a.waitForTimeout(400);
  for (const colorScheme of ["light", "dark"]) {
    await a.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(a, { type: "tag", values: TAGS.values.filter((tag) => tag !== "best-practice") }), [], colorScheme);
    await a.screenshot({ caret: "initial", path: join(shots, `editor-1440-${colorScheme}.png`) });
  }
  await a.emulateMedia({ colorScheme: "light" });
  await a.setViewportSize({ width: 360, height: 740 });
  for (const tab of ["Texte", "Plan", /Thèmes/]) {
    await a.locator(".editor-tabs").getByRole("button", { name: tab }).click();
    assert.ok(await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${tab} scrolls sideways`);
    await a.screenshot({ caret: "initial", path: join(shots, `editor-360-${tab instanceof RegExp ? "themes" : tab.toLowerCase()}.png`) });
  }
  assert.deepEqual(faults.flat(), []);
});
