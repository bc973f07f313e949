// The marks of what supports each sentence.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { EditorState, TextSelection } from "prosemirror-state";
import type { DecorationSet } from "prosemirror-view";
import { schema } from "../src/binding/schema";
import { support } from "../src/motion/support";

function marked(sentences: number, at: number): { from: number; to: number }[] {
  const plugin = support(() => true);
  const words = "Une phrase que rien n’appuie. ".repeat(sentences).trim();
  const doc = schema.nodes.doc.create(null, schema.nodes.block.create({ b: "paragraph|p" }, schema.text(words)));
  const state = EditorState.create({ doc, plugins: [plugin], selection: TextSelection.create(doc, at) });
  return (plugin.getState(state) as DecorationSet).find();
}

test("each sentence of a paragraph is marked", () => {
  assert.equal(marked(100, 1).length, 200);
});

test("of a very long paragraph the sentences around the cursor are, and no more", () => {
  const all = marked(3400, 50_000);
  assert.ok(all.length > 100 && all.length < 500, String(all.length));
  assert.ok(all.some(({ from, to }) => from <= 50_000 && to >= 50_000));
});

interface Example {
  name: string;
  kind: string;
  runs: { text: string; cites: number[] }[];
  unsourced: string[];
}
const examples: Example[] = JSON.parse(readFileSync("../../motion/testdata/unsourced.json", "utf8"));

for (const { name, kind, runs, unsourced } of examples)
  test(`without a source, as the server counts: ${name}`, () => {
    const block = schema.nodes.block.create({ b: `${kind}|a` }, runs.map(({ text, cites }) => schema.text(text, cites.map((n) => schema.marks.cite.create({ segment: String(n) })))));
    const plugin = support(() => true);
    const state = EditorState.create({ doc: schema.nodes.doc.create(null, block), plugins: [plugin] });
    const found = (plugin.getState(state) as DecorationSet).find().filter((d) => (d as unknown as { type: { attrs: { class: string } } }).type.attrs.class === "unsupported");
    assert.deepEqual(found.map(({ from, to }) => state.doc.textBetween(from, to)), unsourced);
  });
