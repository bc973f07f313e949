// Sentences as the server's package motion counts them: the same examples for
// both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { split } from "../src/binding/sentences";

const examples: { text: string; sentences: string[] }[] = JSON.parse(readFileSync("../../motion/testdata/sentences.json", "utf8"));

for (const { text, sentences } of examples)
  test(`sentences of ${text}`, () => assert.deepEqual(split(text).map(([a, b]) => text.slice(a, b)), sentences));
