// Undo where others have written again what one took away, or have written where it
// was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AllSelection, Selection } from "prosemirror-state";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter, moveBlock } from "../src/binding/blocks";
import type { Op } from "../src/binding/delta";

const MOTION: Op[] = [
  { insert: "Motion" },
  { insert: "\n", attributes: { b: "title|d1" } },
  { insert: "Tenir des " },
  { insert: "rencontres", attributes: { "cite--c@1:0-9": true } },
  { insert: " publiques" },
  { insert: "\n", attributes: { b: "visa|d2" } },
  { insert: "Voter" },
  { insert: "\n", attributes: { b: "proposal|d3" } },
];

interface Page {
  ydoc: Y.Doc;
  binding: Binding;
  /** What it said of steps that others have overridden. */
  said: string[];
}

/** meet opens pages of the motion; the identifiers of those who write are in the
 * order of the pages, or the other way round. */
function meet(turned = false): [Page, Page] {
  const ydoc = new Y.Doc();
  ydoc.getText("motion").applyDelta(structuredClone(MOTION));
  const first = Y.encodeStateAsUpdate(ydoc);
  return [1, 2].map((n) => {
    const copy = new Y.Doc();
    copy.clientID = turned ? 3 - n : n;
    Y.applyUpdate(copy, first, "wire");
    const binding = new Binding(copy.getText("motion"), { captureTimeout: 0 });
    const said: string[] = [];
    binding.undoManager.onOverridden = (type) => said.push(type);
    binding.onMismatch = (where) => assert.fail(where);
    return { ydoc: copy, binding, said };
  }) as [Page, Page];
}

function sync(...pages: Page[]): void {
  for (const from of pages) for (const to of pages) Y.applyUpdate(to.ydoc, Y.encodeStateAsUpdate(from.ydoc), "wire");
}

const lines = ({ binding }: Page) => binding.state.doc.children.map((block) => `${block.attrs.b} ${block.textContent}`);
const FIRST = ["title|d1 Motion", "visa|d2 Tenir des rencontres publiques", "proposal|d3 Voter"];

/** place is where some words begin. */
function place({ binding }: Page, words: string): number {
  let pos = -1;
  binding.state.doc.forEach((block, before) => {
    const at = block.textContent.indexOf(words);
    if (at >= 0) pos = before + 1 + at;
  });
  return pos;
}

function put(page: Page, words: string, pos: number): void {
  page.binding.dispatch(page.binding.state.tr.insertText(words, pos));
}

/** replace puts words in place of others, a letter first, as keys do. */
function replace(page: Page, old: string, words: string): void {
  const from = place(page, old);
  page.binding.dispatch(page.binding.state.tr.insertText(words[0], from, from + old.length));
  put(page, words.slice(1), from + 1);
}

function clear(page: Page): void {
  page.binding.dispatch(page.binding.state.tr.setSelection(new AllSelection(page.binding.state.doc)).deleteSelection());
}

/** serve writes as the server does, from a document of its own. */
function serve(pages: Page[], delta: Op[]): void {
  const server = new Y.Doc();
  server.clientID = 9;
  for (const { ydoc } of pages) Y.applyUpdate(server, Y.encodeStateAsUpdate(ydoc));
  server.getText("motion").applyDelta(structuredClone(delta));
  for (const { ydoc } of pages) Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(server), "wire");
  sync(...pages);
}

