// The binding's rules, one by one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { baseKeymap } from "prosemirror-commands";
import { TextSelection, type Command } from "prosemirror-state";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter, moveBlock, setKind, start, unmark } from "../src/binding/blocks";
import { citations, insertQuote, release, support, wholeWords } from "../src/binding/cite";
import { docOf, sameDoc } from "../src/binding/flat";
import { trim } from "../src/binding/local";
import { kindOf, schema } from "../src/binding/schema";

type Delta = { insert: string; attributes?: Record<string, unknown> }[];

function open(delta: Delta = []) {
  const ydoc = new Y.Doc();
  const ytext = ydoc.getText("motion");
  if (delta.length) ytext.applyDelta(structuredClone(delta));
  const binding = new Binding(ytext);
  binding.onMismatch = (where) => assert.fail(where);
  const written: unknown[] = [];
  ytext.observe((event) => written.push(...event.delta));
  return {
    ydoc, ytext, binding, written,
    run: (command: Command) => command(binding.state, binding.dispatch),
    select: (from: number, to = from) => binding.dispatch(binding.state.tr.setSelection(TextSelection.create(binding.state.doc, from, to))),
    same: () => assert.ok(sameDoc(docOf(ytext), binding.state.doc)),
  };
}
const line = (b: string) => ({ insert: "\n", attributes: { b } });
const two: Delta = [{ insert: "Premier" }, line("title|t"), { insert: "Second" }, line("paragraph|p")];

test("opening writes nothing, and a missing last newline stays missing while one types", () => {
  const e = open();
  assert.equal(e.binding.state.doc.childCount, 1);
  assert.equal(e.ytext.length, 0);
  e.binding.dispatch(e.binding.state.tr.insertText("a", 1));
  assert.equal(e.ytext.toString(), "a");
  e.same();
});

test("Enter at the end of a text without last newline writes both", () => {
  const e = open();
  e.select(1);
  e.run(enter);
  assert.equal(e.ytext.toString(), "\n\n");
  e.same();
});

test("emptying the block behind a newline keeps it", () => {
  const e = open([{ insert: "a" }, line("paragraph|p"), { insert: "b" }]);
  e.binding.dispatch(e.binding.state.tr.delete(4, 5));
  assert.equal(e.ytext.toString(), "a\n\n");
  e.same();
});

test("Backspace right behind Enter joins again; elsewhere it first makes a paragraph of the block", () => {
  for (const at of [3, 6]) {
    const e = open([{ insert: "Vu que" }, line("recital|r"), { insert: "Fin" }, line("recital|s")]);
    const kinds = () => Array.from({ length: e.binding.state.doc.childCount }, (_, k) => kindOf(e.binding.state.doc.child(k)));
    e.select(1 + at);
    e.run(enter);
    const back = () => e.run(unmark) || e.run(baseKeymap.Backspace);
    back();
    assert.equal(e.ytext.toString(), "Vu que\nFin\n");
    assert.deepEqual(kinds(), ["recital", "recital"]);
    e.select(start(e.binding.state.doc, 1) + 1);
    back();
    assert.deepEqual(kinds(), ["recital", "paragraph"]);
    e.same();
  }
});

test("a part of a word supports the whole word", () => {
  const e = open([{ insert: "Le congrès, les élu·es" }, line("paragraph|p"), { insert: "de l’eau claire" }, line("paragraph|q")]);
  const cited = (from: number, to: number) => {
    e.run(support("c@1:0-2", wholeWords(e.binding.state.doc, { from, to })));
    const out: string[] = [];
    e.binding.state.doc.descendants((node) => void (node.marks.length && out.push(node.text!)));
    e.binding.undo();
    return out;
  };
  assert.deepEqual(cited(6, 8), ["congrès"]);
  assert.deepEqual(cited(3, 12), [" congrès,"]); // edges between words stay
  assert.deepEqual(cited(18, 20), ["élu·e"]); // short of a block's end by one letter, as ever
  assert.deepEqual(cited(14, 30), ["les élu·e", "de l’eau"]);
});

test("Enter inside a block writes one newline; the tail keeps kind and identifier", () => {
  const e = open(two);
  e.select(start(e.binding.state.doc, 1) + 1 + 3);
  e.run(enter);
  assert.equal(e.written.length, 2);
  assert.deepEqual(e.written[0], { retain: 11 });
  assert.equal((e.written[1] as { insert: string }).insert, "\n");
  assert.equal(e.binding.state.doc.child(2).attrs.b, "paragraph|p");
  assert.equal(e.binding.state.selection.$from.parentOffset, 0);
  assert.equal(e.binding.state.selection.$from.index(0), 2);
  e.same();
});

