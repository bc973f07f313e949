// Three editors, random operations, shuffled delivery, partitions: what the
// flat text promises, letter by letter.
//
// Every letter ever typed is a different one, so that each can be looked for
// in the end. A letter is "deleted" once an operation took it from somebody's
// document, "moved" once a block that held it was dragged; likewise for what a
// letter is cited by.
import type { Node } from "prosemirror-model";
import * as Y from "yjs";
import { idOf, keyOf, kindOf, schema } from "../src/binding/schema";
import { REPAIR } from "../src/binding/repair";
import { operations } from "./operations";
import { Random } from "./random";
import { marksIn, Strays } from "./strays";
import { WIRE, type Open, type Subject } from "./subject";

interface Editor {
  name: number;
  ydoc: Y.Doc;
  subject: Subject;
  inbox: { from: number; update: Uint8Array; upon: Map<number, number> }[];
  typed: Set<string>;
  /** Letters that this person took away. */
  took: Set<string>;
  /** Values that changed last in this document by another's doing: of a letter's
   * mark, of a block's kind. */
  others: Set<string>;
}

export interface Options {
  /** Whether two people may be out of each other's reach for a while. */
  partitions?: boolean;
  /** Whether all hear of a change after those that it was made upon, as by the
   * server's log. Otherwise a mark that is resumed behind an insertion may be there
   * before its end is, and what is written in that state may stay marked. */
  causal?: boolean;
}

export interface Result {
  letters: number;
  deleted: number;
  moved: number;
  /** Words, and citations of a letter, that were looked for. */
  words: number;
  citations: number;
  lost: string[];
  doubled: string[];
  /** Letters that somebody deleted, there twice. */
  revived: string[];
  /** Words that another's got into. */
  cut: string[];
  /** Letters of others that an undo or redo took. */
  stolen: string[];
  /** Marks and kinds that others chose last, and an undo or redo changed. */
  overruled: string[];
  /** Citations and comments that left their letters. */
  slipped: string[];
  lostWords: number;
  doubledWords: number;
  /** Letters under a citation or comment that nobody put there; and how many are
   * beside one, for having been typed there at the same time. */
  strayed: string[];
  beside: number;
  /** What must never be: editors that differ, a document that is not its
   * text, an identifier missing or there twice, an error. */
  faults: string[];
  /** All that was sent, in its order. */
  updates: Uint8Array[];
  /** The document that all have in the end. */
  doc: Node;
}

