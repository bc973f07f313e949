// The words of a text, counted as the server's package motion does: the same
// examples for both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { schema } from "../src/binding/schema";
import { wordCount } from "../src/motion/outline";

const examples: { text: string; words: number }[] = JSON.parse(readFileSync("../../motion/testdata/words.json", "utf8"));

for (const { text, words } of examples)
  test(`words of ${JSON.stringify(text)}`, () => {
    const lines = text.split("\n").map((line) => schema.nodes.block.create(null, line ? schema.text(line) : null));
    assert.equal(wordCount(schema.nodes.doc.create(null, lines)), words);
  });
