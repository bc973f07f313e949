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
import type { Op } from "./delta";
import { leaned, linesOf } from "./lines";
import type { Copies, Copy } from "./copies";
import { moveBack } from "./moves";
import { equalValue, type Attrs } from "./schema";
import { after, dress, letters, put, textOf, type Change } from "./write";

type StackItem = Y.UndoManager["undoStack"][number];
type Kind = "undo" | "redo";

const CHANGES = "changes";
const MOVED = "moved";
/** Whether a step left nothing to take back: letters typed and deleted at once. */
const EMPTY = "empty";
/** Acts that are remembered for those who did not know of them. */
const MOST = 1000;
/** What one had from each client. */
const KNOWN = "known";

/** What one took away, moves aside, newlines of it, and the values that one gave. */
export interface Act {
  deletions: Y.Transaction["deleteSet"] | null;
  newlines: Y.ID[];
  changes: Change[];
}

export class History extends Y.UndoManager {
  private noted: Change[] = [];
  /** What was moved. */
  private moved: Copy[] | null = null;
  /** One's own acts of late, undos included, the newest last. */
  readonly acts: Act[] = [];
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
      if (this.moved) stackItem.meta.set(MOVED, this.moved);
      stackItem.meta.set(EMPTY, this.isEmpty(stackItem));
      stackItem.meta.set(KNOWN, Y.decodeStateVector(Y.encodeStateVector(ytext.doc!)));
      this.noted = [];
      this.moved = null;
    };
    this.on("stack-item-added", keep);
    this.on("stack-item-updated", keep);
  }

  /** write does something that can be taken back. `act` gives what it moved. */
  write(origin: unknown, act: (note: (change: Change) => void) => Copy[]): void {
    this.noted = [];
    this.moved = null;
    this.ytext.doc!.transact((tr) => {
      const moved = act(this.note);
      this.remember(tr, moved.length > 0);
      if (!moved.length) return;
      this.copies.record(moved);
      this.moved = moved;
    }, origin);
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
    if (!ops.some(({ retain, attributes }) => retain && attributes)) return;
    const lists: { get(): readonly Change[]; set(changes: Change[]): void }[] = [
      ...[...this.undoStack, ...this.redoStack].map(({ meta }) => ({ get: () => meta.get(CHANGES), set: (changes: Change[]) => meta.set(CHANGES, changes) })),
      ...this.acts.map((act) => ({ get: () => act.changes, set: (changes: Change[]) => (act.changes = changes) })),
    ];
    // Cut first, then looked at.
    for (const list of lists) for (const { id, length } of list.get()) for (const _ of this.copies.standing(tr, id, length));
    const given = new Map<Y.Item, Attrs>();
    let index = 0;
    for (const { retain, insert, attributes } of ops) {
      const length = retain ?? (typeof insert === "string" ? insert.length : insert === undefined ? 0 : 1);
      if (retain && attributes) for (const item of letters(tr, this.ytext, index, retain)) given.set(item, attributes);
      index += length;
    }
    for (const list of lists)
      list.set(list.get().flatMap((change) => [...this.copies.standing(tr, change.id, change.length)].flatMap(({ item, at }) => left({ ...change, id: after(change.id, at), length: item.length }, given.get(item)))));
  }

  /** forgo forgets the values that an act gave to newlines, and gives them. */
  forgo(act: Act): Change[] {
    const gone = act.changes.filter(({ key }) => key === "b");
    const same = (a: Change) => gone.some((b) => a.key === b.key && Y.compareIDs(a.id, b.id));
    for (const { meta } of [...this.undoStack, ...this.redoStack]) meta.set(CHANGES, (meta.get(CHANGES) as Change[]).filter((change) => !same(change)));
    act.changes = act.changes.filter((change) => !same(change));
    return gone;
  }

  private remember(tr: Y.Transaction, moves: boolean): void {
    const newlines: Y.ID[] = [];
    if (!moves)
      Y.iterateDeletedStructs(tr, tr.deleteSet, (struct) => {
        if (this.isLetter(struct)) textOf(struct).split("").forEach((unit, i) => unit === "\n" && newlines.push(after(struct.id, i)));
      });
    this.acts.push({ deletions: moves ? null : tr.deleteSet, newlines, changes: [...this.noted] });
    if (this.acts.length > MOST) this.acts.shift();
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
    this.moved = null;
    this.doc.transact((tr) => {
      while (!did && (item = stack.pop())) if (!(did = this.revert(tr, item)) && !item.meta.get(EMPTY)) break;
      this.remember(tr, !!this.moved);
      changedParentTypes = tr.changedParentTypes;
    }, this);
    if (did) this.emit("stack-item-popped", [{ stackItem: item!, type, changedParentTypes: changedParentTypes!, origin: this }, this]);
    else if (item) this.onOverridden(type);
    return item ?? null;
  }

  private revert(tr: Y.Transaction, { insertions, deletions, meta }: StackItem): boolean {
    const moved: Copy[] | undefined = meta.get(MOVED);
    const known: Map<number, number> = meta.get(KNOWN);
    let did = false;
    let anew: ReadonlySet<Y.Item> = new Set();
    if (moved) {
      this.moved = moveBack(tr, this.ytext, this.copies, moved, known);
      did = !!this.moved;
    } else {
      const gone = new Set<Y.Item>();
      const back: { id: Y.ID; text: string }[] = [];
      Y.iterateDeletedStructs(tr, insertions, (struct) => {
        if (!this.isLetter(struct)) return;
        for (const { item } of [...this.copies.standing(tr, struct.id, struct.length)]) if (!item.deleted) for (const line of linesOf(tr, item)) gone.add(line);
      });
      Y.iterateDeletedStructs(tr, deletions, (struct) => {
        if (this.isLetter(struct) && !Y.isDeleted(insertions, struct.id)) back.push({ id: struct.id, text: textOf(struct) });
      });
      const away = new Map<Y.Item, string>();
      for (const { id, text } of back) for (const { item, at } of [...this.copies.standing(tr, id, text.length)]) if (item.deleted) away.set(item, text.slice(at, at + item.length));
      const since = (id: Y.ID) => id.client !== this.doc.clientID && id.clock >= (known.get(id.client) ?? 0);
      anew = writtenAnew(this.ytext, away, gone, ({ id }) => since(id));
      for (const item of anew) away.delete(item);
      this.bring(tr, away);
      const kept = leaned(this.ytext, gone, ({ id, length }) => [...this.copies.roots(id, length)].some((root) => since(root.id)));
      const going = [...gone].filter((item) => !kept.has(item) && !anew.has(item));
      for (const item of going.reverse()) item.delete(tr);
      did = going.length + away.size > 0;
    }
    return this.restore(tr, meta.get(CHANGES) ?? [], anew) || did;
  }

  /** bring writes letters again where they were last. */
  private bring(tr: Y.Transaction, away: ReadonlyMap<Y.Item, string>): void {
    const runs: Copy[] = [];
    for (const [item, text] of away) {
      const copy = put(tr, this.ytext, item.left, item, new Y.ContentString(text));
      runs.push({ copy: copy.id, source: item.id, length: item.length, back: true });
    }
    this.copies.record(runs);
  }

  private isLetter(struct: Y.Item | Y.GC): struct is Y.Item {
    return struct instanceof Y.Item && struct.countable && struct.parent === this.ytext;
  }

  /** restore gives letters the values that they had, where these are still one's
   * own, but for some. */
  private restore(tr: Y.Transaction, changes: readonly Change[], but: ReadonlySet<Y.Item>): boolean {
    const rules = new Map<Y.Item, Change[]>();
    // Cut first, then looked at: a later change may cut the same item again.
    for (const { id, length } of changes) for (const _ of this.copies.standing(tr, id, length));
    for (const change of changes)
      for (const { item } of this.copies.standing(tr, change.id, change.length)) if (!item.deleted && !but.has(item)) rules.set(item, [change, ...(rules.get(item) ?? [])]);
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
