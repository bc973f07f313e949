// Writing on a telephone, and two people at one place, in a real browser.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { missing as skip } from "./chromium.mjs";
import { a, b, box, close, faults, open, phone, relay, shots } from "./pair.mjs";
import { eventually } from "./server.mjs";

const LINES = Array.from({ length: 40 }, (_, i) => ["paragraph", `Paragraphe ${i}, assez long pour tenir sur plus d’une ligne d’un téléphone.`]);
before(() => skip || open(LINES, phone(640)));
after(close);

test("two people's letters at the end of one paragraph stay apart", { skip }, async () => {
  for (const page of [a, b]) await box(page).press("Control+End");
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
    const cited = await box(b).locator(".cite").first().boundingBox();
    assert.ok(cited && cited.y >= 90 && cited.y < 640, JSON.stringify(cited));
  });
  await eventually("told", async () => assert.match(await b.locator(".editor-top > .visually-hidden").textContent(), /^Verbatim.* cité dans le bloc 40 sur 40\.$/));
  await b.screenshot({ path: join(shots, "phone-cite.png") });
  const session = await b.context().newCDPSession(b);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const mark = nodes.find((node) => node.role?.value === "mark");
  assert.equal(mark?.description?.value, "appuyé par une contribution");
  assert.deepEqual(await violations(b), []);
});

test("another's name does not widen the page, shows on arrival and not at each letter", { skip }, async () => {
  await b.locator(".editor-tabs").getByRole("button", { name: "Texte" }).tap();
  await box(a).press("Control+Home");
  await a.keyboard.press("End");
  const shown = () => b.locator(".peer-name").evaluate((el) => getComputedStyle(el).opacity === "1");
  for (let i = 0; i < 12; i++) {
    await a.keyboard.press("ArrowRight");
    await eventually("drawn there", async () => assert.ok(await shown()));
    assert.ok((await b.evaluate(() => document.documentElement.scrollWidth)) <= 360, `at ${i}`);
    await a.keyboard.press("End");
  }
  await b.waitForTimeout(2500); // the last arrival may be heard of late, and its name stands for two seconds
  await eventually("it goes", async () => assert.ok(!(await shown())));
  await a.keyboard.type("x");
  await eventually("written there", async () => assert.match(await box(b).textContent(), /x/));
  await b.waitForTimeout(200);
  assert.ok(!(await shown()), "it shows again at a letter");
});

test("no fault on any page", { skip }, () => assert.deepEqual(faults.flat(), []));
