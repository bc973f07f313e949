// Blocks moved by their handle, with a mouse and with a finger, and by keys,
// while another writes in them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { missing as skip } from "./chromium.mjs";
import { RULES, a, b, close, faults, open, phone, relay, shots, text } from "./pair.mjs";
import { eventually } from "./server.mjs";

const LINES = ["Un titre", "Premier paragraphe.", "Deuxième paragraphe, assez long pour tenir sur plus d’une ligne d’un téléphone.", "Troisième paragraphe."];
before(() => skip || open(LINES.map((line, i) => [i ? "paragraph" : "title", line]), phone(740)));
after(close);

const block = (page, words) => page.locator("#motion-texte > .block", { hasText: words });
const handle = (page) => page.locator(".block-handle");
const told = (page) => page.locator(".editor-text > [role=status]");
const center = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, top: box.y, bottom: box.y + box.height };
};
const order = (...wanted) =>
  eventually("order", async () => {
    const want = wanted.map((i) => LINES[i]);
    assert.deepEqual(text().trimEnd().split("\n"), want);
    for (const page of [a, b])
      assert.deepEqual(await page.locator("#motion-texte > .block").evaluateAll((all) => all.map((el) => [...el.childNodes].filter((n) => !n.classList?.contains("peer-caret")).map((n) => n.textContent).join(""))), want);
  });

test("a mouse drags a block by its handle; what another writes in it meanwhile goes with it", { skip }, async () => {
  await block(a, "Troisième").hover();
  const grip = await center(handle(a));
  await a.mouse.move(grip.x, grip.y);
  await a.mouse.down();
  const first = await center(block(a, "Premier"));
  await a.mouse.move(grip.x + 40, first.top + 2, { steps: 5 });
  await a.locator(".drop-line").waitFor();
  await a.screenshot({ path: join(shots, "drag-1440.png") });
  const at = text().indexOf("Troisième") + "Troisième".length;
  relay.doc.getText("motion").insert(at, " et dernier", {});
  await eventually("arrived", async () => assert.equal(await block(a, "Troisième et dernier").count(), 1));
  await a.mouse.up();
  LINES[3] = "Troisième et dernier paragraphe.";
  await order(0, 3, 1, 2);
  await eventually("told", async () => assert.equal(await told(a).textContent(), "Bloc déplacé\u00a0: 2 sur 4."));
  assert.match(relay.doc.getText("motion").toDelta().find((op) => op.attributes?.b?.endsWith("|b3")).attributes.b, /^paragraph/);
  await a.getByRole("button", { name: "Annuler" }).click();
  await order(0, 1, 2, 3);
  await a.getByRole("button", { name: "Rétablir" }).click();
  await order(0, 3, 1, 2);
});

test("Escape lets go; a block that is deleted meanwhile moves nowhere", { skip }, async () => {
  const grab = async (words, to) => {
    await block(a, words).hover();
    const grip = await center(handle(a));
    await a.mouse.move(grip.x, grip.y);
    await a.mouse.down();
    await a.mouse.move(grip.x, (await center(block(a, to))).bottom - 1, { steps: 4 });
    await a.locator(".drop-line").waitFor();
  };
  await grab("Premier", "Deuxième");
  await a.keyboard.press("Escape");
  await a.locator(".drop-line").waitFor({ state: "hidden" });
  await a.mouse.up();
  await order(0, 3, 1, 2);
  await grab("Troisième", "Deuxième");
  const shared = relay.doc.getText("motion");
  shared.delete(text().indexOf(LINES[3]), LINES[3].length + 1);
  await eventually("gone", async () => assert.equal(await block(a, "Troisième").count(), 0));
  await a.mouse.up();
  await order(0, 1, 2);
});

test("a finger drags it on a telephone, and the page does not scroll", { skip }, async () => {
  await block(b, "Premier").tap();
  await handle(b).waitFor();
  await b.screenshot({ path: join(shots, "drag-360.png") });
  const grip = await center(handle(b));
  const session = await b.context().newCDPSession(b);
  const touch = (type, x, y) => session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const scrolled = await b.evaluate(() => scrollY);
  await touch("touchStart", grip.x, grip.y);
  const title = await center(block(b, "Un titre"));
  for (let i = 1; i <= 5; i++) await touch("touchMove", grip.x, grip.y + ((title.top + 1 - grip.y) * i) / 5);
  await b.locator(".drop-line").waitFor();
  await touch("touchEnd");
  await order(1, 0, 2);
  assert.equal(await b.evaluate(() => scrollY), scrolled);
});

test("Alt+↓ and Alt+↑ move it by keyboard, the cursor with it, and tell where", { skip }, async () => {
  await block(a, "Premier").click();
  await a.keyboard.press("Alt+ArrowDown");
  await order(0, 1, 2);
  await eventually("told", async () => assert.equal(await told(a).textContent(), "Bloc déplacé\u00a0: 2 sur 3."));
  await a.keyboard.press("End");
  await a.keyboard.type(" Et suite.");
  LINES[1] = "Premier paragraphe. Et suite.";
  await order(0, 1, 2);
  await a.keyboard.press("Alt+ArrowUp");
  await order(1, 0, 2);
});

test("a block is moved by keys while another writes in it: the letters stay in it, in order", { skip }, async () => {
  const letters = "БГДЖЗИЙКЛПУФЦЧШЩ";
  await block(a, "Deuxième").click();
  // A tap may be missed, and is made again.
  await eventually("caret seen", async () => {
    await block(b, "Deuxième").tap();
    await b.keyboard.press("End");
    await block(a, "Deuxième").locator(".peer-caret").waitFor({ timeout: 2_000 });
  });
  await Promise.all([
    b.keyboard.type(letters, { delay: 15 }),
    (async () => {
      for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowUp", "ArrowDown"]) await a.keyboard.press(`Alt+${key}`);
    })(),
  ]);
  await eventually("all arrived", async () => assert.ok(text().split("\n").some((line) => line.startsWith("Deuxième") && line.includes(letters)), text()));
  for (const letter of letters) assert.equal(text().split(letter).length, 2);
});

test("two people move one block at once, one of them offline: it is there once, with the letters of both", { skip }, async () => {
  await b.context().setOffline(true);
  relay.cut();
  await a.getByText("Tout est enregistré", { exact: true }).first().waitFor({ timeout: 15_000 });
  const up = async (page, letters) => {
    const first = await page.locator("#motion-texte > .block", { hasText: "Premier" }).evaluate((el) => !el.previousElementSibling);
    await page.keyboard.press("End");
    await page.keyboard.type(letters);
    await page.keyboard.press(first ? "Alt+ArrowDown" : "Alt+ArrowUp");
    await page.keyboard.type(letters.toLowerCase());
  };
  await block(b, "Premier").tap();
  await up(b, "ЮЯ");
  await block(a, "Premier").click();
  await up(a, "ЭЫ");
  await b.context().setOffline(false);
  await eventually("one copy", async () => {
    const lines = text().split("\n").filter((line) => line.includes("Premier"));
    assert.equal(lines.length, 1, text());
    for (const letters of ["ЮЯ", "юя", "ЭЫ", "эы"]) assert.equal(text().split(letters).length, 2, text());
    for (const letters of ["ЮЯюя", "ЭЫэы"]) assert.ok(lines[0].includes(letters), lines[0]);
    for (const page of [a, b]) assert.equal(await block(page, "Premier").count(), 1);
  });
});

test("accessible, no sideways scroll, no fault", { skip }, async () => {
  for (const page of [a, b]) {
    assert.deepEqual(await violations(page, RULES), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }
  assert.deepEqual(faults.flat(), []);
});
