// Undo by several people: what two took away and both bring back is there once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragment, Slice } from "prosemirror-model";
import { joinAt, setKind } from "../src/binding/blocks";
import { release, support } from "../src/binding/cite";
import { idOf, schema } from "../src/binding/schema";
import { at, blocks, lines, meet, move, press, put, quiet, run, sync, take, type, where, type Page } from "./people";

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

test("brought back by two at once, the letters are there twice until both have heard of it, and no longer", () => {
  for (const words of ["abcd", "abcdefgh"]) {
    const pages = meet(words, 3);
    for (const page of pages) take(page, "bc");
    sync(pages);
    for (const page of pages) page.binding.undo();
    for (let i = 0; i < 2; i++) sync(pages);
    for (const { binding } of pages) assert.equal(binding.state.doc.textContent, words);
  }
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

/** told gathers what a page says of steps that others have overridden. */
function told({ binding }: Page): string[] {
  const out: string[] = [];
  binding.undoManager.onOverridden = (type) => out.push(type);
  return out;
}

test("a last act that another has overridden is used up, said so, and nothing older is undone for it", () => {
  const [a, b] = blocks();
  put(a, "X", "un");
  at(a, "un");
  run(a, setKind("proposal"));
  sync([a, b]);
  at(b, "un");
  run(b, setKind("recital"));
  sync([a, b]);
  const said = told(a);
  assert.ok(a.binding.undo(), "the key is taken: the browser must not undo instead");
  assert.deepEqual(lines([a, b]), ["recital unX", "paragraph deux", "paragraph trois"]);
  assert.deepEqual(said, ["undo"]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["recital un", "paragraph deux", "paragraph trois"]);
  assert.deepEqual(said, ["undo"]);
  assert.equal(a.binding.undo(), false);
  a.binding.redo();
  sync([a, b]);
  take(b, "X");
  sync([a, b]);
  a.binding.undo();
  assert.deepEqual(said, ["undo", "undo"]);
});

test("what one typed and took away again is no step of its own", () => {
  const [a] = meet("abcd", 1);
  a.binding.undoManager.stopCapturing();
  const said = told(a);
  type(a, "X", 4);
  a.binding.undoManager.captureTimeout = 60_000;
  type(a, "Y", 2);
  a.binding.dispatch(a.binding.state.tr.delete(3, 4));
  a.binding.undo();
  assert.equal(a.binding.state.doc.textContent, "abcd");
  assert.deepEqual(said, []);
});

test("a moved block goes back with what another wrote in it, cited and took away since", () => {
  const [a, b] = blocks();
  move(a, "trois", 0);
  sync([a, b]);
  put(b, "XY", "tro");
  at(b, "un", 2);
  run(b, support("c@1:0-2"));
  at(b, "tro", 2);
  run(b, support("d@1:0-2"));
  take(b, "is");
  at(b, "tro");
  run(b, setKind("axis"));
  sync([a, b]);
  assert.deepEqual(lines([a, b]), ["axis troXY [ro]", "paragraph un [un]", "paragraph deux"]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph un [un]", "paragraph deux", "axis troXY [ro]"]);
  a.binding.redo();
  assert.deepEqual(lines([a, b]), ["axis troXY [ro]", "paragraph un [un]", "paragraph deux"]);
  put(b, "Z", "Y");
  sync([a, b]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph un [un]", "paragraph deux", "axis troXYZ [ro]"]);
  assert.equal(idOf(a.binding.state.doc.child(2)), "3");
});

test("the last block of a text without a last newline goes back as any other", () => {
  const [a, b] = meet("un");
  run(a, (state, dispatch) => (dispatch?.(state.tr.split(2)), true));
  sync([a, b]);
  move(a, "n", 0);
  sync([a, b]);
  put(b, "X", "n");
  at(b, "nX", 2);
  run(b, support("c@1:0-2"));
  sync([a, b]);
  assert.deepEqual(lines([a, b]), ["paragraph nX [nX]", "paragraph u"]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph u", "paragraph nX [nX]"]);
});

test("a moved block that another has split goes back whole; one that another has joined to its neighbour stays", () => {
  const [a, b] = blocks();
  move(a, "trois", 0);
  sync([a, b]);
  b.binding.dispatch(b.binding.state.tr.split(where(b, "tro")!));
  sync([a, b]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph un", "paragraph deux", "paragraph tro", "paragraph is"]);
  a.binding.redo();
  run(a, joinAt(1));
  sync([a, b]);
  const [c, d] = blocks();
  move(c, "trois", 0);
  sync([c, d]);
  run(d, joinAt(1));
  sync([c, d]);
  c.binding.undo();
  assert.deepEqual(lines([c, d]), ["paragraph troisun", "paragraph deux"]);
});

test("what one typed before one moved the block is undone after the move is", () => {
  const [a, b] = blocks();
  put(a, "X", "deux");
  move(a, "deux", 0);
  sync([a, b]);
  put(b, "Y", "deux");
  sync([a, b]);
  for (const want of [["un", "deuxYX", "trois"], ["un", "deuxY", "trois"]]) {
    a.binding.undo();
    assert.deepEqual(lines([a, b]), want.map((words) => `paragraph ${words}`));
  }
  a.binding.redo();
  a.binding.redo();
  assert.deepEqual(lines([a, b]), ["deuxYX", "un", "trois"].map((words) => `paragraph ${words}`));
});

test("one moves, undoes and redoes while another types, deletes, cites and chooses, in every order: nothing of another's is undone, no letter is doubled", () => {
  const acts = ["A moves", "A undoes", "A redoes", "B types", "B deletes", "B cites", "B names", "all hear"];
  let count = 0;
  const play = (sequence: readonly string[]) => {
    const [a, b] = blocks();
    let typed = 0;
    for (const act of sequence) {
      if (act === "all hear") sync([a, b]);
      else if (act === "A moves") move(a, "eu", a.binding.state.doc.firstChild!.textContent.includes("eu") ? 3 : 0);
      else if (act === "A undoes") a.binding.undo();
      else if (act === "A redoes") a.binding.redo();
      else if (act === "B types") put(b, "XYZ"[typed++], "e");
      else if (act === "B deletes") {
        const pos = where(b, "d");
        if (pos !== null) b.binding.dispatch(b.binding.state.tr.delete(pos - 1, pos));
      } else if (act === "B cites") at(b, "u", 1) && run(b, support("c@1:0-2"));
      else if (at(b, "u")) run(b, setKind("axis"));
    }
    const told = sequence.join(", ");
    const got = lines([a, b]);
    const text = got.map((l) => l.replace(/^\S+ | \[.*/g, "")).join("");
    for (const l of "XYZ".slice(0, typed)) assert.equal(text.split(l).length, 2, `${told}: ${got.join(" / ")}`);
    assert.equal(text.split("x").length, 2, `${told}: ${got.join(" / ")}`);
    // Where the other has heard of each move, all that they did is there.
    const heard = sequence.every((act, i) => !act.startsWith("A") || sequence[i + 1] === "all hear") && sequence.every((act, i) => !act.startsWith("B") || sequence[i + 1] === "all hear");
    if (heard) {
      assert.equal(text.includes("d"), !sequence.includes("B deletes"), `${told}: ${got.join(" / ")}`);
      assert.equal(got.some((l) => l.startsWith("axis")), sequence.includes("B names"), `${told}: ${got.join(" / ")}`);
      assert.equal(got.some((l) => l.includes("[u]")), sequence.includes("B cites"), `${told}: ${got.join(" / ")}`);
    }
    for (const { binding } of [a, b]) binding.destroy();
    count++;
  };
  const walk = (sequence: readonly string[], depth: number, next: (act: string) => readonly string[]) => {
    if (sequence.length) play(sequence);
    if (depth) for (const act of acts) walk([...sequence, ...next(act)], depth - 1, next);
  };
  walk(["A moves"], 3, (act) => [act]);
  walk(["A moves", "all hear"], 3, (act) => [act, "all hear"]);
  assert.ok(count > 1000, String(count));
});

const sliceOf = (words: string[]) => new Slice(Fragment.from(words.map((line) => schema.nodes.block.create({ b: "paragraph|" }, schema.text(line)))), 1, 1);

test("a paragraph break that others lean on stays when its author undoes it; one that nobody leans on goes", () => {
  const [a, b] = blocks();
  press(a, "trois");
  a.binding.undoManager.captureTimeout = 60_000;
  a.binding.dispatch(a.binding.state.tr.insertText("Début A."));
  a.binding.undoManager.captureTimeout = 0;
  sync([a, b]);
  put(b, " Suite B.", "Début A.");
  press(b, "Suite B.");
  b.binding.dispatch(b.binding.state.tr.insertText("Bloc de B."));
  sync([a, b]);
  a.binding.undo();
  a.binding.undo();
  const words = () => lines([a, b]).map((line) => line.replace("paragraph ", ""));
  assert.deepEqual(words(), ["un", "deux", "trois", " Suite B.", "Bloc de B."]);

  // Pasted blocks: two breaks, of which one parts what another wrote.
  const [c, d] = blocks();
  c.binding.dispatch(c.binding.state.tr.replace(where(c, "de")!, where(c, "de")!, sliceOf(["P", "Q", "R"])));
  sync([c, d]);
  put(d, "X", "P");
  put(d, "Y", "R");
  sync([c, d]);
  c.binding.undo();
  assert.deepEqual(lines([c, d]), ["un", "deX", "Yux", "trois"].map((line) => `paragraph ${line}`));
  c.binding.redo();
  assert.deepEqual(lines([c, d]).map((line) => line.replace(/paragraph /, "")).join("").replace(/[^XY]/g, ""), "XY");

  // On one side only, or written before: it goes.
  const [e, f] = blocks();
  press(e, "de");
  sync([e, f]);
  put(f, "X", "ux");
  sync([e, f]);
  e.binding.undo();
  assert.deepEqual(lines([e, f]), ["un", "deuxX", "trois"].map((line) => `paragraph ${line}`));
});

test("one breaks, pastes and joins, undoes and redoes while another writes, in every order: no undo makes one block of two in which the other has written", () => {
  const firsts: Record<string, (a: Page) => void> = {
    "breaks at the end": (a) => press(a, "deux"),
    "breaks inside": (a) => press(a, "de"),
    pastes: (a) => a.binding.dispatch(a.binding.state.tr.replace(where(a, "de")!, where(a, "de")!, sliceOf(["P", "Q", "R"]))),
    "joins and undoes": (a) => (run(a, joinAt(1)), a.binding.undo()),
    "breaks twice": (a) => (press(a, "u"), press(a, "tro")),
  };
  const acts = ["A undoes", "A redoes", "B writes first", "B writes last", "B breaks", "all hear"];
  const LETTERS = Array.from({ length: 200 }, (_, i) => String.fromCharCode(0x4e00 + i));
  /** Which of the other's letters stand in one block. */
  const groups = ({ binding }: Page) => binding.state.doc.children.map((block) => block.textContent.replace(/[^\u4e00-\u9fff]/g, "")).filter(Boolean);
  let count = 0;
  const play = (first: string, sequence: readonly string[]) => {
    const [a, b] = blocks();
    firsts[first](a);
    sync([a, b]);
    let typed = 0;
    for (const act of sequence) {
      const before = groups(a);
      const { doc } = b.binding.state;
      if (act === "all hear") sync([a, b]);
      else if (act === "A undoes") a.binding.undo();
      else if (act === "A redoes") a.binding.redo();
      else if (act === "B breaks") press(b, "e");
      else {
        const places: number[] = [];
        doc.forEach((block, offset) => void places.unshift(offset + 1 + (act === "B writes last" ? block.content.size : 0)));
        for (const place of places) b.binding.dispatch(b.binding.state.tr.insertText(LETTERS[typed++], place));
      }
      if (act.startsWith("A")) for (const group of groups(a)) assert.ok(before.some((was) => [...group].every((letter) => was.includes(letter))), `A ${first}, ${sequence.join(", ")}: ${before.join("/")} became ${groups(a).join("/")}`);
    }
    lines([a, b]);
    for (const { binding } of [a, b]) binding.destroy();
    count++;
  };
  const walk = (first: string, sequence: readonly string[]) => {
    if (sequence.length === 4) play(first, sequence);
    else for (const act of acts) if (act !== sequence[sequence.length - 1] || !act.startsWith("all")) walk(first, [...sequence, act]);
  };
  for (const first of Object.keys(firsts)) walk(first, []);
  assert.ok(count > 3000, String(count));
});

test("a kind that another chose since stays when one undoes one's own choice", () => {
  const [a, b] = blocks();
  at(a, "un");
  run(a, setKind("proposal"));
  sync([a, b]);
  at(b, "un");
  run(b, setKind("axis"));
  sync([a, b]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["axis un", "paragraph deux", "paragraph trois"]);
  b.binding.undo();
  assert.deepEqual(lines([a, b]), ["proposal un", "paragraph deux", "paragraph trois"]);
});

test("one's own choice of a kind is undone and redone where nobody chose another", () => {
  const [a, b] = blocks();
  at(a, "un");
  run(a, setKind("proposal"));
  sync([a, b]);
  put(b, "X", "un");
  sync([a, b]);
  a.binding.undo();
  assert.deepEqual(lines([a, b]), ["paragraph unX", "paragraph deux", "paragraph trois"]);
  a.binding.redo();
  assert.deepEqual(lines([a, b]), ["proposal unX", "paragraph deux", "paragraph trois"]);
});

test("a citation that another took off and one's undo of it: it is not put there again, nor a new one taken off", () => {
  const [a, b] = blocks();
  at(a, "deux", 4);
  run(a, support("c@1:0-2"));
  sync([a, b]);
  run(b, release("c@1:0-2", where(b, "de")!));
  sync([a, b]);
  assert.deepEqual(lines([a, b]), ["paragraph un", "paragraph deux", "paragraph trois"]);
  a.binding.undo();
  a.binding.redo();
  assert.deepEqual(lines([a, b]), ["paragraph un", "paragraph deux", "paragraph trois"]);
  const [c, d] = blocks();
  at(c, "deux", 4);
  run(c, support("c@1:0-2"));
  run(c, release("c@1:0-2", where(c, "de")!));
  sync([c, d]);
  at(d, "deux", 4);
  run(d, support("c@1:0-2"));
  sync([c, d]);
  c.binding.undo();
  assert.deepEqual(lines([c, d]), ["paragraph un", "paragraph deux [deu]", "paragraph trois"]);
});

test("an undone join gives the second block its kind and identifier again, or the kind that another chose", () => {
  for (const chosen of [false, true]) {
    const [a, b] = blocks();
    at(a, "deux");
    run(a, setKind("item"));
    run(a, joinAt(1));
    sync([a, b]);
    if (chosen) (at(b, "deux"), run(b, setKind("axis")));
    sync([a, b]);
    a.binding.undo();
    assert.deepEqual(lines([a, b]), ["paragraph un", `${chosen ? "axis" : "item"} deux`, "paragraph trois"]);
    assert.deepEqual(a.binding.state.doc.children.map(idOf), ["1", "2", "3"]);
  }
});
