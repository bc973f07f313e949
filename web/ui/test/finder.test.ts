// Words put in place of others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState } from "prosemirror-state";
import { find, outside } from "../src/binding/find";
import { schema } from "../src/binding/schema";
import { replaced } from "../src/motion/finder";

const cases: [name: string, text: string, looked: string, words: string, want: string][] = [
  ["a capital stays", "Logiciels et logiciels. Éco-logiciels.", "logiciels", "programmes", "Programmes et programmes. Éco-programmes."],
  ["an accent too", "Élus, élus", "élus", "édiles", "Édiles, édiles"],
  ["as it is written where it has one", "Ville, ville", "ville", "Métropole", "Métropole, Métropole"],
  ["as it is written where one looks for one", "Ville, ville", "Ville", "ville", "ville, ville"],
  ["a change of case alone", "Ville, ville", "ville", "ville", "ville, ville"],
  ["nothing instead", "Ville, ville", "ville", "", ", "],
];
for (const [name, text, looked, words, want] of cases)
  test(`replaced: ${name}`, () => {
    let state = EditorState.create({ doc: schema.nodes.doc.create(null, schema.nodes.block.create(null, schema.text(text))) });
    let steps = 0;
    assert.ok(replaced(find(state.doc, looked), looked, words)(state, (tr) => ((state = state.apply(tr)), steps++)));
    assert.equal(state.doc.textContent, want);
    assert.equal(steps, 1, "one thing to undo");
  });

test("outside: what is quoted of a contribution is left out, what cites one or is quoted of nobody is not", () => {
  const cite = [schema.marks.cite.create({ segment: "c@1:0-9" })];
  const doc = schema.nodes.doc.create(null, [
    schema.nodes.block.create(null, [schema.text("Ville. Une ville "), schema.text("citée", cite), schema.text(" dit «\u202f"), schema.text("ma ville, notre ville", cite), schema.text("\u202f», ville")]),
    schema.nodes.block.create(null, [schema.text("La ville", cite), schema.text(" que l’on dit «\u202fville\u202f», sans la nommer «\u202fvil"), schema.text("le", cite), schema.text("\u202f».")]),
  ]);
  const all = find(doc, "ville");
  assert.equal(all.length, 8);
  assert.deepEqual(outside(doc, all), [0, 1, 4, 5, 6].map((i) => all[i]));
  assert.deepEqual(outside(doc, find(doc, "notre")), []);
});