export function scenario(seed: number, ops: number, open: Open, { partitions = true, causal = false }: Options = {}): Result {
  const random = new Random(seed);
  const acts = operations(random);
  const deleted = new Set<string>();
  const moved = new Set<string>();
  const cited = new Set<string>();
  const released = new Set<string>();
  const strays = new Strays();
  const letters: string[] = [];
  const words: string[] = [];
  const wordOf = new Map<string, number>();
  const cut = new Set<number>();
  const stolen = new Set<string>();
  const overruled = new Set<string>();
  const faults: string[] = [];
  const updates: Uint8Array[] = [];
  let partition = new Set<string>();
  let doing = "the beginning";
  const fault = (what: string) => void faults.push(`seed ${seed}, ${doing}: ${what}`);

  const editors: Editor[] = [0, 1, 2].map((name) => {
    const ydoc = new Y.Doc();
    ydoc.clientID = 1 + name + 10 * (seed % 1000);
    ydoc.on("update", (update: Uint8Array, origin: unknown, _doc: Y.Doc, tr: Y.Transaction) => {
      if (origin === WIRE) return;
      updates.push(update);
      for (const other of editors) if (other.name !== name) other.inbox.push({ from: name, update, upon: new Map(tr.beforeState) });
    });
    let marked: Map<string, Set<string>> | null = null;
    ydoc.on("beforeTransaction", (tr: Y.Transaction) => (marked = tr.origin === REPAIR ? marksIn(ydoc) : null));
    ydoc.on("afterTransaction", (tr: Y.Transaction) => marked && strays.note(ydoc, marked, tr.beforeState));
    return { name, ydoc, subject: open(ydoc, fault), inbox: [], typed: new Set<string>(), took: new Set<string>(), others: new Set<string>() };
  });

  const notesOf = (e: Editor) => ({
    word(): string {
      let w = "";
      for (let i = 1 + random.int(5); i > 0; i--) {
        const n = letters.length;
        if (n >= 20000) throw new RangeError("no letter is left");
        // One in eight needs two code units.
        const l = n % 8 === 7 ? String.fromCodePoint(0x20000 + n) : String.fromCharCode(0x4e00 + n);
        letters.push(l);
        wordOf.set(l, words.length);
        e.typed.add(l);
        w += l;
      }
      words.push(w);
      return w;
    },
    between(left: string | undefined, right: string | undefined): void {
      const word = left && wordOf.get(left);
      if (word !== undefined && right && word === wordOf.get(right)) cut.add(word as number);
    },
    moving: (text: string) => lettersIn(text).forEach((l) => moved.add(l)),
    // Whoever takes them away at the same moment and brings them back may have them
    // twice, as what two people drag.
    taking: (text: string) => lettersIn(text).forEach((l) => (moved.add(l), e.took.add(l))),
    undone: (was: string, is: string) => was === is || fault(`undone, ${was} is ${is}`),
  });

  /** attempt does one thing in one editor and notes what it took away. */
  const attempt = (e: Editor, name: string, act: () => void) => {
    try {
      const was = name === "type" ? null : e.subject.state.doc;
      const since = Y.decodeStateVector(Y.encodeStateVector(e.ydoc));
      act();
      if (!was) return; // what is typed may wait to be read
      const before = borne(was);
      const after = borne(e.subject.state.doc);
      const again = name === "undo" || name === "redo";
      for (const change of changes(was, e.subject.state.doc)) {
        if (again && e.others.has(change)) overruled.add(`seed ${seed}, ${doing}: ${change}`);
        e.others.delete(change);
      }
      for (const [l, marks] of before) {
        const now = after.get(l);
        if (!now) {
          deleted.add(l);
          if (again && !e.typed.has(l) && !e.took.has(l)) stolen.add(l);
          if (!again) e.took.add(l);
        } else for (const mark of marks) if (!now.has(mark)) released.add(l + mark);
      }
      strays.note(e.ydoc, before, since);
      if (name === "cite" || name === "comment")
        for (const [l, marks] of after) for (const mark of marks) if (!before.get(l)?.has(mark)) cited.add(l + mark);
    } catch (error) {
      fault(String(error));
    }
  };
  const deliver = (e: Editor, everything = false) => {
    for (let n = everything ? e.inbox.length : 1 + random.int(4); n > 0 && e.inbox.length; n--) {
      const i = random.int(e.inbox.length);
      const { from, update, upon } = e.inbox[i];
      if (causal) {
        const have = Y.decodeStateVector(Y.encodeStateVector(e.ydoc));
        if ([...upon].some(([client, clock]) => (have.get(client) ?? 0) < clock)) {
          if (everything) n++; // another comes first
          continue;
        }
      }
      if (!everything && partition.has(`${Math.min(from, e.name)}${Math.max(from, e.name)}`)) continue;
      e.inbox.splice(i, 1);
      const was = e.subject.state.doc;
      try {
        e.subject.receive(update);
        for (const change of changes(was, e.subject.state.doc)) e.others.add(change);
      } catch (error) {
        fault(String(error));
      }
    }
  };
  const check = () => {
    for (const { subject } of editors) if (subject.shared() !== subject.shown()) fault("document and text differ");
  };

  // All begin with the same word: what they do before they have met is no
  // question of how they write together.
  attempt(editors[0], "first word", () => editors[0].subject.type(1, notesOf(editors[0]).word()));
  for (const e of editors) deliver(e, true);

  const total = acts.reduce((sum, { weight }) => sum + weight, 0);
  for (let i = 0; i < ops; i++) {
    const e = random.pick(editors);
    let n = random.int(total);
    const { name, act } = acts.find(({ weight }) => (n -= weight) < 0)!;
    doing = `operation ${i} (${name})`;
    attempt(e, name, () => act(e.subject, notesOf(e)));
    if (random.chance(0.2)) e.subject.pause();
    if (random.chance(0.02) && partitions) partition = random.chance(0.5) ? new Set() : new Set([random.pick(["01", "02", "12"]), random.pick(["01", "02", "12"])]);
    for (const other of editors) if (random.chance(0.4)) deliver(other);
    if (i % 25 === 0) check();
  }
  doing = "the end";
  check(); // and so all is read
  for (const e of editors) deliver(e, true);
  // All are quiet at once, then hear of what each has repaired.
  for (const e of editors) attempt(e, "tidy", () => e.subject.tidy());
  for (const e of editors) deliver(e, true);
  for (const e of editors) deliver(e, true);
  check();
  for (const e of editors) if (e.subject.shown() !== editors[0].subject.shown()) fault(`editor ${e.name} has another document`);

  const { doc } = editors[0].subject.state;
  const text = doc.textBetween(0, doc.content.size, "\n");
  const counts = new Map<string, number>();
  for (const l of lettersIn(text)) counts.set(l, (counts.get(l) ?? 0) + 1);
  const gone = (l: string) => deleted.has(l) || moved.has(l);
  const lost = letters.filter((l) => !deleted.has(l) && !counts.has(l));
  // Two people who drag one block at once both put it somewhere.
  const twice = letters.filter((l) => counts.get(l)! > 1 && !moved.has(l));
  const doubled = twice.filter((l) => !deleted.has(l));
  const whole = words.filter((w, i) => !cut.has(i) && !Array.from(w).some(gone));
  const held = [...cited].filter((c) => !released.has(c) && !gone(first(c)));
  const borneNow = borne(doc);
  const result: Result = {
    letters: letters.length,
    deleted: deleted.size,
    moved: moved.size,
    words: whole.length,
    citations: held.length,
    lost,
    doubled,
    revived: twice.filter((l) => deleted.has(l)),
    cut: whole.filter((w) => !text.includes(w)),
    stolen: [...stolen],
    overruled: [...overruled],
    slipped: held.filter((c) => !borneNow.get(first(c))?.has(c.slice(first(c).length))),
    lostWords: new Set(lost.map((l) => wordOf.get(l))).size,
    doubledWords: new Set(doubled.map((l) => wordOf.get(l))).size,
    ...strays.find(editors[0].ydoc),
    faults,
    updates,
    doc,
  };
  for (const e of editors) e.subject.destroy();
  return result;
}

