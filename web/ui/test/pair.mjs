// Two people write one text in a real browser, over a relay that a test commands.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TAGS } from "./axe.mjs";
import { launch, watch } from "./chromium.mjs";
import { startRelay } from "./relay.mjs";
import { editorPage, leftPage, refusedPage, themes } from "./sample.mjs";
import { eventually } from "./server.mjs";

export const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });

/** What is asked of a page that is a part of one. */
export const RULES = { type: "tag", values: TAGS.values.filter((tag) => tag !== "best-practice") };

/** Set by open: the relay, and the page of each of the two. */
export let relay, a, b;
/** What the pages must never do, and did. */
export const faults = [];
let browser;

const DESK = { viewport: { width: 1440, height: 900 } };

/** phone is a telephone so high, in CSS pixels, for the second of the two. */
export const phone = (height) => ({ viewport: { width: 360, height }, hasTouch: true, isMobile: true });

/** open has both write one text of these blocks, kind and words, each on a device. */
export async function open(blocks = [], second = DESK) {
  relay = await startRelay({ "/motion/m1/rediger": (request) => ({ body: refusedPage(new URL(request.url, "http://x").searchParams.get("who")) }), "/sortie": leftPage, "/a": editorPage("p1", "Amel"), "/b": editorPage("p2", "Béatrice"), "/motion/m1/themes.json": JSON.stringify(themes), "/motion/m1/sources.json": (request) => ({ body: JSON.stringify({ sources: new URL(request.url, "http://x").searchParams.getAll("s").map((segment) => ({ segment, text: "Des mots d’ailleurs.", who: "Un maire, Drôme", contribution: "/contributions/c7#x" })) }) }) });
  const shared = relay.doc.getText("motion");
  blocks.forEach(([kind, words], i) => {
    shared.insert(shared.length, words, {});
    shared.insert(shared.length, "\n", { b: `${kind}|b${i}` });
  });
  browser = await launch();
  [a, b] = await Promise.all(
    [["/a", DESK], ["/b", second]].map(async ([path, device]) => {
      const page = await (await browser.newContext({ locale: "fr-FR", ...device })).newPage();
      faults.push(watch(page, relay.url));
      await page.goto(relay.url + path);
      await state(page, "Tout est enregistré");
      return page;
    }),
  );
}

export async function close() {
  await browser?.close();
  await relay?.close();
}

export const box = (page) => page.locator("#motion-texte");
export const state = (page, words) => page.getByText(words, { exact: true }).first().waitFor({ timeout: 15_000 });
export const delta = () => relay.doc.getText("motion").toDelta();
export const text = () => relay.doc.getText("motion").toString();
/** Blocks as a page shows them, carets of others taken out. */
export const blocks = (page) =>
  box(page).evaluate((el) =>
    [...el.children].map((block) => {
      const copy = block.cloneNode(true);
      copy.querySelectorAll(".peer-caret, .ProseMirror-trailingBreak").forEach((x) => x.remove());
      return copy.textContent;
    }),
  );
export const same = () =>
  eventually("pages and relay agree", async () => {
    const want = text().replace(/\n$/, "").split("\n");
    assert.deepEqual(await blocks(a), want);
    assert.deepEqual(await blocks(b), want);
  });