test("changing a kind formats the newline and rewrites nothing", () => {
  const e = open(two);
  e.select(2);
  e.run(setKind("axis"));
  assert.deepEqual(e.written, [{ retain: 7 }, { retain: 1, attributes: { b: "axis|t" } }]);
  e.same();
});

test("Backspace joins: one newline goes, the first block's kind stays", () => {
  const e = open(two);
  e.select(start(e.binding.state.doc, 1) + 1);
  e.run(baseKeymap.Backspace);
  assert.equal(e.ytext.toString(), "PremierSecond\n");
  assert.equal(kindOf(e.binding.state.doc.child(0)), "title");
  e.same();
});

test("a repeated letter is written where it was typed", () => {
  const e = open([{ insert: "aaaa" }, line("paragraph|p")]);
  for (const pos of [1, 3, 5]) {
    e.written.length = 0;
    e.binding.dispatch(e.binding.state.tr.insertText("a", pos));
    assert.deepEqual(e.written, pos === 1 ? [{ insert: "a" }] : [{ retain: pos - 1 }, { insert: "a" }]);
  }
});

test("what this page does not know is kept", () => {
  const e = open([{ insert: "mot", attributes: { highlight: { color: "red" }, strong: true } }, { insert: "\n", attributes: { b: "item|i", align: "end" } }, { insert: "fin" }, line("paragraph|p")]);
  e.run(moveBlock(0, 2));
  assert.deepEqual(e.ytext.toDelta(), [
    { insert: "fin" }, line("paragraph|p"),
    { insert: "mot", attributes: { highlight: { color: "red" }, strong: true } },
    { insert: "\n", attributes: { align: "end", b: "item|i" } },
  ]);
  e.same();
});

test("an embedded object of another program has its place", () => {
  const e = open([{ insert: "ab" }, line("paragraph|p")]);
  e.ytext.insertEmbed(1, { image: "x" });
  e.same();
  e.binding.dispatch(e.binding.state.tr.insertText("c", 4));
  e.same();
});

test("what is typed beside marks takes exactly the marks that the page shows", () => {
  const e = open([{ insert: "gras", attributes: { strong: true } }, { insert: "cité", attributes: { "cite--c@1:0-4": true } }, line("paragraph|p")]);
  e.binding.dispatch(e.binding.state.tr.insertText("X", 9));
  e.binding.dispatch(e.binding.state.tr.insertText("Y", 5));
  assert.deepEqual(e.ytext.toDelta(), [
    { insert: "grasY", attributes: { strong: true } },
    { insert: "cité", attributes: { "cite--c@1:0-4": true } },
    { insert: "X" }, line("paragraph|p"),
  ]);
  e.same();
});

test("several citations hold the same words, in any order of arrival", () => {
  const a = open(two);
  const b = open();
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  a.select(1, 5);
  b.select(3, 7);
  a.run(support("z@1:0-9"));
  b.run(support("a@1:0-9"));
  const [ua, ub] = [Y.encodeStateAsUpdate(a.ydoc), Y.encodeStateAsUpdate(b.ydoc)];
  Y.applyUpdate(a.ydoc, ub);
  Y.applyUpdate(b.ydoc, ua);
  a.same();
  b.same();
  assert.deepEqual([...citations(a.binding.state.doc)].sort(), [["a@1:0-9", 1], ["z@1:0-9", 1]]);
  assert.ok(sameDoc(a.binding.state.doc, b.binding.state.doc));
});

test("a quote is in French quotes; the citation covers its words alone and can be taken off", () => {
  const e = open([{ insert: "Vu" }, line("visa|v")]);
  e.select(3);
  e.run(insertQuote({ segment: "c@1:0-8", text: "les\nmots", who: "" }));
  assert.deepEqual(e.ytext.toDelta(), [
    { insert: "Vu «\u202f" },
    { insert: "les mots", attributes: { "cite--c@1:0-8": true } },
    { insert: "\u202f»" },
    line("visa|v"),
  ]);
  e.binding.dispatch(e.binding.state.tr.insertText(" suite", e.binding.state.selection.from));
  assert.equal(e.ytext.toString(), "Vu «\u202fles mots\u202f» suite\n");
  e.run(release("c@1:0-8", 8));
  assert.equal(citations(e.binding.state.doc).size, 0);
  e.same();
});

