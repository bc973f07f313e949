// The marks of what supports each sentence.
import assert from "node:assert/strict";
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
