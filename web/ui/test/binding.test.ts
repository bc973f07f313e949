import assert from "node:assert/strict";
import { test } from "node:test";
import { scenario } from "./scenario";

const seeds = Number(process.env.CONGRES_SEEDS ?? 30);
const ops = Number(process.env.CONGRES_OPS ?? 500);
const first = Number(process.env.CONGRES_SEED ?? 1);

test(`three editors, ${seeds} seeds × ${ops} operations: no letter lost, none doubled, no word cut`, () => {
  const sum = { letters: 0, deleted: 0, moved: 0, words: 0, citations: 0 };
  const began = Date.now();
  for (let seed = first; seed < first + seeds; seed++) {
    const got = scenario(seed, ops);
    assert.deepEqual({ seed, lost: got.lost, doubled: got.doubled, cut: got.cutWords }, { seed, lost: [], doubled: [], cut: [] });
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += got[key];
  }
  console.log(`seeds ${first}–${first + seeds - 1}, ${ops} operations each, ${Date.now() - began} ms: ` +
    `${sum.letters} letters typed (${sum.deleted} deleted, ${sum.moved} dragged by somebody), ${sum.words} words checked whole, ${sum.citations} cited runs; lost 0, doubled 0, cut 0`);
});
