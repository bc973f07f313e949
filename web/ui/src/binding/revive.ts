// Letters that two people took away and both bring back. Yjs' undo writes a
// copy of what it brings back, and does not know another's: the letters would
// come back twice. A copy can be told, though: it was put right before the
// deleted letters that it copies, after they were deleted, and is the same.
//
// So before an undo what others have already brought back counts as done (Yjs'
// own `redone`). Where both undid before they heard of each other, each page
// looks at what it hears, and once more in a quiet moment: of two copies that of the
// lower client stays, and a page takes away none but its own.
import * as Y from "yjs";
import { KNOWN } from "./history";
import { REPAIR } from "./repair";
import { piece } from "./write";

/** Undone deletions that are remembered for the quiet moment. */
const MOST = 100;

/** What one took away, and what one had from each client by then. */
interface Removal {
  deletions: Y.UndoManager["undoStack"][number]["deletions"];
  known: Map<number, number>;
}

/** Letters of a deleted item that a run of another's stands for. */
interface Copied {
  original: Y.ID;
  copy: Y.ID;
  length: number;
}

export class Revival {
  /** What was removed and brought back by this page, the newest last. */
  private back: Removal[] = [];

  constructor(
    private readonly ytext: Y.Text,
    private readonly undoManager: Y.UndoManager,
  ) {
    const note = ({ stackItem }: { stackItem: Y.UndoManager["undoStack"][number] }) => stackItem.meta.set(KNOWN, Y.decodeStateVector(Y.encodeStateVector(this.doc)));
    undoManager.on("stack-item-added", note);
    undoManager.on("stack-item-updated", note);
    undoManager.on("stack-item-popped", ({ stackItem }) => {
      this.back = [...this.back, this.removal(stackItem)].slice(-MOST);
    });
  }

  /** adopt counts what others have brought back as done. */
  adopt(): void {
    const { undoStack, redoStack } = this.undoManager;
    const removals = [...undoStack, ...redoStack].map((item) => this.removal(item));
    this.doc.transact((tr) => {
      for (const { original, copy, length } of this.copies(removals)) {
        const item = piece(tr, original, length);
        if (item.redone === null) item.redone = copy;
      }
    }, REPAIR);
  }

  /** settle takes away what this page brought back and another too: among what came
   * since the clocks given, or ever. Returns how many letters. */
  settle(since?: ReadonlyMap<number, number>): number {
    let count = 0;
    const found = this.copies(this.back, since);
    if (!found.length) return 0;
    this.doc.transact((tr) => {
      for (const { original, copy, length } of found) {
        const item = piece(tr, original, length);
        if (item.redone?.client !== this.doc.clientID || copy.client > this.doc.clientID) continue;
        const own = piece(tr, item.redone, length);
        if (own.deleted || own.length !== length) continue;
        own.delete(tr);
        // Whoever does the deletion again means the copy that stays.
        item.redone = own.redone = copy;
        count += length;
      }
    }, REPAIR);
    return count;
  }

  private get doc(): Y.Doc {
    return this.ytext.doc!;
  }

  private removal(item: Y.UndoManager["undoStack"][number]): Removal {
    return { deletions: item.deletions, known: item.meta.get(KNOWN) };
  }

  /** copies finds what others wrote right before letters of some removals, since
   * and alike. */
  private copies(removals: readonly Removal[], since?: ReadonlyMap<number, number>): Copied[] {
    const found: Copied[] = [];
    if (!removals.length) return found;
    this.doc.store.clients.forEach((structs, client) => {
      if (client === this.doc.clientID) return;
      // A run that was cut since has lost count of where it began.
      let offset = 0;
      let last: Y.Item | null = null;
      for (let i = since ? startOf(structs, since.get(client) ?? 0) : 0; i < structs.length; i++) {
        const struct = structs[i];
        const item = struct instanceof Y.Item && struct.rightOrigin && struct.parent === this.ytext ? struct : null;
        offset = item && last && Y.compareIDs(item.rightOrigin, last.rightOrigin) && Y.compareIDs(item.origin, last.lastId) ? offset + last.length : 0;
        last = item;
        if (item && !item.deleted && item.content instanceof Y.ContentString) found.push(...this.copied(item, offset, item.content.str, removals));
      }
    });
    return found;
  }

  private copied(item: Y.Item, offset: number, text: string, removals: readonly Removal[]): Copied[] {
    const found: Copied[] = [];
    const { store } = this.doc;
    const { client, clock } = item.rightOrigin!;
    for (let at = 0, length: number; at < text.length; at += length) {
      const original = Y.createID(client, clock + offset + at);
      if (original.clock >= Y.getState(store, client)) return [];
      const was: Y.Item | Y.GC = Y.getItem(store, original);
      if (!(was instanceof Y.Item) || !was.deleted) return [];
      const from = original.clock - was.id.clock;
      length = Math.min(was.length - from, text.length - at);
      // What nobody here took away has no letters any more.
      if (!(was.content instanceof Y.ContentString)) continue;
      if (was.content.str.slice(from, from + length) !== text.slice(at, at + length)) return [];
      const removal = removals.find((r) => Y.isDeleted(r.deletions, original));
      if (removal && item.id.clock >= (removal.known.get(item.id.client) ?? 0)) found.push({ original, copy: Y.createID(item.id.client, item.id.clock + at), length });
    }
    return found;
  }
}

/** startOf is where the run begins that a clock is in, or where all ends. */
function startOf(structs: readonly (Y.Item | Y.GC | Y.Skip)[], clock: number): number {
  const end = structs[structs.length - 1];
  if (clock >= end.id.clock + end.length) return structs.length;
  let i = Y.findIndexSS(structs as (Y.Item | Y.GC)[], clock);
  for (let item = structs[i]; i > 0 && item instanceof Y.Item; item = structs[--i]) {
    const left = structs[i - 1];
    if (!(left instanceof Y.Item) || !Y.compareIDs(item.origin, left.lastId) || !Y.compareIDs(item.rightOrigin, left.rightOrigin)) break;
  }
  return i;
}
