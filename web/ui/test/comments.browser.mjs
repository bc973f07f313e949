// Comments and versions on the real server: two people, one text.
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
let server, browser, one, two, motion;
const faults = [];

async function arrive(role, width = 1440) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "fr-FR" });
  const page = await context.newPage();
  faults.push(watch(page, server.url));
  await page.goto(server.links[role]);
  await page.getByRole("button", { name: /Entrer/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/entrer"));
  return page;
}
const saved = (page) => page.getByText("Tout est enregistré", { exact: true }).waitFor({ timeout: 15_000 });
const text = (page) => page.locator("#motion-texte");
const threads = (page) => page.locator(".threads > .thread");

before(async () => {
  if (skip) return;
  server = await start("demo", directory());
  browser = await launch();
  one = await arrive("rapporteure");
  await one.goto(`${server.url}/motion`);
  motion = await one.locator("main h2 a[href^='/motion/']").first().getAttribute("href").catch(() => null);
  if (!motion) {
    await one.getByRole("checkbox").first().check();
    await one.getByRole("button", { name: "Ouvrir le projet" }).click();
    motion = /\/motion\/[^/]+/.exec(one.url())[0];
  }
  two = await arrive("rapporteur");
  for (const page of [one, two]) {
    await page.goto(`${server.url}${motion}/rediger`);
    await saved(page);
  }
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** select puts the selection over words of the text. */
async function select(page, words) {
  await page.evaluate((words) => {
    const walker = document.createTreeWalker(document.querySelector("#motion-texte"), NodeFilter.SHOW_TEXT);
    let node;
    while ((node = walker.nextNode())) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      document.querySelector("#motion-texte").focus();
      getSelection().setBaseAndExtent(node, at, node, at + words.length);
      return;
    }
    throw new Error(`${words} is not there`);
  }, words);
  await page.waitForTimeout(100);
}

test("a comment is written with the keyboard, reaches the other page, and is answered there", { skip }, async () => {
  await text(one).press("Control+End");
  await one.keyboard.press("Enter");
  await one.keyboard.type("Le congrès demande une médiation dans chaque canton avant deux ans.");
  await saved(one);
  await select(one, "médiation dans chaque canton");
  await one.keyboard.press("Control+Alt+m");
  assert.equal(await one.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  const people = await one.locator(".comment-sheet select option").allTextContents();
  await one.keyboard.type("Est-ce tenable ? ");
  await one.screenshot({ path: join(shots, "commenter.png") });
  await one.locator(".comment-sheet select").selectOption(people[1]);
  await one.keyboard.press("Control+Enter");
  await threads(one).first().waitFor();
  await eventually("the other page shows it", async () => assert.equal(await threads(two).count(), 1));
  assert.match(await threads(two).first().textContent(), /Est-ce tenable/);
  await eventually("the words are marked there", async () => assert.equal(await text(two).locator(".comment-open").first().textContent(), "médiation dans chaque canton"));
  assert.match(await two.locator(".comment-sheet > [role=status]").textContent(), /Nouveau commentaire de/);
  await threads(two).first().locator("summary").click();
  await threads(two).first().locator("textarea").fill("Oui, avec les maisons France services.");
  await two.reload();
  await saved(two);
  await eventually("what was not sent is still there", async () => assert.match(await threads(two).first().locator("textarea").inputValue(), /maisons France services/));
  await threads(two).first().getByRole("button", { name: "Répondre" }).click();
  await eventually("the answer comes back", async () => assert.match(await threads(one).first().textContent(), /maisons France services/));
  await eventually("it stands beside its words", async () => {
    const [card, words] = await one.evaluate(() => [".threads > .thread", ".comment-open"].map((s) => document.querySelector(s).getBoundingClientRect().top));
    assert.ok(Math.abs(card - words) < 8, `${card} and ${words}`);
  });
  await threads(one).first().scrollIntoViewIfNeeded();
  await one.screenshot({ path: join(shots, "commentaires.png") });
});

test("names are proposed behind @, by keys and by mouse, told to screen readers", { skip }, async () => {
  const form = threads(one).first().locator("form");
  const area = form.locator("textarea");
  await threads(one).first().locator("summary").click();
  const names = (await form.locator("select option").allTextContents()).slice(1);
  await area.click();
  await one.keyboard.type("Merci @");
  const list = form.getByRole("listbox", { name: "Personnes à mentionner" });
  await list.waitFor();
  assert.deepEqual(await list.getByRole("option").allTextContents(), names.slice(0, 8));
  assert.match(await form.locator("[role=status]").textContent(), /noms?\u00a0: flèches pour choisir/);
  const active = () => area.evaluate((el) => document.getElementById(el.getAttribute("aria-activedescendant"))?.textContent);
  assert.equal(await active(), names[0]);
  assert.deepEqual(await violations(one), []);
  await one.keyboard.press("ArrowUp");
  assert.equal(await active(), names[Math.min(names.length, 8) - 1]);
  await one.keyboard.press("ArrowDown");
  await one.keyboard.press("ArrowDown");
  assert.equal(await active(), names[1 % names.length]);
  assert.equal(await list.getByRole("option", { selected: true }).textContent(), names[1 % names.length]);
  await one.screenshot({ path: join(shots, "mentionner.png") });
  await one.keyboard.press("Escape");
  assert.ok(await list.isHidden());
  assert.equal(await area.inputValue(), "Merci @", "Escape closes the list alone");
  // Letters without their accents, in small letters.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  await one.keyboard.type(plain(names[1]).slice(0, 4));
  await list.waitFor();
  assert.equal(await active(), names[1]);
  await one.keyboard.press("Enter");
  assert.equal(await area.inputValue(), `Merci @${names[1]} `);
  assert.equal(await area.evaluate((el) => document.activeElement === el), true);
  await one.keyboard.type("et @");
  await list.getByRole("option").first().click();
  assert.equal(await area.inputValue(), `Merci @${names[1]} et @${names[0]} `);
  await one.keyboard.type("ou ecrire@exemple.fr");
  assert.ok(await list.isHidden(), "an address is no mention");
  await one.keyboard.press("Control+Enter");
  await eventually("it is kept, and mentions them", async () => assert.match(await threads(two).first().textContent(), new RegExp(`Merci @${names[1]} et @${names[0]} ou`)));
});

test("the thread follows its words when their paragraph is split and moved", { skip }, async () => {
  const before = await text(one).locator(".comment-open").evaluateAll((list) => list.map((e) => e.textContent).join(""));
  await select(one, "dans chaque");
  await one.keyboard.press("ArrowLeft");
  await one.keyboard.press("Enter");
  await one.keyboard.press("Alt+ArrowUp");
  await saved(one);
  await eventually("both halves bear it on the other page", async () => {
    // By block: marks of sentences may cut what is shown into pieces.
    const halves = await text(two).locator(".block:has(.comment-open)").evaluateAll((all) => all.map((el) => [...el.querySelectorAll(".comment-open")].map((e) => e.textContent).join("")));
    assert.deepEqual(halves.sort(), ["dans chaque canton", "médiation "].sort());
  });
  assert.equal(before, "médiation dans chaque canton");
  await one.keyboard.press("Control+z");
  await one.keyboard.press("Control+z");
  await saved(one);
});

test("it is resolved, opened again, and outlives its words", { skip }, async () => {
  await threads(one).first().getByRole("button", { name: "Marquer comme résolu" }).click();
  await eventually("resolved on both", async () => {
    assert.equal(await threads(two).count(), 0);
    assert.equal(await text(two).locator(".comment-open").count(), 0);
  });
  await two.locator(".comments details > summary").first().click();
  await two.getByRole("button", { name: "Rouvrir" }).click();
  await eventually("open again", async () => assert.equal(await threads(one).count(), 1));
  await select(one, "médiation dans chaque canton");
  await one.keyboard.press("Delete");
  await eventually("it says that its words are gone", async () => assert.match(await threads(two).first().locator("p:visible").first().textContent(), /n’est plus dans le texte/));
  await saved(one);
});

test("everything replaced has a version kept before, and the way back is followed by open pages", { skip }, async () => {
  await text(one).press("Control+f");
  await one.getByRole("searchbox", { name: "Chercher", exact: true }).fill("congrès");
  await one.getByLabel("Remplacer par").fill("rassemblement");
  await one.getByRole("button", { name: "Tout remplacer" }).click();
  await one.getByText(/le texte d’avant est gardé parmi les versions/).waitFor();
  await saved(one);
  await one.goto(`${server.url}${motion}/versions`);
  await one.getByText(/gardée avant un remplacement partout/).waitFor();
  assert.ok(await one.locator(".changes ins").count());
  await one.screenshot({ path: join(shots, "versions.png"), fullPage: true });
  await one.goto(`${one.url()}?vue=cote`);
  await one.screenshot({ path: join(shots, "versions-cote.png"), fullPage: true });
  assert.deepEqual(await violations(one), []);
  await one.getByRole("button", { name: "Revenir à cette version" }).click();
  await eventually("the other page follows", async () => assert.match(await text(two).textContent(), /Le congrès demande/));
});

test("the panel filters verbatims, inserts one by the key and by dragging, and says what is covered", { skip }, async () => {
  await two.reload();
  await saved(two);
  const share = two.locator(".share");
  const before = await share.textContent();
  assert.match(before, /\d+\u00a0% des élu·es \(\d+ sur \d+\)/);
  const filter = two.getByLabel("Département");
  const [, department] = await filter.locator("option").evaluateAll((list) => list.map((o) => o.value));
  await filter.selectOption(department);
  await eventually("fewer verbatims", async () => assert.match(await two.locator(".editor-themes [role=status]").textContent(), /thème/));
  await two.screenshot({ path: join(shots, "panneau.png") });
  // The first theme that is not reflected: open it and cite by the keyboard.
  const item = two.locator(".theme-item:visible", { hasText: "pas encore reflété" }).first();
  await item.locator("summary").press("Enter");
  await item.getByRole("button", { name: /^Citer/ }).first().press("Enter");
  await eventually("the share has grown", async () => assert.notEqual(await share.textContent(), before));
  // Another by dragging it on a block.
  const cites = await text(two).locator(".cite").count();
  const other = two.locator(".theme-item:visible", { hasText: "pas encore reflété" }).first();
  await other.locator("summary").click();
  const from = other.locator(".verbatim blockquote").first();
  await from.scrollIntoViewIfNeeded();
  const grip = await from.boundingBox();
  await two.mouse.move(grip.x + 60, grip.y + 12);
  await two.mouse.down();
  await two.mouse.move(grip.x + 40, grip.y + 12, { steps: 3 });
  // Dropped on a block that is in sight then.
  const there = await text(two).locator(".block").evaluateAll((all) => {
    const box = all.map((el) => el.getBoundingClientRect()).find(({ top, bottom }) => top < 600 && bottom > 320);
    return { x: box.left + 200, y: Math.max(box.top + 12, 300) };
  });
  await two.mouse.move(there.x, there.y + 8, { steps: 5 });
  await two.mouse.move(there.x + 4, there.y, { steps: 4 });
  await two.mouse.up();
  await eventually("it is cited", async () => assert.ok((await text(two).locator(".cite").count()) > cites));
  assert.deepEqual(await violations(two), []);
});

test("a draft says which words it was begun about; what was not sent says when it can be", { skip }, async () => {
  const draft = () => one.locator(".comment-sheet");
  const begun = async (words) => {
    await select(one, words);
    await one.keyboard.press("Control+Alt+m");
    await draft().locator("textarea").waitFor();
  };
  for (const page of [one, two]) {
    await page.goto(`${server.url}${motion}/rediger`);
    await saved(page);
  }
  await text(one).press("Control+End");
  await one.keyboard.press("Enter");
  await one.keyboard.type("Considérant les guichets, nous demandons des moyens.");
  await saved(one);
  await begun("Considérant les");
  await one.keyboard.type("Est-ce bien un considérant");
  await one.reload();
  await saved(one);
  await begun("demandons des mo");
  assert.equal(await draft().locator("blockquote").textContent(), "demandons des moyens", "whole words");
  assert.equal(await draft().locator("textarea").inputValue(), "Est-ce bien un considérant");
  await draft().getByText("Ce brouillon avait été commencé sur «\u202fConsidérant les\u202f».").waitFor();
  await draft().getByRole("button", { name: "L’effacer" }).click();
  assert.equal(await draft().locator("textarea").inputValue(), "");
  assert.equal(await draft().getByText("avait été commencé").count(), 0);
  await draft().locator("textarea").fill("Lesquels ?");
  await one.context().setOffline(true);
  await draft().getByRole("button", { name: "Commenter" }).click();
  await draft().getByText(/^Hors connexion\s: le commentaire n’est pas enregistré/).waitFor();
  await one.context().setOffline(false);
  await saved(one);
  await draft().getByText(/^La connexion est revenue\s: le commentaire n’est pas encore enregistré/).waitFor();
  assert.equal(await draft().getByText(/Hors connexion/).count(), 0);
  await draft().getByRole("button", { name: "Commenter" }).click();
  await eventually("kept", async () => assert.match(await one.locator(".threads").textContent(), /Lesquels/));
});

test("who is mentioned is led to the thread, then and later, on a telephone too", { skip }, async () => {
  await select(one, "guichets");
  await one.keyboard.press("Control+Alt+m");
  const names = await one.locator(".comment-sheet select option").allTextContents();
  const me = await two.locator(".site-account span").first().textContent();
  assert.ok(names.includes(me), `${me} of ${names}`);
  await one.locator(".comment-sheet textarea").fill(`Combien, @${me} ?`);
  await one.keyboard.press("Control+Enter");
  const said = two.locator(".comment-sheet > [role=status]");
  await eventually("told", async () => assert.match(await said.textContent(), /vous mentionne dans un commentaire\./));
  const focused = () => two.evaluate(() => document.activeElement.closest(".thread")?.textContent ?? "");
  await said.getByRole("button", { name: "Le lire" }).click();
  await eventually("led there", async () => assert.match(await focused(), /Combien, @/));

  await two.goto(`${server.url}/motion`);
  await two.getByRole("link", { name: /fils? vous mentionne/ }).click();
  await two.getByRole("link", { name: "«\u202fguichets\u202f»" }).waitFor();
  await two.setViewportSize({ width: 360, height: 740 });
  await two.goto(`${server.url}${motion}/rediger`);
  await saved(two);
  const calls = two.locator(".comment-calls");
  await eventually("told later", async () => assert.match(await calls.textContent(), /^2\u00a0fils vous mentionnent/));
  await calls.getByRole("button").first().click();
  await eventually("led there", async () => assert.match(await focused(), /Combien, @/));
  await two.screenshot({ path: join(shots, "fil-telephone.png") });
  assert.deepEqual(await violations(two), []);
  const tabs = two.locator(".editor-tabs");
  await tabs.getByRole("button", { name: "Texte" }).click();
  assert.equal(await threads(two).locator("visible=true").count(), 0);
  await select(two, "uichets");
  await two.keyboard.press("ArrowLeft");
  await two.getByRole("button", { name: "Lire le commentaire sur ces mots" }).click();
  assert.match(await focused(), /Combien, @/);
  assert.match(await tabs.getByRole("button", { name: /^Commentaires \(\d+\)$/ }).getAttribute("aria-pressed"), /true/);
  await two.locator(".thread:focus").locator("summary").click();
  await two.locator(".thread:focus-within textarea").fill("Quarante.");
  await two.locator(".thread:focus-within").getByRole("button", { name: "Répondre" }).click();
  await eventually("answered", async () => assert.match(await calls.textContent(), /^1\u00a0fil vous mentionne/));
  await two.locator(".thread", { hasText: "Quarante." }).getByRole("button", { name: "Aller au passage" }).click();
  assert.ok(await text(two).isVisible());
  await two.setViewportSize({ width: 1440, height: 900 });
});

test("the room's screen follows the rapporteur, is enlarged by the key, and writes nothing", { skip }, async () => {
  const room = await one.context().newPage();
  faults.push(watch(room, server.url));
  await room.goto(`${server.url}${motion}/projection`);
  await room.locator(".projection-text .block").first().waitFor();
  const seen = (words) =>
    room.evaluate((words) => {
      const block = [...document.querySelectorAll(".projection-text .block")].find((b) => b.textContent.includes(words));
      if (!block) return false;
      const { top, bottom } = block.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    }, words);
  await text(two).press("Control+End");
  await two.keyboard.type(" Voilà où nous en sommes.");
  await eventually("the end is in sight", async () => assert.ok(await seen("Voilà où nous en sommes.")));
  await room.screenshot({ path: join(shots, "projection.png") });
  await text(two).press("Control+Home");
  await eventually("the beginning is in sight", async () => assert.equal(await room.evaluate(() => document.querySelector(".projection-text .block").getBoundingClientRect().bottom > 0), true));
  const size = () => room.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".projection-text .motion-text")).fontSize));
  const before = await size();
  await room.keyboard.press("+");
  assert.ok((await size()) > before);
  // Nobody is said to be there for it, and nothing can be typed.
  assert.equal(await room.locator("[contenteditable=true]").count(), 0);
  await eventually("the other rapporteur alone", async () => assert.equal(await two.locator(".peer-tag").count(), 1));
  assert.deepEqual(await violations(room), []);
  await room.setViewportSize({ width: 360, height: 740 });
  assert.ok((await room.evaluate(() => document.documentElement.scrollWidth)) <= 360, "too wide");
  await room.close();
});

test("versions and comments hold at 360 px and pass axe", { skip }, async () => {
  await one.setViewportSize({ width: 360, height: 740 });
  for (const path of ["/versions", "/versions?vue=cote", "/commentaires", "/rediger"]) {
    await one.goto(server.url + motion + path);
    if (path === "/rediger") await saved(one);
    assert.ok((await one.evaluate(() => document.documentElement.scrollWidth)) <= 360, `${path} is too wide`);
    await one.screenshot({ path: join(shots, `etroit${path.replace(/\W/g, "-")}.png`), fullPage: path !== "/rediger" });
    assert.deepEqual(await violations(one), [], path);
  }
});

test("no fault on any page", { skip }, () => assert.deepEqual(faults.flat(), []));
