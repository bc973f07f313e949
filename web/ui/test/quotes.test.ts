// Quotes as the server's package motion reads them: the same examples for both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { altered } from "../src/binding/quotes";
import { schema } from "../src/binding/schema";

interface Example {
  name: string;
  runs: { text: string; cites: number[] }[];
  altered: string[];
}
const { sources, quotes }: { sources: string[]; quotes: Example[] } = JSON.parse(readFileSync("../../motion/testdata/quotes.json", "utf8"));

for (const { name, runs, altered: want } of quotes)
  test(`quotes: ${name}`, () => {
    const block = schema.nodes.block.create(null, runs.map(({ text, cites }) => schema.text(text, cites.map((n) => schema.marks.cite.create({ segment: String(n) })))));
    const doc = schema.nodes.doc.create(null, block);
    const got = altered(block, 0, (segment) => sources[Number(segment) - 1]);
    assert.deepEqual(got.map(({ text }) => text.trim()), want);
    for (const { from, to, text } of got) assert.equal(doc.textBetween(from, to), text);
  });
