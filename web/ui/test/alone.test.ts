// Undo by one person alone: whatever was done, all of it taken back gives the first
// document again, kinds and identifiers of its blocks included, and done again the
// last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AllSelection, TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import { joinAt, moveBlock, setKind, start } from "../src/binding/blocks";
import { support } from "../src/binding/cite";
import { canonical, docOf } from "../src/binding/flat";
import { KINDS, schema } from "../src/binding/schema";
import { Headless } from "./headless";
import { Random } from "./random";

const MOTION: [kind: string, words: string][] = [
  ["title", "Motion"],
  ["visa", "Vu le code"],
  ["visa", "Vu la loi"],
  ["axis", "Se rencontrer"],
  ["recital", "Les élus demandent"],
  ["proposal", "Tenir deux rencontres"],
];

/** open gives an editor of a motion whose fifth block is cited in part. */
function open(fault: (what: string) => void = assert.fail): Headless {
  const ydoc = new Y.Doc();
  ydoc.getText("motion").applyDelta(
    MOTION.flatMap(([kind, words], i) => [
      ...(kind === "recital" ? [{ insert: words.slice(0, 8), attributes: { "cite--c@1:0-9": true } }, { insert: words.slice(8) }] : [{ insert: words }]),
      { insert: "\n", attributes: { b: `${kind}|d${i + 1}` } },
    ]),
  );
  return new Headless(ydoc, fault);
}

const lines = ({ state }: Headless) => state.doc.children.map((block) => `${block.attrs.b} ${block.textContent}`);

/** across is from inside one block to another's end. */
function across({ state: { doc } }: Headless, from: number, to: number): [number, number] {
  return [start(doc, from) + 3, start(doc, to + 1) - 1];
}

const deletions: [name: string, act: (e: Headless) => void][] = [
  ["everything", (e) => e.dispatch(e.state.tr.setSelection(new AllSelection(e.state.doc)).deleteSelection())],
  ["everything, typed over", (e) => {
    const { doc } = e.state;
    e.dispatch(e.state.tr.setSelection(TextSelection.create(doc, 1, doc.content.size - 1)));
    e.dispatch(e.state.tr.insertText("Z"));
    e.dispatch(e.state.tr.insertText("ut"));
  }],
  ["from an axis to a later block", (e) => e.erase(...across(e, 3, 5))],
  ["from an axis to the next block", (e) => e.erase(...across(e, 3, 4))],
  ["over two visas", (e) => e.erase(...across(e, 1, 2))],
  ["whole blocks", (e) => e.dispatch(e.state.tr.delete(start(e.state.doc, 1), start(e.state.doc, 4)))],
  ["from a block's beginning to another's", (e) => e.erase(start(e.state.doc, 1) + 1, start(e.state.doc, 4) + 1)],
  ["blocks that one typed", (e) => {
    e.type(7, " neuve");
    e.enter(13);
    e.dispatch(e.state.tr.insertText("Vu la charte"));
    setKind("axis")(e.state, e.dispatch);
    e.erase(...across(e, 0, 3));
  }],
  ["twice, the second around the first", (e) => {
    e.erase(...across(e, 2, 3));
    e.erase(...across(e, 1, 3));
  }],
  ["with a kind chosen for what is left", (e) => {
    e.erase(...across(e, 1, 4));
    setKind("proposal")(e.state, e.dispatch);
    setKind("item")(e.state, e.dispatch);
  }],
];
for (const [name, act] of deletions)
  test(`deleted and undone: ${name}`, () => {
    const e = open();
    const [first, before] = [e.shown(), lines(e)];
    act(e);
    const last = e.shown();
    assert.notEqual(last, first);
    for (let round = 0; round < 3; round++) {
      rewind(e);
      assert.deepEqual(lines(e), before);
      assert.equal(e.shown(), first);
      assert.equal(e.shared(), first);
      forward(e);
      assert.equal(e.shown(), last);
    }
  });

/** rewind undoes all that there is. */
function rewind(e: Headless): void {
  while (e.undo());
}

function forward(e: Headless): void {
  while (e.redo());
}

test("random work of one person, undone, redone and undone again", () => {
  for (let seed = 1; seed <= Number(process.env.CONGRES_SEEDS ?? 40); seed++) {
    const random = new Random(seed);
    const e = open((what) => assert.fail(`seed ${seed}: ${what}`));
    const first = e.shown();
    for (let i = 0; i < 25; i++) work(e, random);
    const last = e.shown();
    for (let round = 0; round < 2; round++) {
      rewind(e);
      assert.equal(e.shown(), first, `seed ${seed}, undone`);
      assert.equal(e.shared(), first, `seed ${seed}, undone`);
      forward(e);
      assert.equal(e.shown(), last, `seed ${seed}, redone`);
    }
    e.destroy();
  }
});

/** work does one thing somewhere; half of all is a deletion over several blocks. */
function work(e: Headless, random: Random): void {
  const { doc } = e.state;
  const spot = () => {
    const k = random.int(doc.childCount);
    return start(doc, k) + 1 + random.int(doc.child(k).content.size + 1);
  };
  const [a, b] = [spot(), spot()].sort((x, y) => x - y);
  const select = () => e.dispatch(e.state.tr.setSelection(TextSelection.create(e.state.doc, a, b)));
  switch (random.int(12)) {
    case 0:
      return e.type(a, "mots ");
    case 1:
      return e.enter(a);
    case 2:
      return e.backspace(a);
    case 3:
      return e.paste(a, ["un", "deux", "trois"]);
    case 4:
      return select(), void setKind(random.pick(KINDS))(e.state, e.dispatch);
    case 5:
      return select(), void support(`k${random.int(9)}@1:0-9`)(e.state, e.dispatch);
    case 6:
      return void moveBlock(random.int(doc.childCount), random.int(doc.childCount + 1))(e.state, e.dispatch);
    case 7:
      return void joinAt(1 + random.int(doc.childCount))(e.state, e.dispatch);
    case 8:
      return e.dispatch(e.state.tr.addMark(a, b, schema.marks.strong.create()));
    case 9:
      if (doc.childCount > 1) e.dispatch(e.state.tr.delete(start(doc, 0), start(doc, 1 + random.int(doc.childCount - 1))));
      return;
    default:
      if (a < b) e.erase(a, b);
  }
}

test("what is left after a deletion is read alike by all", () => {
  const e = open();
  e.erase(...across(e, 1, 4));
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(e.ydoc));
  assert.equal(canonical(docOf(other.getText("motion"))), e.shown());
  e.undo();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(e.ydoc));
  assert.equal(canonical(docOf(other.getText("motion"))), e.shown());
});