test("a quote is signed as in the drafts, and keeps the quotation marks that it has", () => {
  for (const [text, want] of [
    ["les mots", "«\u202fles mots\u202f» (Zoé Brume, maire)"],
    ["«\u202fles mots\u202f»", "«\u202fles mots\u202f» (Zoé Brume, maire)"],
    ["« les mots", "« les mots\u202f» (Zoé Brume, maire)"],
    ["« les » mots", "«\u202f« les » mots\u202f» (Zoé Brume, maire)"],
    ["« les « mots »", "« les « mots »\u202f» (Zoé Brume, maire)"],
    ["les « mots »", "«\u202fles « mots »\u202f» (Zoé Brume, maire)"],
  ]) {
    const e = open([line("visa|v")]);
    e.select(1);
    e.run(insertQuote({ segment: "c@1:0-8", text, who: "Zoé Brume, maire" }));
    assert.equal(e.ytext.toString(), want + "\n");
    const cited = (e.ytext.toDelta() as Delta).filter((op) => op.attributes?.["cite--c@1:0-8"]);
    assert.deepEqual(cited.map((op) => op.insert), [text]);
    e.binding.dispatch(e.binding.state.tr.insertText("!", e.binding.state.selection.from));
    assert.equal(e.ytext.toString(), want + "!\n");
  }
});

test("a citation up to a block's end stops before the last character", () => {
  const e = open([{ insert: "Phrase." }, line("paragraph|p")]);
  e.select(1, 8);
  e.run(support("c@1:0-8"));
  assert.deepEqual((e.ytext.toDelta() as Delta)[0], { insert: "Phrase", attributes: { "cite--c@1:0-8": true } });
});

test("pasted blocks get identifiers of their own", () => {
  const e = open(two);
  const copy = e.binding.state.doc.slice(0, e.binding.state.doc.content.size);
  e.binding.dispatch(e.binding.state.tr.replace(start(e.binding.state.doc, 1), start(e.binding.state.doc, 1), copy).setMeta("uiEvent", "paste"));
  const ids = e.binding.state.doc.children.map((n) => n.attrs.b);
  assert.equal(new Set(ids).size, 4);
  assert.equal(ids[0], "title|t");
  assert.equal(ids[3], "paragraph|p");
  e.same();
});

test("two who type in an empty motion share its one block", () => {
  const a = open();
  const b = open();
  a.binding.dispatch(a.binding.state.tr.insertText("ici", 1));
  b.binding.dispatch(b.binding.state.tr.insertText("là", 1));
  Y.applyUpdate(a.ydoc, Y.encodeStateAsUpdate(b.ydoc));
  assert.equal(a.binding.state.doc.childCount, 1);
  a.same();
});

test("two who delete different blocks may empty the text", () => {
  const a = open([{ insert: "un" }, line("paragraph|1"), { insert: "deux" }, line("paragraph|2")]);
  const b = open();
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  a.binding.dispatch(a.binding.state.tr.delete(0, start(a.binding.state.doc, 1)));
  b.binding.dispatch(b.binding.state.tr.delete(start(b.binding.state.doc, 1), b.binding.state.doc.content.size));
  Y.applyUpdate(a.ydoc, Y.encodeStateAsUpdate(b.ydoc));
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  assert.equal(a.ytext.length, 0);
  a.same();
  b.same();
});

test("undo takes back one's own work only", () => {
  const a = open(two);
  const b = open();
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  a.select(4);
  a.run(enter);
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  b.binding.dispatch(b.binding.state.tr.insertText("NEUF", start(b.binding.state.doc, 1) + 1));
  Y.applyUpdate(a.ydoc, Y.encodeStateAsUpdate(b.ydoc));
  a.binding.undo();
  assert.equal(a.ytext.toString(), "PreNEUFmier\nSecond\n");
  a.same();
});

test("every client repairs identifiers alike, and only where needed", () => {
  const a = open([{ insert: "un" }, line("paragraph|x"), { insert: "deux" }, line("item|x"), { insert: "trois\n" }]);
  const b = open();
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
  assert.equal(a.binding.repairIds(), 2);
  assert.equal(b.binding.repairIds(), 2);
  assert.deepEqual(a.binding.state.doc.toJSON(), b.binding.state.doc.toJSON());
  assert.equal(a.binding.state.doc.child(0).attrs.b, "paragraph|x");
  assert.equal(a.binding.repairIds(), 0);
  Y.applyUpdate(a.ydoc, Y.encodeStateAsUpdate(b.ydoc));
  assert.deepEqual(a.binding.state.doc.toJSON(), b.binding.state.doc.toJSON());
  a.same();
});

test("trim never cuts a surrogate pair", () => {
  assert.deepEqual(trim("\u{20000}", "\u{20001}"), [0, 0]);
  assert.deepEqual(trim("a\u{20000}b", "a\u{20000}\u{20000}b"), [3, 1]);
  assert.deepEqual(trim("\u{10000}", "\u{20000}"), [0, 0]);
});

test("text typed by a script does not depend on the schema's order of marks", () => {
  const e = open(two);
  e.binding.dispatch(e.binding.state.tr.replaceWith(1, 1, schema.text("x", [schema.marks.em.create(), schema.marks.strong.create()])));
  e.same();
});
