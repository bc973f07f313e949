// What binding.test.ts does headless, by the motion's own editor in Chromium:
// keys, the browser's editing, the clipboard, carets of the others in between;
// and the server's own reading of what was sent, in another order.
//   CONGRES_SEEDS=50 CONGRES_OPS=500 node --test test/binding.browser.mjs
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { missing } from "./chromium.mjs";
import { open } from "./scenario.mjs";
import { root, unbuilt } from "./server.mjs";

const skip = missing || unbuilt;
const seeds = Number(process.env.CONGRES_SEEDS ?? 3);
const ops = Number(process.env.CONGRES_OPS ?? 200);
const first = Number(process.env.CONGRES_SEED ?? 1001);
let page;
before(async () => {
  if (!skip) page = await open();
});
after(() => page?.close());

/** inspect has the server read updates. */
function inspect(updates) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, "bin", "congres"), ["ydoc", "inspect", "--json", "--root", "motion=text"], { stdio: ["pipe", "pipe", "inherit"] });
    const out = [];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => (code ? reject(new Error(`congres ydoc inspect: ${code}`)) : resolve(JSON.parse(Buffer.concat(out)).roots.motion.delta)));
    for (const update of updates) {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(update.length);
      child.stdin.write(length);
      child.stdin.write(update);
    }
    child.stdin.end();
  });
}

test(`three editors in Chromium, ${seeds} seeds × ${ops} operations: no letter lost, none doubled, no word cut; the server reads the same`, { skip }, async () => {
  const sum = { letters: 0, words: 0, citations: 0 };
  for (let seed = first; seed < first + seeds; seed++) {
    const got = await page.run("flat", seed, ops, { causal: true });
    const { lost, doubled, revived, cut, stolen, overruled, slipped, strayed, faults, identifiers, same } = got;
    assert.deepEqual({ seed, lost, doubled, revived, cut, stolen, overruled, slipped, strayed, faults, identifiers, same }, { seed, lost: [], doubled: [], revived: [], cut: [], stolen: [], overruled: [], slipped: [], strayed: [], faults: [], identifiers: [], same: true });
    const updates = got.updates.map((update) => Buffer.from(update, "base64"));
    assert.deepEqual(await inspect(updates.reverse()), got.delta, `seed ${seed}: the server reads another text`);
    for (const key of ["letters", "words", "citations"]) sum[key] += got[key];
  }
  assert.deepEqual(page.faults, []);
  console.log(`seeds ${first}–${first + seeds - 1}: ${sum.letters} letters typed, ${sum.words} words and ${sum.citations} citations of a letter looked for, all there, once`);
});
