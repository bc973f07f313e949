// Blocks that one joined while another parted them. A join takes away the newline
// between two blocks, and whoever has not heard of it may move one of them away, or put
// a block between: then what remains beside each other would run together, and nobody
// wrote it so. There the newline comes back, and each block has its kind and identifier
// again; who joined them may join them once more.
import * as Y from "yjs";
import { same, type Copies } from "./copies";
import { blockBefore, type History } from "./history";
import { REPAIR } from "./repair";
import type { Attrs } from "./schema";
import { holds, isThere, neighbour } from "./settle";
import { after, bring, dress, first, piece, standing, textOf } from "./write";

/** Joins that are remembered: others hear of them before long. */
const MOST = 100;

interface Join {
  /** The last letter of the one, the newline that went, with its kind and identifier,
   * and what stood behind it: from a letter to the next newline. */
  last: Y.ID;
  newline: Y.ID;
  b: unknown;
  next: Y.ID;
  end: Y.ID;
}

export class Joins {
  /** The newest last. */
  private made: Join[] = [];

  constructor(
    private readonly ytext: Y.Text,
    private readonly copies: Copies,
    private readonly history: History,
  ) {}

  /** note remembers what one has just joined. */
  note(tr: Y.Transaction): void {
    let broken = false;
    Y.iterateDeletedStructs(tr, tr.deleteSet, (struct) => (broken ||= struct instanceof Y.Item && struct.parent === this.ytext && textOf(struct).includes("\n")));
    if (!broken) return;
    let b: unknown = null;
    let last: Y.ID | null = null;
    let join: Partial<Join> = {};
    for (let item = first(this.ytext); item; item = item.right) {
      if (item.content instanceof Y.ContentFormat && item.content.key === "b" && !item.deleted) b = item.content.value;
      if (!item.countable) continue;
      const text = textOf(item);
      const newline = after(item.id, text.indexOf("\n"));
      if (item.deleted) {
        if (last && !join.newline && text.includes("\n") && Y.isDeleted(tr.deleteSet, item.id) && !this.copies.movesOf(newline).length) join = { last, newline, b };
        continue;
      }
      if (join.newline) join.next ??= item.id;
      if (text.includes("\n")) {
        if (join.newline) this.made.push({ ...join, end: newline } as Join);
        join = {};
      }
      last = text.endsWith("\n") ? null : item.lastId;
    }
    this.made = this.made.slice(-MOST);
  }

  /** mend looks whether what one joined is still beside each other. */
  mend(): void {
    if (!this.made.length) return;
    this.ytext.doc!.transact((tr) => (this.made = this.made.reverse().filter((join) => !this.isOver(tr, join)).reverse()), REPAIR);
  }

  /** isOver tells whether a join does not hold any more, and has parted then what it
   * was made of. */
  private isOver(tr: Y.Transaction, { last, newline, b, next, end }: Join): boolean {
    const was = piece(tr, newline, 1);
    // It may be elsewhere with its block, or one has brought it back.
    const gone = ![...standing(tr, newline, 1)].some(({ item }) => isThere(item));
    // Who moved them as one had heard.
    if (this.copies.movesOf(end).some((move) => this.copies.movesOf(last).includes(move))) return true;
    if (gone && !(this.runsOn(was) && this.isParted(was, next, end))) return false;
    const rules = new Map<Y.Item, (now: Attrs) => Attrs>();
    if (gone) rules.set(bring(tr, this.ytext, was), () => ({ b }));
    const change = this.history.changes().find(({ id, key, was, is }) => key === "b" && same(id, end) && idOf(is) === idOf(b) && idOf(was) !== idOf(b));
    if (change) for (const { item } of standing(tr, this.copies.stand(end), 1)) if (!item.deleted) rules.set(item, (now) => ({ b: blockBefore(now.b, change.was, change.is) }));
    dress(this.ytext, rules);
    return true;
  }

  /** runsOn tells whether there are letters on the line that a newline ended. */
  private runsOn(newline: Y.Item): boolean {
    const left = neighbour(newline, "left");
    return !!left && !textOf(left).endsWith("\n");
  }

  /** isParted tells whether what stood behind a newline does not any more: it has gone,
   * or another newline has come in between. */
  private isParted(newline: Y.Item, next: Y.ID, end: Y.ID): boolean {
    let behind = false;
    for (let item = newline.right; item; item = item.right) {
      behind ||= holds([item], next);
      if (isThere(item) && (behind || textOf(item).includes("\n"))) return !behind;
      if (holds([item], end)) break;
    }
    return !Y.isDeleted(this.history.took(), end);
  }
}

/** idOf is the identifier in a newline's value. */
const idOf = (b: unknown) => String(b).replace(/^[^|]*/, "");
