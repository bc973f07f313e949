// What a key costs the page in a long motion: processor time of script, style, layout
// and paint on the page's main thread, from Chromium's own trace. Processor time and
// not the clock's, so that a busy machine says the same. Not a test.
//   node test/keys.mjs [CHARACTERS [MOTION.JS]]     100,000 unless told
// With another build's motion.js, both are measured, in turns. Beside them the same
// text in the same page without our script, and under ProseMirror alone: what the
// browser, and that library, take by themselves. The first keys of a page cost more
// than later ones, since its script is not compiled yet: the beginning comes first.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "./chromium.mjs";
import { startRelay } from "./relay.mjs";
import { editorPage, themes } from "./sample.mjs";

const CHARACTERS = Number(process.argv[2] ?? 100_000);
const KEYS = 60;
const script = (body) => () => ({ body, headers: { "Content-Type": "text/javascript" } });
const other = process.argv[3] ? [{ name: "other build", script: "/other.js", body: readFileSync(process.argv[3], "utf8") }] : [];
const SUBJECTS = [{ name: "this build", script: "/motion.js" }, ...other, { name: "ProseMirror alone", script: "/motion.js", instead: "alone" }, { name: "contenteditable alone", script: "/motion.js", instead: "bare" }];
const browser = await launch();
const relays = [];

/** alone is a script that puts ProseMirror, with our schema and nothing else, in place
 * of the editor. */
const alone = (
  await build({
    stdin: {
      contents: `
        import { DOMParser } from "prosemirror-model";
        import { EditorState } from "prosemirror-state";
        import { EditorView } from "prosemirror-view";
        import { schema } from "./src/binding/schema";
        const text = document.querySelector("#motion-texte");
        const attributes = Object.fromEntries([...text.attributes].map(({ name, value }) => [name, value]));
        const place = document.createElement("div");
        text.replaceWith(place);
        new EditorView({ mount: place }, { state: EditorState.create({ doc: DOMParser.fromSchema(schema).parse(text) }), attributes });`,
      resolveDir: join(dirname(fileURLToPath(import.meta.url)), ".."),
      loader: "ts",
    },
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
  })
).outputFiles[0].text;
const bare = 'const text = document.querySelector("#motion-texte"); text.replaceWith(text.cloneNode(true))';

/** open gives a page, with a text of its own. */
async function open({ name, script: address, body, instead }) {
  const relay = await startRelay({
    "/page": editorPage("p1", "Amel").replace("/motion.js", address),
    ...(body ? { [address]: script(body) } : {}),
    "/motion/m1/themes.json": JSON.stringify(themes),
    "/motion/m1/sources.json": JSON.stringify({ sources: [] }),
  });
  relays.push(relay);
  fill(relay.doc.getText("motion"));
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR" })).newPage();
  await page.goto(`${relay.url}/page`);
  await page.getByText("Tout est enregistré", { exact: true }).waitFor();
  await page.locator("#motion-texte .unsupported").first().waitFor({ state: "attached" });
  // Drawn, then drawn around the window only, as while one types (typing.ts).
  if (instead) {
    await page.evaluate(instead === "bare" ? bare : alone);
    await page.evaluate(() => document.querySelector("#motion-texte").addEventListener("keydown", (e) => e.currentTarget.classList.add("typing"), { once: true }));
  }
  return { name, page };
}

/** fill writes a motion of so many characters: an axis, recitals and proposals with
 * their points, a citation in each third block. */
function fill(ytext) {
  const sentence = "Les communes demandent que chaque habitante et chaque habitant trouve un guichet humain près de chez soi. ";
  const ops = [];
  let size = 0;
  for (let k = 0; size < CHARACTERS; k++) {
    const kind = k === 0 ? "title" : k % 20 === 1 ? "axis" : ["paragraph", "proposal", "item", "item", "recital"][k % 5];
    const words = (kind === "title" || kind === "axis" ? "Accès aux droits et présence humaine" : sentence.repeat(3 + (k % 3))).trim();
    ops.push({ insert: words, ...(k % 3 === 2 ? { attributes: { [`cite--c${k % 2 ? 1 : 2}@1:0-73`]: true } } : {}) }, { insert: "\n", attributes: { b: `${kind}|b${k}` } });
    size += words.length + 1;
  }
  ytext.applyDelta(ops);
}

const KINDS = new Map([
  ...["UpdateLayoutTree", "ParseAuthorStyleSheet", "ScheduleStyleRecalculation"].map((name) => [name, "style"]),
  ...["Layout", "IntersectionObserverController::computeIntersections"].map((name) => [name, "layout"]),
  ...["PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer", "PaintImage", "RasterTask"].map((name) => [name, "paint"]),
  ...["EventDispatch", "FunctionCall", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "EvaluateScript", "MinorGC", "MajorGC", "V8.GCIncrementalMarking", "WebSocketReceive"].map((name) => [name, "script"]),
]);

/** costs sums, for the page's main thread, the processor time that each kind of work
 * took by itself, in milliseconds. */
function costs(events) {
  const main = events.find((e) => e.name === "EventDispatch" && e.args.data.type === "keydown");
  const all = events.filter((e) => e.ph === "X" && e.pid === main.pid && e.tid === main.tid && e.tdur !== undefined && KINDS.has(e.name)).sort((x, y) => x.ts - y.ts || y.dur - x.dur);
  const sums = { script: 0, style: 0, layout: 0, paint: 0 };
  const stack = [];
  for (const e of all) {
    while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
    if (stack.length) sums[KINDS.get(stack.at(-1).name)] -= e.tdur / 1000;
    sums[KINDS.get(e.name)] += e.tdur / 1000;
    stack.push(e);
  }
  return sums;
}

/** measure types KEYS letters in a block and prints what one took. */
async function measure({ page, name }, where, index) {
  await page.bringToFront();
  await page.evaluate((index) => {
    const block = document.querySelector("#motion-texte").children[index];
    block.scrollIntoView({ block: "center" });
    document.querySelector("#motion-texte").focus();
    getSelection().collapse(document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode(), 5);
  }, index);
  await page.waitForTimeout(1000);
  const type = async (n) => {
    for (let i = 0; i < n; i++) {
      await page.keyboard.press("x");
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
  };
  await type(10);
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "__metadata"] } });
  await type(KEYS);
  const done = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await done;
  await session.detach();
  const sums = costs(events);
  const each = Object.entries(sums).map(([kind, ms]) => `${kind} ${(ms / KEYS).toFixed(2)}`);
  console.log(`${name}, ${where}: ${((sums.script + sums.style + sums.layout) / KEYS).toFixed(2)} ms a key without paint (${each.join(", ")})`);
}

try {
  const subjects = [];
  for (const subject of SUBJECTS) subjects.push(await open(subject));
  const blocks = await subjects[0].page.locator("#motion-texte > .block").count();
  console.log(`${CHARACTERS.toLocaleString("fr-FR")} characters, ${blocks} blocks`);
  for (const [where, index] of [["beginning", 2], ["middle", Math.floor(blocks / 2)], ["end", blocks - 2]])
    for (const subject of subjects) await measure(subject, where, index);
} finally {
  await browser.close();
  for (const relay of relays) await relay.close();
}
