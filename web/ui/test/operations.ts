// What three people do to one text, each operation with its weight.
import { TextSelection, type Command } from "prosemirror-state";
import { joinAt, moveBlock, setKind, start } from "../src/binding/blocks";
import { support } from "../src/binding/cite";
import { bear } from "../src/binding/comment";
import { KINDS, schema } from "../src/binding/schema";
import type { Random } from "./random";
import type { Subject } from "./subject";

/** What the operations tell of what they did. */
export interface Notes {
  /** A new word, of letters that no other word has. */
  word(): string;
  /** Something is about to be put between two letters. */
  between(left: string | undefined, right: string | undefined): void;
  /** A block with this text is being moved. */
  moving(text: string): void;
  /** This text is about to be deleted. */
  taking(text: string): void;
  /** What was done and undone at once must have left the first document. */
  undone(was: string, is: string): void;
}

export interface Operation {
  weight: number;
  name: string;
  act(e: Subject, notes: Notes): void;
}

export function operations(random: Random): Operation[] {
  const spot = (e: Subject): number => {
    const { doc } = e.state;
    const k = random.int(doc.childCount);
    const points = Array.from(doc.child(k).textContent);
    const offset = points.slice(0, random.int(points.length + 1)).join("").length;
    return start(doc, k) + 1 + offset;
  };
  /** A place where something will be put. */
  const gap = (e: Subject, notes: Notes): number => {
    const pos = spot(e);
    const $pos = e.state.doc.resolve(pos);
    const text = $pos.parent.textContent;
    notes.between(Array.from(text.slice(0, $pos.parentOffset)).pop(), Array.from(text.slice($pos.parentOffset))[0]);
    return pos;
  };
  /** A piece of the text, within a block or over a few. */
  const piece = (e: Subject): [number, number] => {
    const [a, b] = [spot(e), spot(e)].sort((x, y) => x - y);
    return b - a <= 80 ? [a, b] : [a, e.state.doc.resolve(a).end()];
  };
  const run = (e: Subject, command: Command) => command(e.state, (tr) => e.dispatch(tr));
  const over = (e: Subject, [from, to]: [number, number], command: Command) => {
    e.dispatch(e.state.tr.setSelection(TextSelection.create(e.state.doc, from, to)));
    run(e, command);
  };
  let segments = 0;

  return [
    { weight: 31, name: "type", act: (e, notes) => e.type(gap(e, notes), notes.word()) },
    { weight: 3, name: "type strong", act: (e, notes) => {
      const pos = gap(e, notes);
      e.dispatch(e.state.tr.insert(pos, schema.text(notes.word(), [schema.marks.strong.create()])));
    } },
    { weight: 14, name: "split", act: (e, notes) => e.enter(gap(e, notes)) },
    { weight: 3, name: "plain split", act: (e, notes) => e.dispatch(e.state.tr.split(gap(e, notes))) },
    { weight: 10, name: "join", act: (e) => void run(e, joinAt(1 + random.int(Math.max(1, e.state.doc.childCount - 1)))) },
    { weight: 8, name: "drag", act: (e, notes) => {
      const { doc } = e.state;
      const k = random.int(doc.childCount);
      const to = random.int(doc.childCount + 1);
      if (!run(e, moveBlock(k, to))) return;
      notes.moving(doc.child(k).textContent);
      // Of two neighbours either may be the one that was taken.
      if (to === k + 2 || to === k - 1) notes.moving(doc.child(to === k + 2 ? k + 1 : to).textContent);
    } },
    { weight: 8, name: "kind", act: (e) => over(e, [spot(e)].flatMap((p) => [p, p]) as [number, number], setKind(random.pick(KINDS))) },
    // Each citation is of another segment, so that each can be looked for.
    { weight: 8, name: "cite", act: (e) => over(e, piece(e), support(`c${++segments}@1:0-9`)) },
    { weight: 3, name: "comment", act: (e) => {
      const [a, b] = piece(e);
      run(e, bear(`f${++segments}`, a, b));
    } },
    { weight: 3, name: "uncite", act: (e) => {
      const [a, b] = piece(e);
      e.dispatch(e.state.tr.removeMark(a, b, schema.marks.cite));
    } },
    { weight: 4, name: "mark", act: (e) => {
      const [a, b] = piece(e);
      const mark = random.pick([schema.marks.strong.create(), schema.marks.em.create(), schema.marks.link.create({ href: `/x/${random.int(3)}` })]);
      e.dispatch(random.chance(0.5) ? e.state.tr.addMark(a, b, mark) : e.state.tr.removeMark(a, b, mark.type));
    } },
    { weight: 4, name: "delete", act: (e) => {
      const a = spot(e);
      const $a = e.state.doc.resolve(a);
      const rest = Array.from($a.parent.textContent.slice($a.parentOffset)).slice(0, 3).join("");
      if (rest) e.erase(a, a + rest.length);
    } },
    { weight: 2, name: "backspace", act: (e) => e.backspace(spot(e)) },
    { weight: 1, name: "delete across", act: (e) => {
      const [a, b] = [spot(e), spot(e)].sort((x, y) => x - y);
      if (a < b && b - a < 60) e.erase(a, b);
    } },
    { weight: 2, name: "delete across and undo", act: (e, notes) => {
      const [a, b] = [spot(e), spot(e)].sort((x, y) => x - y);
      if (a === b || b - a >= 60) return;
      const was = e.shown();
      notes.taking(e.state.doc.textBetween(a, b));
      e.pause();
      e.erase(a, b);
      e.undo();
      notes.undone(was, e.shown());
    } },
    { weight: 1, name: "delete block", act: (e) => {
      const { doc } = e.state;
      const k = random.int(doc.childCount);
      if (doc.childCount > 1 && doc.child(k).content.size < 12) e.dispatch(e.state.tr.delete(start(doc, k), start(doc, k + 1)));
    } },
    { weight: 3, name: "paste", act: (e, notes) => {
      const pos = gap(e, notes);
      e.paste(pos, [0, 1, 2].map(() => (random.chance(0.2) ? "" : notes.word())));
    } },
    { weight: 10, name: "undo", act: (e) => e.undo() },
    { weight: 5, name: "redo", act: (e) => e.redo() },
    { weight: 1, name: "tidy", act: (e) => e.tidy() },
  ];
}
