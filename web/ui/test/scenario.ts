// Three editors, random operations, shuffled delivery, partitions: what the
// flat text promises, letter by letter.
//
// Every letter ever typed is a different one, so that each can be looked for
// in the end. A letter is "deleted" once an operation took it from somebody's
// document, "moved" once a block that held it was dragged.
import assert from "node:assert/strict";
import { TextSelection, type Command } from "prosemirror-state";
import { Slice, Fragment } from "prosemirror-model";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter, joinAt, moveBlock, setKind, start } from "../src/binding/blocks";
import { support } from "../src/binding/cite";
import { canonical, docOf, sameDoc } from "../src/binding/flat";
import { idOf, KINDS, schema } from "../src/binding/schema";
import { Random } from "./random";

interface Editor {
  name: number;
  ydoc: Y.Doc;
  binding: Binding;
  inbox: { from: number; update: Uint8Array }[];
  typed: Set<string>;
}

export interface Result {
  letters: number;
  deleted: number;
  moved: number;
  words: number;
  lost: string[];
  doubled: string[];
  cutWords: string[];
  citations: number;
  blocks: number;
}

export function scenario(seed: number, ops: number): Result {
  const random = new Random(seed);
  const deleted = new Set<string>();
  const moved = new Set<string>();
  const letters: string[] = [];
  const words: string[] = [];
  const wordOf = new Map<string, number>();
  const cut = new Set<number>();
  let partition = new Set<string>();

  const editors: Editor[] = [0, 1, 2].map((name) => {
    const ydoc = new Y.Doc();
    ydoc.clientID = 1 + name + 10 * (seed % 1000);
    const binding = new Binding(ydoc.getText("motion"), { captureTimeout: 0 });
    binding.onMismatch = (where) => assert.fail(`seed ${seed}: document and text differ after ${where}`);
    return { name, ydoc, binding, inbox: [], typed: new Set<string>() };
  });
  for (const e of editors)
    e.ydoc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "wire") return;
      for (const other of editors) if (other !== e) other.inbox.push({ from: e.name, update });
    });

  const letter = (): string => {
    const n = letters.length;
    // One in eight needs two code units.
    const l = n % 8 === 7 ? String.fromCodePoint(0x20000 + n) : String.fromCharCode(0x4e00 + (n % 20000));
    assert.ok(n < 20000);
    letters.push(l);
    return l;
  };
  const word = (e: Editor): string => {
    let w = "";
    for (let i = 1 + random.int(5); i > 0; i--) {
      const l = letter();
      wordOf.set(l, words.length);
      e.typed.add(l);
      w += l;
    }
    words.push(w);
    return w;
  };
  const lettersIn = (text: string) => Array.from(text).filter((c) => c > "\u4dff");
  const spot = (e: Editor): number => {
    const { doc } = e.binding.state;
    const k = random.int(doc.childCount);
    const points = Array.from(doc.child(k).textContent);
    const offset = points.slice(0, random.int(points.length + 1)).join("").length;
    return start(doc, k) + 1 + offset;
  };
  /** A piece of the text, within a block or over a few. */
  const piece = (e: Editor): [number, number] => {
    const [a, b] = [spot(e), spot(e)].sort((x, y) => x - y);
    if (b - a <= 80) return [a, b];
    const $a = e.binding.state.doc.resolve(a);
    return [a, $a.end()];
  };
  const select = (e: Editor, from: number, to = from) =>
    e.binding.dispatch(e.binding.state.tr.setSelection(TextSelection.create(e.binding.state.doc, from, to)));
  const run = (e: Editor, command: Command) => command(e.binding.state, e.binding.dispatch);
  /** Something is about to be put at a place: does it cut a word in two? */
  const cutsAt = (e: Editor, pos: number) => {
    const $pos = e.binding.state.doc.resolve(pos);
    const left = Array.from($pos.parent.textContent.slice(0, $pos.parentOffset)).pop();
    const right = Array.from($pos.parent.textContent.slice($pos.parentOffset))[0];
    if (left && right && wordOf.get(left) !== undefined && wordOf.get(left) === wordOf.get(right)) cut.add(wordOf.get(left)!);
  };

  const operations: [number, string, (e: Editor) => void][] = [
    [34, "type", (e) => {
      const pos = spot(e);
      cutsAt(e, pos);
      const marks = random.chance(0.1) ? [schema.marks.strong.create()] : undefined;
      const tr = e.binding.state.tr;
      if (marks) tr.replaceWith(pos, pos, schema.text(word(e), marks));
      else tr.insertText(word(e), pos);
      e.binding.dispatch(tr);
    }],
    [14, "split", (e) => {
      const pos = spot(e);
      cutsAt(e, pos);
      select(e, pos);
      run(e, enter);
    }],
    [3, "plain split", (e) => {
      const pos = spot(e);
      cutsAt(e, pos);
      e.binding.dispatch(e.binding.state.tr.split(pos));
    }],
    [10, "join", (e) => void run(e, joinAt(1 + random.int(Math.max(1, e.binding.state.doc.childCount - 1))))],
    [6, "drag", (e) => {
      const { doc } = e.binding.state;
      const k = random.int(doc.childCount);
      const text = doc.child(k).textContent;
      if (run(e, moveBlock(k, random.int(doc.childCount + 1)))) lettersIn(text).forEach((l) => moved.add(l));
    }],
    [8, "kind", (e) => {
      select(e, spot(e));
      run(e, setKind(random.pick(KINDS)));
    }],
    [8, "cite", (e) => {
      const [a, b] = piece(e);
      select(e, a, b);
      run(e, support(`c${random.int(9)}@1:0-${random.int(90)}`));
    }],
    [3, "uncite", (e) => {
      const [a, b] = piece(e);
      e.binding.dispatch(e.binding.state.tr.removeMark(a, b, schema.marks.cite));
    }],
    [4, "mark", (e) => {
      const [a, b] = piece(e);
      const mark = random.pick([schema.marks.strong.create(), schema.marks.em.create(), schema.marks.link.create({ href: `/x/${random.int(3)}` })]);
      const tr = e.binding.state.tr;
      e.binding.dispatch(random.chance(0.5) ? tr.addMark(a, b, mark) : tr.removeMark(a, b, mark.type));
    }],
    [5, "delete", (e) => {
      const a = spot(e);
      const $a = e.binding.state.doc.resolve(a);
      const rest = Array.from($a.parent.textContent.slice($a.parentOffset)).slice(0, 3).join("");
      if (rest) e.binding.dispatch(e.binding.state.tr.delete(a, a + rest.length));
    }],
    [1, "delete across", (e) => {
      const [a, b] = [spot(e), spot(e)].sort((x, y) => x - y);
      if (b - a < 60) e.binding.dispatch(e.binding.state.tr.delete(a, b));
    }],
    [1, "delete block", (e) => {
      const { doc } = e.binding.state;
      const k = random.int(doc.childCount);
      if (doc.childCount > 1 && doc.child(k).content.size < 12)
        e.binding.dispatch(e.binding.state.tr.delete(start(doc, k), start(doc, k + 1)));
    }],
    [3, "paste", (e) => {
      const pos = spot(e);
      cutsAt(e, pos);
      const block = (open: boolean) =>
        schema.nodes.block.create({ b: open ? "paragraph|" : "item|dup" }, random.chance(0.2) ? null : schema.text(word(e)));
      const slice = new Slice(Fragment.from([block(true), block(false), block(true)]), 1, 1);
      e.binding.dispatch(e.binding.state.tr.replace(pos, pos, slice));
    }],
    [5, "undo", (e) => void e.binding.undo()],
    [3, "redo", (e) => void e.binding.redo()],
    [1, "repair", (e) => void e.binding.repairIds()],
  ];
  const total = operations.reduce((sum, [weight]) => sum + weight, 0);

  const deliver = (e: Editor, everything = false) => {
    for (let n = everything ? e.inbox.length : 1 + random.int(4); n > 0 && e.inbox.length; n--) {
      const i = random.int(e.inbox.length);
      const { from, update } = e.inbox[i];
      if (!everything && partition.has(`${Math.min(from, e.name)}${Math.max(from, e.name)}`)) continue;
      e.inbox.splice(i, 1);
      Y.applyUpdate(e.ydoc, update, "wire");
    }
  };

  for (let i = 0; i < ops; i++) {
    const e = random.pick(editors);
    let n = random.int(total);
    const [, name, act] = operations.find(([weight]) => (n -= weight) < 0)!;
    const before = lettersIn(e.binding.state.doc.textContent);
    try {
      act(e);
      const after = new Set(lettersIn(e.binding.state.doc.textContent));
      for (const l of before)
        if (!after.has(l)) {
          deleted.add(l);
          if (name === "undo" && !moved.has(l)) assert.ok(e.typed.has(l), "an undo took another's letter");
        }
      if (random.chance(0.2)) e.binding.undoManager.stopCapturing();
      if (random.chance(0.02)) partition = random.chance(0.5) ? new Set() : new Set([random.pick(["01", "02", "12"]), random.pick(["01", "02", "12"])]);
      for (const other of editors) if (random.chance(0.4)) deliver(other);
      if (i % 25 === 0) for (const x of editors) assert.ok(sameDoc(docOf(x.binding.ytext), x.binding.state.doc), "document and text differ");
    } catch (error) {
      throw new Error(`seed ${seed}, operation ${i} (${name}): ${(error as Error).message}`, { cause: error });
    }
  }
  // All repair at once, as they would, then hear of it.
  for (const e of editors) deliver(e, true);
  for (const e of editors) e.binding.repairIds();
  for (const e of editors) deliver(e, true);
  for (const e of editors) deliver(e, true);

  const docs = editors.map((e) => e.binding.state.doc);
  for (const e of editors) {
    e.binding.state.doc.check();
    assert.equal(canonical(e.binding.state.doc), canonical(docs[0]), `seed ${seed}: editors differ`);
    assert.ok(sameDoc(docOf(e.binding.ytext), e.binding.state.doc), `seed ${seed}: document and text differ`);
  }
  const ids = new Set<string>();
  docs[0].forEach((block, _offset, k) => {
    if (k === docs[0].childCount - 1 && !editors[0].binding.ytext.toString().endsWith("\n")) return;
    assert.ok(idOf(block) && !ids.has(idOf(block)), `seed ${seed}: identifier ${block.attrs.b} missing or doubled`);
    ids.add(idOf(block));
  });

  const text = docs[0].textBetween(0, docs[0].content.size, "\n");
  const counts = new Map<string, number>();
  for (const l of lettersIn(text)) counts.set(l, (counts.get(l) ?? 0) + 1);
  const result: Result = { letters: letters.length, deleted: deleted.size, moved: moved.size, words: 0, lost: [], doubled: [], cutWords: [], citations: 0, blocks: docs[0].childCount };
  for (const l of letters) {
    if (deleted.has(l)) continue;
    const n = counts.get(l) ?? 0;
    if (n === 0) result.lost.push(l);
    // Two people who drag one block at once both put it somewhere.
    if (n > 1 && !moved.has(l)) result.doubled.push(l);
  }
  words.forEach((w, i) => {
    if (cut.has(i) || Array.from(w).some((l) => deleted.has(l) || moved.has(l))) return;
    result.words++;
    if (!text.includes(w)) result.cutWords.push(w);
  });
  docs[0].descendants((node) => void (result.citations += node.marks.filter((m) => m.type === schema.marks.cite).length));
  for (const e of editors) e.binding.destroy();
  return result;
}