for (const turned of [false, true]) {
  const order = turned ? ", the other way round" : "";

  test(`a word that one replaced and an earlier version has put back does not come twice${order}`, () => {
    const [a, b] = meet(turned);
    replace(b, "rencontres", "assemblées");
    serve([a, b], [{ retain: 17 }, { insert: "rencontres", attributes: { "cite--c@1:0-9": true } }, { delete: 10 }]);
    assert.deepEqual(lines(a), FIRST);
    for (let n = 1; n <= 2; n++) {
      assert.ok(b.binding.undo());
      assert.deepEqual(lines(b), FIRST);
      assert.deepEqual(b.said, Array(n).fill("undo"));
    }
    assert.equal(b.binding.undo(), false);
    assert.equal(b.binding.redo(), false);
    sync(a, b);
    assert.deepEqual(lines(a), FIRST);
  });

  test(`blocks that one deleted and an earlier version has put back do not come twice, whichever newline it has kept${order}`, () => {
    const [kept, rest] = [MOTION.slice(0, 1), MOTION.slice(2)];
    for (const delta of [[...MOTION.slice(0, 7), { retain: 1, attributes: { b: "proposal|d3" } }], [...kept, { retain: 1, attributes: { b: "title|d1" } }, ...rest]]) {
      const [a, b] = meet(turned);
      clear(b);
      sync(a, b);
      serve([a, b], delta);
      assert.deepEqual(lines(a), FIRST);
      assert.ok(b.binding.undo());
      sync(a, b);
      assert.deepEqual(lines(a), FIRST);
      assert.deepEqual(lines(b), FIRST);
      assert.deepEqual(b.said, ["undo"]);
    }
  });

  test(`what two ways back have made of the text stays, whatever one had written between them${order}`, () => {
    const [a, b] = meet(turned);
    serve([a, b], [{ retain: 7 }, { delete: 31 }]);
    const other = "Je tape ici un autre texte de huit mots.";
    b.binding.dispatch(b.binding.state.tr.setSelection(Selection.atEnd(b.binding.state.doc)));
    enter(b.binding.state, (tr) => b.binding.dispatch(tr));
    for (const letter of other) put(b, letter, b.binding.state.selection.from);
    sync(a, b);
    assert.equal(lines(a)[2].replace(/^\S+ /, ""), other);
    serve([a, b], [{ retain: 7 }, ...MOTION.slice(2, 6), { retain: 6 }, { delete: other.length + 1 }]);
    assert.deepEqual(lines(a), FIRST);
    while (b.binding.undo()) assert.deepEqual(lines(b), FIRST);
    while (b.binding.redo()) assert.deepEqual(lines(b), FIRST);
    sync(a, b);
    assert.deepEqual(lines(a), FIRST);
  });

  test(`a word that one put among those that an earlier version has takes no blank of theirs with it${order}`, () => {
    const [a, b] = meet(turned);
    put(b, " grandes", place(b, " rencontres"));
    sync(a, b);
    serve([a, b], [{ retain: 16 }, { insert: " ", attributes: {} }, { delete: 9 }]);
    assert.deepEqual(lines(a), FIRST);
    b.binding.undo();
    sync(a, b);
    assert.deepEqual(lines(a), FIRST);
  });

  test(`a block that one moved and an earlier version has put back is there once, where that has it${order}`, () => {
    for (const delta of [[{ retain: 7 }, ...MOTION.slice(2, 6), { retain: 6 }, { delete: 31 }], [{ retain: 7 }, { delete: 6 }, { retain: 31 }, ...MOTION.slice(6)]]) {
      const [a, b] = meet(turned);
      moveBlock(1, 3)(b.binding.state, (tr) => b.binding.dispatch(tr));
      sync(a, b);
      assert.deepEqual(lines(a), [FIRST[0], FIRST[2], FIRST[1]]);
      serve([a, b], delta as Op[]);
      assert.deepEqual(lines(a), FIRST);
      b.binding.undo();
      sync(a, b);
      assert.deepEqual(lines(a), FIRST);
    }
  });

  test(`what one put in place of it goes, where another has written it anew beside${order}`, () => {
    const [a, b] = meet(turned);
    replace(b, "rencontres", "assemblées");
    sync(a, b);
    put(a, "rencontres", place(a, "assemblées"));
    sync(a, b);
    b.binding.undo();
    b.binding.undo();
    sync(a, b);
    assert.deepEqual(lines(a), FIRST);
    assert.deepEqual(b.said, []);
  });

  test(`what another has written there is no reason, if it is anything else${order}`, () => {
    const [a, b] = meet(turned);
    const at = place(b, "rencontres");
    b.binding.dispatch(b.binding.state.tr.delete(at, at + 10));
    sync(a, b);
    put(a, "contre", at);
    sync(a, b);
    b.binding.undo();
    sync(a, b);
    assert.match(lines(a)[1], /^visa\|d2 Tenir des (contrerencontres|rencontrescontre) publiques$/);
  });

  test(`what another wrote in a text that one had emptied comes to its edge, not inside a block${order}`, () => {
    const [a, b] = meet(turned);
    clear(a);
    sync(a, b);
    put(b, "Survivant", 1);
    sync(a, b);
    a.binding.undo();
    sync(a, b);
    const [first, last] = [lines(a)[0], lines(a)[2]];
    assert.ok(first === "title|d1 SurvivantMotion" || last === "proposal|d3 VoterSurvivant", lines(a).join(" / "));
    assert.deepEqual(lines(a).map((line) => line.replace("Survivant", "")), FIRST);
    assert.deepEqual(lines(b), lines(a));
    a.binding.redo();
    sync(a, b);
    assert.deepEqual(lines(b).map((line) => line.replace(/^\S+ /, "")), ["Survivant"]);
  });

  test(`what another wrote where blocks met that one had deleted in part stands behind the letter that it was typed behind${order}`, () => {
    const [a, b] = meet(turned);
    a.binding.dispatch(a.binding.state.tr.delete(place(a, "tion"), place(a, "ter")));
    sync(a, b);
    put(b, "XY", place(b, "ter"));
    sync(a, b);
    a.binding.undo();
    sync(a, b);
    assert.deepEqual(lines(a), ["title|d1 MoXYtion", ...FIRST.slice(1)]);
    assert.deepEqual(lines(b), lines(a));
  });
}
