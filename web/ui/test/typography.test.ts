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
  ["l'ami 'x' d'ici", "l’ami ‘x’ d’ici"],
  ["('l'eau!')", "(‘l’eau\u202f!’)"],
  ["'10' et 5'", "‘10’ et 5'"],
  ["l''ami", "l’ami"],
  [`L'"école" est l'"école ouverte".`, "L’«\u202fécole\u202f» est l’«\u202fécole ouverte\u202f»."],
  [`"oui, qu'"il" dit" jusqu'"ici"`, "«\u202foui, qu’«\u202fil\u202f» dit\u202f» jusqu’«\u202fici\u202f»"],
  [`"l'ami 'd'"`, "«\u202fl’ami ‘d’\u202f»"],
  ["12h30: oui", "12h30\u00a0: oui"],
  ["12h30 : oui", "12h30\u00a0: oui"],
  ["http://ville.fr:80: oui", "http://ville.fr:80: oui"],
  ["(10%) ou 10 %", "(10\u00a0%) ou 10\u00a0%"],
  ["3€, https://ville.fr/a%20b", "3\u00a0€, https://ville.fr/a%20b"],
  ["?", "?"],
  ["pour 1 250 000 € et (12 000)", "pour 1\u202f250\u202f000\u00a0€ et (12\u202f000)"],
  ["les 3 2026 et 2026 100, le 01 23 45", "les 3 2026 et 2026 100, le 01 23 45"],
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

test("an apostrophe and a colon are given back too", () => {
  for (const [keys, made, typed] of [
    ["l''", "l’", "l’'"],
    ["un 'x'", "un ‘x’", "un ‘x'"],
    ["12: ", "12\u00a0: ", "12: "],
    ["9%", "9\u00a0%", "9%"],
  ]) {
    const e = open("");
    for (const letter of keys) e.key(letter);
    assert.equal(e.ytext.toString(), `${made}\n`);
    e.binding.undo();
    assert.equal(e.ytext.toString(), `${typed}\n`);
  }
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
