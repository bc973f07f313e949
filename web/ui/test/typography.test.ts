// French typography as one types: each rule, and that it is undone by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { schema } from "../src/binding/schema";
import { corrected, correction } from "../src/motion/typography";

function typed(keys: string): string {
  let text = "";
  for (const key of keys) {
    text += key;
    const change = correction(text);
    if (change) text = text.slice(0, text.length - change.back) + change.text;
  }
  return text;
}

for (const [keys, want] of [
  ['Il dit "oui" encore', "Il dit «\u202foui\u202f» encore"],
  ['Il dit « oui » encore', "Il dit «\u202foui\u202f» encore"],
  ['("oui")', "(«\u202foui\u202f»)"],
  ['un écran de 5" et 6"', 'un écran de 5" et 6"'],
  ["Vraiment?", "Vraiment\u202f?"],
  ["Vraiment ?", "Vraiment\u202f?"],
  ["Vraiment ?!", "Vraiment\u202f?!"],
  ["Quoi… ?", "Quoi…\u202f?"],
  ["d'abord; l'eau", "d’abord\u202f; l’eau"],
  ["ainsi: ceci", "ainsi\u00a0: ceci"],
  ["ainsi : ceci", "ainsi\u00a0: ceci"],
  ["à 10:30", "à 10:30"],
  ["(!)", "(!)"],
  ["https://ville.fr/a?b=c;d!", "https://ville.fr/a?b=c;d!"],
  ["mailto:a@b.fr", "mailto:a@b.fr"],
  ["et puis...", "et puis…"],
  ["....", "…."],
  ["' seule", "' seule"],
  ["?", "?"],
])
  test(`typed ${keys}`, () => assert.equal(typed(keys), want));

function open(text: string, attributes: Record<string, unknown> = {}) {
  const ytext = new Y.Doc().getText("motion");
  ytext.insert(0, text, { ...attributes });
  ytext.insert(text.length, "\n", { b: "paragraph|p" });
  const binding = new Binding(ytext);
  binding.onMismatch = (where) => assert.fail(where);
  const end = () => binding.state.doc.content.size - 1;
  binding.dispatch(binding.state.tr.setSelection(TextSelection.create(binding.state.doc, end())));
  const key = (letter: string) => {
    binding.dispatch(binding.state.tr.insertText(letter));
    const tr = corrected(binding.state);
    if (tr) binding.dispatch(tr);
  };
  return { ytext, binding, key };
}

test("undo right after gives back what was typed, and no more", () => {
  const e = open("Bon");
  for (const letter of "jour?") e.key(letter);
  e.key(" ");
  assert.equal(e.ytext.toString(), "Bonjour\u202f? \n");
  e.binding.undo();
  assert.equal(e.ytext.toString(), "Bonjour\u202f?\n");
  e.binding.undo();
  assert.equal(e.ytext.toString(), "Bonjour?\n");
  e.key("x");
  assert.equal(e.ytext.toString(), "Bonjour?x\n");
  e.binding.undo();
  e.binding.undo();
  assert.equal(e.ytext.toString(), "Bon\n");
});

test("not inside a link; marks are kept", () => {
  const link = open("ville", { link: "https://ville.fr" });
  link.binding.dispatch(link.binding.state.tr.setSelection(TextSelection.create(link.binding.state.doc, 3)).setStoredMarks([schema.marks.link.create({ href: "https://ville.fr" })]));
  link.key("?");
  assert.equal(link.ytext.toString(), "vi?lle\n");
  const strong = open("ville", { strong: true });
  strong.key("!");
  assert.deepEqual(strong.ytext.toDelta()[0], { insert: "ville\u202f!", attributes: { strong: true } });
});
