// Three editors, random operations, shuffled delivery, partitions: what the
// flat text promises, letter by letter.
//
// Every letter ever typed is a different one, so that each can be looked for
// in the end. A letter is "deleted" once an operation took it from somebody's
// document, and "back" once an undo brought it there again; likewise for what a
// letter is cited by. Blocks that hold it may be dragged by anybody at any moment.
import type { Node } from "prosemirror-model";
import * as Y from "yjs";
import { idOf, keyOf, kindOf, schema } from "../src/binding/schema";
import { Copies } from "../src/binding/copies";
import { REPAIR } from "../src/binding/repair";
import { Homes } from "./homes";
import { operations, type Weights } from "./operations";
import { Random } from "./random";
import { lettersOf, marksIn, Strays } from "./strays";
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
  /** Updates that at least wait to be heard of, as long as they do not become more. */
  behind?: number;
  /** Weights of operations by name, where they are others. */
  weights?: Weights;
  /** Whether what is typed is read at once, so that each letter's block is known. */
  homes?: boolean;
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
  /** Letters that somebody deleted and nobody brought back, there. */
  returned: string[];
  /** Letters in a block where nobody put them. */
  astray: string[];
  /** Letters of others that an undo or redo took. */
  stolen: string[];
  /** Marks and kinds that others chose last, and an undo or redo changed. */
  overruled: string[];
  /** Citations and comments that left their letters; and how many left letters that
   * were moved. */
  slipped: string[];
  slippedMoved: number;
  lostWords: number;
  doubledWords: number;
  /** Letters under a citation or comment that nobody put there; and how many are
   * beside one, for having been typed there at the same time. */
  strayed: string[];
  strayedMoved: number;
  beside: number;
  /** What must never be: editors that differ, a document that is not its
   * text, an identifier missing or there twice, an error. */
  faults: string[];
  /** All that was sent, in its order. */
  updates: Uint8Array[];
  /** The document that all have in the end. */
  doc: Node;
}

export function scenario(seed: number, ops: number, open: Open, { partitions = true, causal = false, behind = 0, weights = {}, homes = false }: Options = {}): Result {
  const random = new Random(seed);
  const acts = operations(random, weights);
  const homed = new Homes();
  const back = new Set<string>();
  const deleted = new Set<string>();
  /** Letters of which somebody left none. */
  const left = new Set<string>();
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
    taking: (text: string) => lettersIn(text).forEach((l) => (moved.add(l), e.took.add(l), back.add(l))),
    undone: (was: string, is: string) => was === is || isTwice(was) || fault(`undone, ${was} is ${is}`),
  });

  /** attempt does one thing in one editor and notes what it took away. */
  const attempt = (e: Editor, name: string, act: () => void) => {
    try {
      const was = name === "type" && !homes ? null : e.subject.state.doc;
      const since = Y.decodeStateVector(Y.encodeStateVector(e.ydoc));
      act();
      if (!was) return; // what is typed may wait to be read
      const before = borne(was);
      const after = borne(e.subject.state.doc);
      const again = name === "undo" || name === "redo";
      if (homes) homed.note(was, e.subject.state.doc);
      // While a block is there twice for a moment, either may be meant.
      const [had, has] = [countsIn(was), countsIn(e.subject.state.doc)];
      if (name !== "tidy") for (const [l, n] of had) if ((has.get(l) ?? 0) < n) deleted.add(l);
      for (const l of after.keys()) if (again && !before.has(l)) back.add(l);
      for (const change of changes(was, e.subject.state.doc)) {
        if (again && e.others.has(change)) overruled.add(`seed ${seed}, ${doing}: ${change}`);
        e.others.delete(change);
      }
      for (const [l, marks] of before) {
        const now = after.get(l);
        if (!now) {
          deleted.add(l);
          if (name !== "tidy") left.add(l);
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
    for (const other of editors) if (behind ? other.inbox.length > behind || random.chance(0.05) : random.chance(0.4)) deliver(other);
    if (i % 25 === 0) check();
  }
  doing = "the end";
  check(); // and so all is read
  const hear = () => {
    for (let i = 0; editors.some((e) => e.inbox.length); i++) {
      if (i > 50) return fault("they never come to rest");
      for (const e of editors) deliver(e, true);
    }
  };
  hear();
  // All are quiet at once, then hear of what each has repaired.
  for (const e of editors) attempt(e, "tidy", () => e.subject.tidy());
  hear();
  check();
  for (const e of editors) if (e.subject.shown() !== editors[0].subject.shown()) fault(`editor ${e.name} has another document`);

  const { doc } = editors[0].subject.state;
  const text = doc.textBetween(0, doc.content.size, "\n");
  const counts = countsIn(doc);
  const lost = letters.filter((l) => !deleted.has(l) && !counts.has(l));
  const twice = letters.filter((l) => counts.get(l)! > 1);
  const doubled = twice.filter((l) => !deleted.has(l));
  const whole = words.filter((w, i) => !cut.has(i) && !Array.from(w).some((l) => deleted.has(l)));
  const held = [...cited].filter((c) => !released.has(c) && !deleted.has(first(c)));
  const borneNow = borne(doc);
  const copies = new Copies(editors[0].ydoc);
  const copied = new Set([...lettersOf(editors[0].ydoc)].filter(({ id }) => copies.source(id)).map(({ letter }) => letter));
  const { strayed, beside } = strays.find(editors[0].ydoc);
  const slipped = held.filter((c) => !borneNow.get(first(c))?.has(c.slice(first(c).length)));
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
    returned: letters.filter((l) => left.has(l) && !back.has(l) && counts.has(l)),
    astray: homes ? homed.astray(doc) : [],
    stolen: [...stolen],
    overruled: [...overruled],
    slipped: slipped.filter((c) => !copied.has(first(c))),
    slippedMoved: slipped.filter((c) => copied.has(first(c))).length,
    strayed: strayed.filter((c) => !copied.has(first(c))),
    strayedMoved: strayed.filter((c) => copied.has(first(c))).length,
    beside,
    lostWords: new Set(lost.map((l) => wordOf.get(l))).size,
    doubledWords: new Set(doubled.map((l) => wordOf.get(l))).size,
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

/** isTwice tells whether a block is there twice for a moment, as two people moved it:
 * what one takes from the one that goes is still in the other. */
function isTwice(doc: string): boolean {
  const parts = [...lettersIn(doc), ...(doc.match(/\|[a-z0-9-]+/g) ?? []).filter((id) => id !== "|dup")];
  return new Set(parts).size < parts.length;
}

/** countsIn gives how often each letter is there. */
function countsIn(doc: Node): Map<string, number> {
  const counts = new Map<string, number>();
  for (const l of lettersIn(doc.textContent)) counts.set(l, (counts.get(l) ?? 0) + 1);
  return counts;
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