/** identified tells which identifiers a document's blocks lack or share. The
 * last block has one only where its newline is written. */
export function identified(doc: Node): string[] {
  const ids = new Set<string>();
  const wrong: string[] = [];
  doc.forEach((block, _offset, k) => {
    if (k === doc.childCount - 1 && !idOf(block)) return;
    if (!idOf(block) || ids.has(idOf(block))) wrong.push(String(block.attrs.b));
    ids.add(idOf(block));
  });
  return wrong;
}

const lettersIn = (text: string) => Array.from(text).filter((c) => c > "\u4dff");
const first = (text: string) => String.fromCodePoint(text.codePointAt(0)!);

/** borne gives each letter's citations and comments. */
function borne(doc: Node): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  doc.descendants((node) => {
    if (!node.isText) return;
    const marks = node.marks.filter((m) => m.type === schema.marks.cite || m.type === schema.marks.comment).map((m) => String(m.attrs.segment ?? m.attrs.id));
    for (const l of lettersIn(node.text!)) out.set(l, new Set([...(out.get(l) ?? []), ...marks]));
  });
  return out;
}

/** changes gives what differs between two documents: marks of letters that are
 * in both, once, and kinds of blocks that are. */
function changes(a: Node, b: Node): string[] {
  if (a === b) return [];
  const out: string[] = [];
  const [was, is] = [values(a), values(b)];
  for (const [key, value] of was) {
    const now = is.get(key);
    if (!value || !now || value === now) continue;
    const [x, y] = [new Set(value.split(" ")), new Set(now.split(" "))];
    for (const part of new Set([...x, ...y])) if (x.has(part) !== y.has(part)) out.push(key.startsWith("block ") ? key : `${key} ${part.replace(/:.*/, "")}`);
  }
  return out;
}

/** values writes what each letter and each block bears, "" where it is there
 * twice. */
function values(doc: Node): Map<string, string> {
  const out = new Map<string, string>();
  const add = (key: string, value: string) => void out.set(key, out.has(key) ? "" : value);
  doc.forEach((block) => {
    if (idOf(block)) add(`block ${idOf(block)}`, `- ${kindOf(block)}`);
    block.forEach((node) => {
      const marks = ["-", ...node.marks.map((m) => `${keyOf(m)}:${m.attrs.href ?? ""}`)].join(" ");
      for (const l of lettersIn(node.text!)) add(l, marks);
    });
  });
  return out;
}
