// What one did, to be taken back. Yjs' UndoManager remembers; taking back is done
// here, by three rules.
//
// Letters: those that one put in go, those that one took away come back to their
// place; but a newline stays that parts what others have written since. A value
// that one gave to letters, their kind, a mark, is taken back where they still have
// it: what another chose since stays. What others have written anew (anew.ts) does
// not come back. And a block that one moved is moved back as it
// is now, with what others have written in it, cited and taken away meanwhile.
import * as Y from "yjs";
import { writtenAnew } from "./anew";
import type { Copies, Pair } from "./copies";
import type { Op } from "./delta";
import { leaned, linesOf } from "./lines";
import { moveBack, pairsOf } from "./moves";
import { equalValue, type Attrs } from "./schema";
import { after, bring, dress, letters, piece, standing, textOf, type Change } from "./write";

type StackItem = Y.UndoManager["undoStack"][number];
type Kind = "undo" | "redo";

const CHANGES = "changes";
const MOVED = "moved";
/** Whether a step left nothing to take back: letters typed and deleted at once. */
const EMPTY = "empty";
/** Under which key the revival notes what one had from each client. */
export const KNOWN = "known";

export class History extends Y.UndoManager {
  private noted: Change[] = [];
  /** What moved. */
  private pairs: Pair[] | null = null;
  /** What one has ever taken away, undone or not, but for what one moved. */
  private taken: Y.Transaction["deleteSet"][] = [];
  /** Called where a step is used up without effect: others have overridden it. */
  onOverridden: (type: Kind) => void = () => {};

  constructor(
    private readonly ytext: Y.Text,
    private readonly copies: Copies,
    options: ConstructorParameters<typeof Y.UndoManager>[1],
  ) {
    super(ytext, options);
    const keep = ({ stackItem }: { stackItem: StackItem }) => {
      stackItem.meta.set(CHANGES, [...(stackItem.meta.get(CHANGES) ?? []), ...this.noted]);
      if (this.pairs) stackItem.meta.set(MOVED, this.pairs);
      stackItem.meta.set(EMPTY, this.isEmpty(stackItem));
      this.noted = [];
      this.pairs = null;
    };
    this.on("stack-item-added", keep);
    this.on("stack-item-updated", keep);
  }

  /** write does something that can be taken back. */
  write(origin: unknown, moves: boolean, act: (note: (change: Change) => void) => void): void {
    this.noted = [];
    this.pairs = null;
    this.doc.transact((tr) => {
      act(this.note);
      if (moves) this.pairs = pairsOf(tr, this.ytext);
      this.keep(tr);
    }, origin);
  }

  /** took gives what one has taken away. */
  took(): Y.Transaction["deleteSet"] {
    this.taken = [Y.mergeDeleteSets(this.taken)];
    return this.taken[0];
  }

  /** changes gives the values that one gave to letters and has not taken back. */
  changes(): Change[] {
    return this.undoStack.flatMap(({ meta }) => meta.get(CHANGES) as Change[]);
  }

  override undo(): StackItem | null {
    this.undoing = true;
    try {
      return this.pop(this.undoStack, "undo");
    } finally {
      this.undoing = false;
    }
  }

  override redo(): StackItem | null {
    this.redoing = true;
    try {
      return this.pop(this.redoStack, "redo");
    } finally {
      this.redoing = false;
    }
  }

  /** overrule notes what another gave to letters: one's own earlier choices there
   * are not taken back any more. A block's identifier is nobody's choice. */
  overrule(tr: Y.Transaction, ops: readonly Op[]): void {
    const given = new Map<Y.Item, Attrs>();
    let index = 0;
    for (const { retain, insert, attributes } of ops) {
      const length = retain ?? (typeof insert === "string" ? insert.length : insert === undefined ? 0 : 1);
      if (retain && attributes) for (const item of letters(tr, this.ytext, index, retain)) given.set(item, attributes);
      index += length;
    }
    if (!given.size) return;
    for (const { meta } of [...this.undoStack, ...this.redoStack]) {
      const changes: Change[] = meta.get(CHANGES);
      for (const { id, length } of changes) for (const _ of standing(tr, id, length));
      meta.set(CHANGES, changes.flatMap((change) => [...standing(tr, change.id, change.length)].flatMap(({ item, at }) => left({ ...change, id: after(change.id, at), length: item.length }, given.get(item)))));
    }
  }

  /** keep remembers what one has just moved or taken away. */
  private keep(tr: Y.Transaction): void {
    if (this.pairs) this.copies.record(this.pairs.filter(({ to }) => to.client === this.doc.clientID && to.clock >= (tr.beforeState.get(to.client) ?? 0)));
    else if (tr.deleteSet.clients.size) this.taken.push(tr.deleteSet);
  }

  private readonly note = (change: Change) => void this.noted.push(change);

  private isEmpty({ insertions, deletions, meta }: StackItem): boolean {
    if (meta.get(MOVED) || meta.get(CHANGES).length) return false;
    let left = false;
    this.doc.transact((tr) => {
      const look = (struct: Y.Item | Y.GC) => (left ||= this.isLetter(struct) && (!struct.deleted || !Y.isDeleted(insertions, struct.id)));
      Y.iterateDeletedStructs(tr, insertions, look);
      Y.iterateDeletedStructs(tr, deletions, look);
    });
    return !left;
  }

