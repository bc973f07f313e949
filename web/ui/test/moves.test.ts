// What one does in a block while another moves it, and two who move one block: each
// as the lower client and as the higher. What happens is told in settle.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setKind, start } from "../src/binding/blocks";
import { support } from "../src/binding/cite";
import { idOf } from "../src/binding/schema";
import { at, blocks, lines, move, press, put, run, sync, where, type Page } from "./people";

/** both has two people do something at once, each in both parts, and looks at what
 * all have once they have heard of it. */
function both(what: string, one: (page: Page) => void, other: (page: Page) => void, want: string[], more: (pages: Page[]) => void = () => {}): void {
  test(what, () => {
    for (const swap of [false, true]) {
      const pages = blocks();
      const [a, b] = swap ? [...pages].reverse() : pages;
      one(a);
      other(b);
      assert.deepEqual(lines(pages).map((line) => line.replace(/^paragraph /, "")), want, swap ? "the higher client moves" : "the lower client moves");
      assert.deepEqual(new Set(a.binding.state.doc.children.map(idOf)).size, a.binding.state.doc.childCount);
      more([a, b]);
      for (const { binding } of pages) binding.destroy();
    }
  });
}

const last = (page: Page) => move(page, "trois", 0);
const erase = (page: Page, words: string) => {
  const pos = where(page, words);
  if (pos !== null) page.binding.dispatch(page.binding.state.tr.delete(pos - words.length, pos));
};
const remove = (page: Page, k: number) => page.binding.dispatch(page.binding.state.tr.delete(start(page.binding.state.doc, k), start(page.binding.state.doc, k + 1)));
const caret = ({ binding }: Page) => {
  const { $from } = binding.state.selection;
  return `${$from.parent.textContent.slice(0, $from.parentOffset)}|${$from.parent.textContent.slice($from.parentOffset)}`;
};

test("two people move one block at once: it is there once, where the lower client put it, with what both wrote in it", () => {
  const [a, b] = blocks();
  put(a, "A", "tro");
  move(a, "is", 0);
  put(a, "Q", "is");
  put(b, "B", "troi");
  move(b, "s", 1);
  put(b, "R", "t");
  assert.deepEqual(lines([a, b]), ["paragraph tRroAiBsQ", "paragraph un", "paragraph deux"]);
  assert.equal(idOf(a.binding.state.doc.firstChild!), "3");
  b.binding.undo();
  b.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph troAiBsQ", "paragraph un", "paragraph deux"], "a move that did not hold is not undone");
  a.binding.undo();
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph un", "paragraph deux", "paragraph troAiBs"]);
});

test("three people move one block at once, and one hears of the others in turn", () => {
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
    const pages = blocks(3);
    for (const k of order) {
      put(pages[k], "XYZ"[k], "tro");
      move(pages[k], "is", k % 2);
    }
    sync([pages[order[0]], pages[order[1]]]);
    sync([pages[order[1]], pages[order[2]]]);
    const text = lines(pages).join("/");
    assert.equal(pages[0].binding.state.doc.childCount, 3, text);
    for (const letter of "XYZ") assert.equal(text.split(letter).length, 2, text);
    assert.match(text, /^paragraph tro[XYZ]{3}is\//);
  }
});

test("a chain of moves, unknown to who writes in the block meanwhile", () => {
  const [a, b, c] = blocks(3);
  last(a);
  sync([a, b]);
  move(b, "trois", 3);
  sync([a, b]);
  move(a, "trois", 1);
  put(c, "X", "tro");
  press(c, "oX");
  put(c, "Y", "t");
  assert.deepEqual(lines([a, b, c]), ["paragraph un", "paragraph tYroX", "paragraph is", "paragraph deux"]);
});

both("letters at a block's head, inside and at its end go with it", last, (b) => {
  put(b, "X", "tro");
  put(b, "Z", "trois".slice(-2));
  b.binding.dispatch(b.binding.state.tr.insertText("Y", start(b.binding.state.doc, 2) + 1));
}, ["YtroXisZ", "un", "deux"]);

both("letters at the head of what follows a block that comes or goes stay there", (a) => move(a, "un", 2), (b) => {
  b.binding.dispatch(b.binding.state.tr.insertText("X", start(b.binding.state.doc, 1) + 1));
  b.binding.dispatch(b.binding.state.tr.insertText("Y", start(b.binding.state.doc, 2) + 1));
}, ["Xdeux", "un", "Ytrois"]);

both("a split goes with it", last, (b) => press(b, "tro"), ["tro", "is", "un", "deux"]);

both("a deletion holds there", last, (b) => erase(b, "roi"), ["ts", "un", "deux"], ([a, b]) => {
  b.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph trois", "paragraph un", "paragraph deux"]);
});

both("a block that is deleted is deleted there too", last, (b) => remove(b, 2), ["un", "deux"]);

both("a citation goes with its letters", last, (b) => {
  at(b, "ois", 3);
  run(b, support("c@1:0-2"));
}, ["trois [oi]", "un", "deux"]);

both("a kind is chosen there too", last, (b) => {
  at(b, "tro");
  run(b, setKind("axis"));
}, ["axis trois", "un", "deux"]);

test("a deletion in a moved block that is undone comes back there, at its head too", () => {
  for (const words of ["de", "eu", "ux"])
    for (const when of ["unheard", "undone before", "undone after"])
      for (const swap of [false, true]) {
        const pages = blocks();
        const [a, b] = swap ? [...pages].reverse() : pages;
        erase(b, words);
        if (when !== "unheard") sync(pages);
        move(a, when === "unheard" ? "deux" : "deux".replace(words, ""), 0);
        if (when === "undone after") sync(pages);
        b.binding.undo();
        assert.deepEqual(lines(pages), ["paragraph deux", "paragraph un", "paragraph trois"], `${words}, ${when}`);
      }
});

test("an undo of an earlier move while another moves the block again: it is there once", () => {
  for (const swap of [false, true]) {
    const pages = blocks();
    const [a, b] = swap ? [...pages].reverse() : pages;
    last(a);
    sync(pages);
    a.binding.undo();
    move(b, "trois", 2);
    put(b, "X", "tro");
    const got = lines(pages);
    assert.equal(got.length, 3, got.join("/"));
    assert.equal(got.join("").split("troXis").length, 2, got.join("/"));
  }
});

test("the caret of who writes goes with the block, and so do further letters", () => {
  for (const place of ["tro", "trois"]) {
    const [a, b] = blocks();
    at(b, place);
    b.binding.dispatch(b.binding.state.tr.insertText("X"));
    last(a);
    sync([a, b]);
    b.binding.dispatch(b.binding.state.tr.insertText("Y"));
    assert.equal(caret(b), `${place}XY|${"trois".slice(place.length)}`);
    assert.deepEqual(lines([a, b]), [`paragraph ${place}XY${"trois".slice(place.length)}`, "paragraph un", "paragraph deux"]);
  }
});
