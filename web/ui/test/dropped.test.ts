// Where a dragged verbatim falls, and the spaces around it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState } from "prosemirror-state";
import { betweenWords, insertQuote } from "../src/binding/cite";
import { schema } from "../src/binding/schema";

for (const [text, at, want] of [
  ["Deuxième alinéa.", 6, "Deuxième «\u202foui\u202f» alinéa."],
  ["Deuxième alinéa.", 2, "«\u202foui\u202f» Deuxième alinéa."],
  ["Deuxième alinéa.", 11, "Deuxième «\u202foui\u202f» alinéa."],
  ["Deuxième alinéa.", 14, "Deuxième alinéa «\u202foui\u202f»."],
  ["Pour l’eau vive", 8, "Pour l’eau «\u202foui\u202f» vive"],
  ["vingt-deux", 4, "«\u202foui\u202f» vingt-deux"],
  ["", 0, "«\u202foui\u202f»"],
] as const)
  test(`dropped at ${at} of ${JSON.stringify(text)}`, () => {
    const doc = schema.node("doc", null, [schema.node("block", null, text ? [schema.text(text)] : [])]);
    let state = EditorState.create({ doc });
    insertQuote({ segment: "s", text: "oui", who: "" }, betweenWords(doc, 1 + at))(state, (tr) => (state = state.apply(tr)));
    assert.equal(state.doc.textContent, want);
    assert.equal(state.doc.textBetween(state.selection.from - 1, state.selection.from), "»", "one goes on writing behind it");
  });
