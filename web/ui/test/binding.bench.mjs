// What each binding loses and doubles where three people write at once: the
// same seeded sessions, by hand in Chromium. Not a test.
//   CONGRES_SEEDS=20 CONGRES_OPS=500 node test/binding.bench.mjs
import { createRequire } from "node:module";
import { open } from "./scenario.mjs";

const seeds = Number(process.env.CONGRES_SEEDS || 10);
const ops = Number(process.env.CONGRES_OPS || 500);
const { version } = createRequire(import.meta.url)("../node_modules/y-prosemirror/package.json");
const page = await open();
const columns = ["letters", "lostWords", "doubledWords", "cut", "stolen", "slipped", "citations", "faults"];
console.log(`${seeds} seeds × ${ops} operations, three editors. Per 1,000 operations: words lost (a letter that nobody deleted is gone) and doubled (there twice, and nobody dragged it);
then in all: words cut, letters of another that an undo took, citations of a letter that slipped, errors and disagreements.`);
for (const partitions of [false, true]) {
  console.log(partitions ? "\nSometimes two people cannot reach each other for a while" : "\nEverybody hears of everything, in any order, a little later");
  for (const binding of ["flat", "tree"]) {
    const sum = Object.fromEntries(columns.map((key) => [key, 0]));
    let broken = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const got = await page.run(binding, seed, ops, { partitions }).catch(() => null);
      if (!got) broken++;
      else for (const key of columns) sum[key] += got[key].length ?? got[key];
    }
    const done = (seeds - broken) * ops;
    const rate = (n) => ((n * 1000) / done).toFixed(1);
    console.log(
      `${(binding === "flat" ? "flat text" : `y-prosemirror ${version}`).padEnd(20)} words lost ${rate(sum.lostWords)}, doubled ${rate(sum.doubledWords)} per 1,000; ` +
        `cut ${sum.cut}, undone of another ${sum.stolen}, slipped ${sum.slipped} of ${sum.citations}, faults ${sum.faults + broken} (${sum.letters} letters typed)`,
    );
  }
}
await page.close();