  /** pop takes back the last thing that was done. Where others have left nothing
   * of it, nothing older is taken back in its place: one means the last. */
  private pop(stack: StackItem[], type: Kind): StackItem | null {
    let item: StackItem | undefined;
    let did = false;
    let changedParentTypes: Y.Transaction["changedParentTypes"];
    this.noted = [];
    this.pairs = null;
    this.doc.transact((tr) => {
      while (!did && (item = stack.pop())) if (!(did = this.revert(tr, item)) && !item.meta.get(EMPTY)) break;
      this.keep(tr);
      changedParentTypes = tr.changedParentTypes;
    }, this);
    if (did) this.emit("stack-item-popped", [{ stackItem: item!, type, changedParentTypes: changedParentTypes!, origin: this }, this]);
    else if (item) this.onOverridden(type);
    return item ?? null;
  }

  private revert(tr: Y.Transaction, { insertions, deletions, meta }: StackItem): boolean {
    const moved: Pair[] | undefined = meta.get(MOVED);
    const known: Map<number, number> = meta.get(KNOWN);
    let did = false;
    let anew: ReadonlySet<Y.Item> = new Set();
    if (moved) {
      this.pairs = moveBack(tr, this.ytext, moved, known);
      did = !!this.pairs;
    } else {
      const gone = new Set<Y.Item>();
      const back = new Map<Y.Item, Y.Item>();
      Y.iterateDeletedStructs(tr, insertions, (struct) => {
        if (!this.isLetter(struct)) return;
        for (const { item } of standing(tr, struct.id, struct.length)) if (!item.deleted) for (const line of linesOf(tr, item)) gone.add(line);
      });
      Y.iterateDeletedStructs(tr, deletions, (struct) => {
        if (!this.isLetter(struct) || Y.isDeleted(insertions, struct.id)) return;
        for (const { item, at } of standing(tr, struct.id, struct.length)) {
          const was = piece(tr, after(struct.id, at), item.length);
          // Where it was last, if another moved it and one had deleted it.
          if (item === was || (item.deleted && this.copies.source(item.id))) back.set(item, was);
        }
      });
      const since = (id: Y.ID) => id.client !== this.doc.clientID && id.clock >= (known.get(id.client) ?? 0);
      anew = writtenAnew(this.ytext, new Map([...back].map(([item, was]) => [item, textOf(was)])), gone, ({ id }) => since(id));
      for (const item of anew) back.delete(item);
      for (const [item, was] of back) bring(tr, this.ytext, item, was.content);
      const kept = leaned(this.ytext, gone, since);
      const going = [...gone].filter((item) => !kept.has(item) && !anew.has(item));
      for (const item of going.reverse()) item.delete(tr);
      did = going.length + back.size > 0;
    }
    return this.restore(tr, meta.get(CHANGES) ?? [], anew) || did;
  }

  private isLetter(struct: Y.Item | Y.GC): struct is Y.Item {
    return struct instanceof Y.Item && struct.countable && struct.parent === this.ytext;
  }

  /** restore gives letters the values that they had, where these are still one's
   * own, but for some. */
  private restore(tr: Y.Transaction, changes: readonly Change[], but: ReadonlySet<Y.Item>): boolean {
    const rules = new Map<Y.Item, Change[]>();
    // Cut first, then looked at: a later change may cut the same item again.
    for (const { id, length } of changes) for (const _ of standing(tr, id, length));
    for (const change of changes)
      for (const { item } of standing(tr, change.id, change.length)) if (!item.deleted && !but.has(item)) rules.set(item, [change, ...(rules.get(item) ?? [])]);
    return dress(this.ytext, new Map([...rules].map(([item, list]) => [item, (now) => before(now, list)])), this.note);
  }
}

/** before gives the values of before some changes, the last first. */
function before(now: Attrs, changes: readonly Change[]): Attrs {
  const then: Attrs = {};
  for (const { key, was, is } of changes) {
    const value = (key in then ? then[key] : now[key]) ?? null;
    then[key] = key === "b" ? blockBefore(value, was, is) : equalValue(value, is) ? was : value;
  }
  for (const key of Object.keys(then)) if (equalValue(then[key], now[key] ?? null)) delete then[key];
  return then;
}

/** left is what remains of one's own change where another gave values since. */
function left(change: Change, given: Attrs | undefined): Change[] {
  if (!given || !(change.key in given)) return [change];
  if (change.key !== "b") return [];
  const [kind] = blockOf(given.b);
  const [is, was] = [blockOf(change.is), blockOf(change.was)];
  return kind === is[0] ? [change] : [{ ...change, is: `${kind}|${is[1]}`, was: `${kind}|${was[1]}` }];
}

/** blockOf parts a newline's value into its kind and its identifier. */
function blockOf(b: unknown): [string, string] {
  const [kind, ...id] = String(b ?? "").split("|");
  return [kind, id.join("|")];
}

/** blockBefore takes a block's kind and its identifier back, each where it is
 * still one's own. */
export function blockBefore(now: unknown, was: unknown, is: unknown): unknown {
  if (equalValue(now, is)) return was;
  if (![now, was, is].every((b) => typeof b === "string")) return now;
  const [n, w, i] = [now, was, is].map(blockOf);
  return n.map((part, k) => (part === i[k] ? w[k] : part)).join("|");
}
