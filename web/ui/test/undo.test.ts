// Undo by several people: what two took away and both bring back is there once.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";

interface Page {
  ydoc: Y.Doc;
  binding: Binding;
}

/** meet opens pages of one text, which the first has typed. */
function meet(text: string, pages = 2): Page[] {
  const out = Array.from({ length: pages }, (_, i) => {
    const ydoc = new Y.Doc();
    ydoc.clientID = i + 1;
    return { ydoc, binding: new Binding(ydoc.getText("motion"), { captureTimeout: 0 }) };
  });
  type(out[0], text, 0);
  sync(out);
  return out;
}

function type({ binding }: Page, words: string, at: number): void {
  binding.dispatch(binding.state.tr.insertText(words, at + 1));
}

function take({ binding }: Page, words: string): void {
  const at = binding.state.doc.firstChild!.textContent.indexOf(words);
  if (at >= 0) binding.dispatch(binding.state.tr.delete(at + 1, at + 1 + words.length));
}

function sync(pages: Page[]): void {
  const updates = pages.map(({ ydoc }) => Y.encodeStateAsUpdate(ydoc));
  for (const { ydoc } of pages) for (const update of updates) Y.applyUpdate(ydoc, update, "wire");
}

/** quiet lets all hear of all and settle, then gives the text that all have. */
function quiet(pages: Page[]): string {
  for (let i = 0; i < 2; i++) {
    sync(pages);
    for (const { binding } of pages) binding.settle();
  }
  sync(pages);
  const texts = new Set(pages.map(({ binding }) => binding.state.doc.textContent));
  assert.equal(texts.size, 1, [...texts].join(" / "));
  for (const { binding } of pages) assert.ok(binding.verify());
  return [...texts][0];
}

test("two people take away, undo and redo in every order, hearing of each other now and then: no letter comes back twice", () => {
  const acts = ["A takes", "B takes", "A undoes", "A redoes", "B undoes", "B redoes", "all hear"];
  let count = 0;
  const play = (sequence: readonly string[]) => {
    const [a, b] = meet("abcd");
    for (const act of sequence) {
      const page = act[0] === "A" ? a : b;
      if (act === "all hear") sync([a, b]);
      else if (act.endsWith("takes")) take(page, "bc");
      else if (act.endsWith("undoes")) page.binding.undo();
      else page.binding.redo();
    }
    const text = quiet([a, b]);
    assert.equal(new Set(text).size, text.length, `${sequence.join(", ")}: ${text}`);
    assert.ok("abcd".startsWith(text) || text === "ad" || text === "bc", `${sequence.join(", ")}: ${text}`);
    for (const { binding } of [a, b]) binding.destroy();
    count++;
  };
  const walk = (sequence: readonly string[]) => {
    if (sequence.length) play(sequence);
    if (sequence.length < 4) for (const act of acts) if (act !== sequence[sequence.length - 1] || act !== "all hear") walk([...sequence, act]);
  };
  walk([]);
  assert.ok(count > 2000, String(count));
});

test("known beforehand, the letters do not even come back twice for a moment", () => {
  const [a, b] = meet("abcd");
  take(a, "bc");
  take(b, "bc");
  sync([a, b]);
  b.binding.undo();
  sync([a, b]);
  a.binding.undo();
  assert.equal(a.binding.state.doc.textContent, "abcd");
});

test("what one typed, another took away and gave back, one's undo takes away, and redo gives back, once", () => {
  const [a, b] = meet("abcd");
  take(b, "bc");
  a.binding.undo();
  b.binding.undo();
  a.binding.redo();
  assert.equal(quiet([a, b]), "abcd");
});

test("three people, and pieces that overlap", () => {
  const three = meet("abcde", 3);
  for (const page of three) take(page, "bcd");
  sync(three);
  for (const page of three) page.binding.undo();
  assert.equal(quiet(three), "abcde");
  const [a, b] = meet("abcde");
  take(a, "abc");
  take(b, "bcd");
  sync([a, b]);
  a.binding.undo();
  b.binding.undo();
  assert.equal(quiet([a, b]), "abcde");
});

test("the page whose letters went takes away again what stayed", () => {
  const [a, b] = meet("abcd");
  take(a, "bc");
  take(b, "bc");
  a.binding.undo();
  b.binding.undo();
  assert.equal(quiet([a, b]), "abcd");
  b.binding.redo();
  assert.equal(quiet([a, b]), "ad");
  b.binding.undo();
  assert.equal(quiet([a, b]), "abcd");
});

test("a letter that another typed before an equal one is no copy of it", () => {
  const [a, b] = meet("balon");
  type(b, "l", 2);
  sync([a, b]);
  assert.equal(a.binding.state.doc.textContent, "ballon");
  a.binding.dispatch(a.binding.state.tr.delete(4, 5)); // the second l, which a typed
  assert.equal(a.binding.state.doc.textContent, "balon");
  a.binding.undo();
  assert.equal(a.binding.state.doc.textContent, "ballon");
  assert.equal(quiet([a, b]), "ballon");
});
