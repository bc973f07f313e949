import assert from "node:assert/strict";
import { test } from "node:test";
import { Headless } from "./headless";
import { identified, scenario, type Options } from "./scenario";

const seeds = Number(process.env.CONGRES_SEEDS ?? 10);
const ops = Number(process.env.CONGRES_OPS ?? 300);
const first = Number(process.env.CONGRES_SEED ?? 1);

/** play plays sessions and gives their sums. Where blocks mostly stay whole, letters
 * are asked to be in theirs. */
function play(from: number, many: number, operations: number, options: (seed: number) => Options, still = false): string {
  const sum = { letters: 0, deleted: 0, moved: 0, words: 0, citations: 0, beside: 0, slippedMoved: 0, strayedMoved: 0, astray: 0 };
  for (let seed = from; seed < from + many; seed++) {
    // Half of the sessions hear of everything in any order at all, in which a mark
    // may be seen before its end: there it is not asked what else it covers, nor for
    // a deletion of what another moved meanwhile, nor for marks given likewise.
    const causal = seed % 2 === 0;
    const got = scenario(seed, operations, (ydoc, fault) => new Headless(ydoc, fault), { causal, homes: true, ...options(seed) });
    sum.astray += got.astray.length;
    if (!causal) got.strayed = got.returned = [];
    if (!causal || !still) got.astray = [];
    const { lost, doubled, revived, cut, stolen, overruled, slipped, strayed, returned, astray, faults } = got;
    assert.deepEqual({ seed, lost, doubled, revived, cut, stolen, overruled, slipped, strayed, returned, astray, faults }, { seed, lost: [], doubled: [], revived: [], cut: [], stolen: [], overruled: [], slipped: [], strayed: [], returned: [], astray: [], faults: [] });
    assert.deepEqual(identified(got.doc), [], `seed ${seed}: identifiers`);
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) if (key !== "astray") sum[key] += got[key];
  }
  return `seeds ${from}–${from + many - 1}, ${operations} operations each: ` +
    `${sum.letters} letters typed (${sum.deleted} deleted, ${sum.moved} dragged by somebody), ${sum.words} words and ${sum.citations} citations of a letter looked for; all there, once; ${sum.beside} letters typed beside a citation while it was made taken for its own; of letters that were moved ${sum.slippedMoved} lost a citation that another gave meanwhile, ${sum.strayedMoved} have one too many; ${sum.astray} letters in a block where nobody put them`;
}

test(`three editors, ${seeds} seeds × ${ops} operations: no letter lost, none doubled, no word cut, no citation lost or gone astray, nothing of another undone`, () => {
  console.log(play(first, seeds, ops, () => ({})));
});

test("three editors who mostly move blocks and write in them, up to 20 operations behind: each letter once, in its block", () => {
  const weights = { type: 40, drag: 25, split: 3, "plain split": 0, join: 2, paste: 1, "delete across": 0 };
  console.log(play(first, Math.ceil(seeds / 2), 150, (seed) => ({ weights, behind: seed % 3 ? 20 : 0 }), true));
});
