// What one did in a block while another moved it, and blocks that two people move at
// once. A page looks here as soon as it hears of a move:
//
//   both moved the block       one copy stands (copies.ts), each page takes the others
//                              away
//   one wrote or broke in it   one's letters and breaks go where the letters beside
//                              them have gone
//   one deleted letters of it  they are deleted there too
//   one cited, or chose a kind given there too, where nobody gave anything else
//
// All but the first concerns one's own acts alone, and only those that whoever moved
// the block had not heard of: what another did, his page looks after. So a person who
// is alone never meets any of this.
import * as Y from "yjs";
import { merged, same, type Copies, type Move, type Pair } from "./copies";
import type { Run } from "./flat";
import { blockBefore, type History } from "./history";
import { behindOf, insertBefore, insertBehind } from "./insert";
import { linesOf } from "./lines";
import { REPAIR } from "./repair";
import { equalValue, type Attrs } from "./schema";
import { after, dress, first, piece, textOf, type Change } from "./write";

/** A letter, and one of its copies that stands for it now, or did so before. */
interface Turn {
  from: Y.ID;
  to: Y.ID;
}

export class Settling {
  /** One's own clock before one looked: what was written since is where it belongs. */
  private began = 0;

  constructor(
    private readonly ytext: Y.Text,
    private readonly copies: Copies,
    private readonly history: History,
  ) {}

  /** settle looks at what others have moved. */
  settle(): void {
    const moves = this.copies.fresh.splice(0);
    this.began = Y.getState(this.doc.store, this.doc.clientID);
    if (moves.length) this.doc.transact((tr) => moves.forEach((move) => this.follow(tr, move)), REPAIR);
  }

  /** gather takes along what one's undo has brought back, letters from a clock on,
   * where a block was that another has moved since one took them away. */
  gather(since: number, known: ReadonlyMap<number, number>): void {
    this.began = Y.getState(this.doc.store, this.doc.clientID);
    const mine = ({ id }: Y.Item) => id.client === this.doc.clientID && id.clock >= since;
    const isSince = ([{ to }]: Move) => to.client !== this.doc.clientID && to.clock >= (known.get(to.client) ?? 0);
    const moves = new Set<Move>();
    for (let item = first(this.ytext); item; item = item.right) if (isThere(item) && mine(item)) for (const move of this.around(item, mine)) if (isSince(move)) moves.add(move);
    if (moves.size) this.doc.transact((tr) => moves.forEach((move) => this.carry(tr, lettersOf(move), (item) => (mine(item) ? [item] : []))), REPAIR);
  }

  private get doc(): Y.Doc {
    return this.ytext.doc!;
  }

  private follow(tr: Y.Transaction, move: Move): void {
    const turned: Turn[] = [];
    /** Letters for which others stand, by the copies that they were written with. */
    const lost = new Map<Move, Y.ID[]>();
    const gone: Y.ID[] = [];
    for (const { from, to, length } of move)
      for (let at = 0; at < length; at++) {
        const copy = after(to, at);
        const mine = this.copies.below(copy);
        const stand = this.copies.stand(copy);
        const holds = mine.some((id) => same(id, stand));
        for (const id of this.copies.below(this.copies.root(after(from, at)))) {
          if (same(id, stand)) continue;
          gone.push(id);
          if (!holds || mine.some((other) => same(other, id))) continue;
          turned.push({ from: id, to: copy });
          const other = this.copies.movedIn(id);
          if (other) lost.set(other, [...(lost.get(other) ?? []), id]);
        }
      }
    this.turn(tr, turned);
    const places = [lettersOf(move), ...lost.values()];
    // What only follows a block has no followers: they follow the block.
    if (!this.copies.isAlong(move)) for (const letters of places) this.carry(tr, letters, (item) => this.leftBehind(tr, item, lost));
    this.remove(tr, gone);
    for (const letters of places) this.sweep(tr, letters[letters.length - 1]);
    this.deleteAgain(tr, turned);
    this.giveAgain(tr, turned);
  }

  /** turn has what one's own steps know of letters mean their copies. */
  private turn(tr: Y.Transaction, turned: readonly Turn[]): void {
    for (const { from, to, length } of pairsOf(turned))
      for (const item of itemsAt(tr, from, length)) item.redone ??= after(to, item.id.clock - from.clock);
  }

  /** leftBehind gives what is there now of one's own letters that are where a block
   * was: themselves, or copies that one wrote in a move that has not held. */
  private leftBehind(tr: Y.Transaction, item: Y.Item, lost: ReadonlyMap<Move, unknown>): Y.Item[] {
    const { clientID } = this.doc;
    if (item.id.client !== clientID) return [];
    const stands = idsOf(item).flatMap((id) => {
      const stand = this.copies.stand(id);
      if (stand.client !== clientID || stand.clock >= this.began) return [];
      return same(stand, id) || lost.has(this.copies.movedIn(stand)!) ? stand : [];
    });
    return runsOf(stands).flatMap(({ id, length }) => [...itemsAt(tr, id, length)].filter(isThere));
  }

  /** carry takes letters that are left between some that went, or before the first of
   * them, to where these are: behind the one on their left, or at the head before the
   * first. */
  private carry(tr: Y.Transaction, letters: readonly Y.ID[], meant: (item: Y.Item) => Y.Item[]): void {
    const went = new Set(runsOf(letters).flatMap(({ id, length }) => [...itemsAt(tr, id, length)]));
    const [head, tail] = [[...went][0], [...went].pop()];
    if (!head || ![...went].some((item) => this.elsewhere(item.id))) return;
    const before = this.putBefore(head).flatMap(meant);
    const behind: { beside: Y.ID; letters: Y.Item[] }[] = [];
    for (let item: Y.Item | null = head; item && item !== tail; item = item.right) {
      if (went.has(item)) behind.push({ beside: item.lastId, letters: [] });
      else if (item.countable) {
        const group = behind[behind.length - 1];
        const letters = meant(item);
        // Behind the letter that they were typed behind, if that went: another may have
        // written there too.
        if (letters.length && !group.letters.length && item.origin && holds(went, item.origin)) group.beside = item.origin;
        group.letters.push(...letters);
        // What stood behind letters that were taken along stays behind them.
        const { client, clock } = this.copies.stand(item.lastId);
        if (item.deleted && client === this.doc.clientID && clock >= this.began) behind.push({ beside: item.lastId, letters: [] });
      }
    }
    for (const item of before) {
      const next = this.standing(head.id);
      if (next && neighbour(item, "right") !== next) this.take(tr, item, (runs) => insertBefore(tr, this.ytext, Y.getItemCleanStart(tr, this.copies.stand(head.id)), runs));
    }
    for (const { beside, letters } of behind) {
      if (!letters.length) continue;
      let left = this.standing(beside) && Y.getItemCleanEnd(tr, this.doc.store, this.copies.stand(beside));
      for (const item of letters) {
        if (!left) break;
        const last: Y.Item = left;
        left = neighbour(item, "left") === last ? item : this.take(tr, item, (runs) => insertBehind(tr, this.ytext, last, runs));
      }
    }
  }

  /** take writes letters elsewhere, each line a run, and gives the last. */
  private take(tr: Y.Transaction, letters: Y.Item, put: (runs: Run[]) => Y.Item[]): Y.Item {
    const attrs = behindOf(this.ytext, letters).now;
    const { b: _, ...marks } = attrs;
    const lines = linesOf(tr, letters);
    const written = put(lines.map((line) => ({ text: textOf(line), newline: isNewline(line), attrs: isNewline(line) ? attrs : marks })));
    this.copies.record(lines.map((line, i) => ({ from: line.id, to: written[i].id, length: line.length })), true);
    lines.forEach((line, i) => {
      line.redone = written[i].id;
      line.delete(tr);
    });
    return written[written.length - 1];
  }

  /** standing gives the item of the letter that stands for one, there or not. */
  private standing(id: Y.ID): Y.Item | null {
    return itemOf(this.doc, this.copies.stand(id));
  }

  private elsewhere(id: Y.ID): boolean {
    const stand = this.copies.stand(id);
    const item = itemOf(this.doc, stand);
    return !!item && !item.deleted && !same(stand, id);
  }

  /** around gives the moves in which the nearest letters went that have gone on the
   * right of some that came back: those on their left too, or they are at the head. */
  private around(item: Y.Item, mine: (item: Y.Item) => boolean): Move[] {
    const gone = (way: "left" | "right"): { id: Y.ID; moves: Move[] } | null => {
      for (let next = item[way]; next && (!isThere(next) || mine(next)); next = next[way]) {
        const id = way === "left" ? next.lastId : next.id;
        const moves = next.deleted && next.countable ? this.copies.movesOf(id) : [];
        if (moves.length) return { id, moves };
      }
      return null;
    };
    const [left, right] = [gone("left"), gone("right")];
    return right ? right.moves.filter((move) => left?.moves.includes(move) || same(move[0].from, right.id)) : [];
  }

  /** putBefore gives letters that were put right before an item, in their order, those
   * among them that one brought back. */
  private putBefore(item: Y.Item): Y.Item[] {
    const out: Y.Item[] = [];
    const next = [item];
    for (let left = item.left; left; left = left.left) {
      if (left.countable) {
        if (textOf(left).includes("\n")) break;
        if (left.rightOrigin && holds(next, left.rightOrigin)) out.unshift(left);
        else if (!left.deleted || !left.redone || this.copies.movesOf(left.lastId).length) break;
      }
      next.push(left);
    }
    return out;
  }

  /** remove takes away copies that do not stand; a newline with the last of its
   * letters, or two blocks would be one. */
  private remove(tr: Y.Transaction, letters: readonly Y.ID[]): void {
    const items = runsOf([...letters].sort(order)).flatMap(({ id, length }) => [...itemsAt(tr, id, length)]).flatMap((item) => (item.deleted ? [] : linesOf(tr, item)));
    for (const item of items) if (!isNewline(item)) item.delete(tr);
    for (const item of items) if (isNewline(item) && isAlone(item)) item.delete(tr);
  }

  /** sweep takes away the newline of a block that has gone, once all has gone that was
   * in it. */
  private sweep(tr: Y.Transaction, id: Y.ID): void {
    let item = itemOf(this.doc, id);
    while (item && !isThere(item)) item = item.right;
    const newline = item && textOf(item).startsWith("\n") ? item.id : null;
    if (newline && !same(this.copies.stand(newline), newline)) this.remove(tr, [newline]);
  }

  /** deleteAgain deletes what one had deleted. */
  private deleteAgain(tr: Y.Transaction, turned: readonly Turn[]): void {
    const took = this.history.took();
    this.remove(tr, turned.filter(({ from }) => Y.isDeleted(took, from)).map(({ to }) => this.copies.stand(to)));
  }

  /** giveAgain gives letters the marks that one gave to them, and blocks their kind. */
  private giveAgain(tr: Y.Transaction, turned: readonly Turn[]): void {
    const rules = new Map<Y.Item, Change[]>();
    const pairs = pairsOf(turned.map(({ from, to }) => ({ from, to: this.copies.stand(to) })));
    const parts = this.history.changes().flatMap((change) =>
      pairs.flatMap(({ from, to, length }) => {
        const start = Math.max(from.clock, change.id.clock);
        const end = Math.min(from.clock + length, change.id.clock + change.length);
        return from.client !== change.id.client || start >= end ? [] : { change, id: after(to, start - from.clock), length: end - start };
      }),
    );
    // Cut first, then looked at.
    for (const { id, length } of parts) for (const _ of itemsAt(tr, id, length));
    for (const { change, id, length } of parts) for (const item of itemsAt(tr, id, length)) if (isThere(item)) rules.set(item, [...(rules.get(item) ?? []), change]);
    dress(this.ytext, new Map([...rules].map(([item, changes]) => [item, (now) => given(now, changes)])));
  }
}

/** given gives the values after some changes, each where the one of before is. Whose
 * identifier a block has is no choice. */
function given(now: Attrs, changes: readonly Change[]): Attrs {
  const out: Attrs = {};
  for (const { key, was, is } of changes) {
    const value = (key in out ? out[key] : now[key]) ?? null;
    if (key === "b") out.b = kindGiven(value, was, is);
    else if (equalValue(value, was)) out[key] = is;
  }
  for (const key of Object.keys(out)) if (equalValue(out[key], now[key] ?? null)) delete out[key];
  return out;
}

function kindGiven(now: unknown, was: unknown, is: unknown): unknown {
  const idOf = (b: unknown) => String(b).replace(/^[^|]*/, "");
  return idOf(was) === idOf(is) ? blockBefore(now, is, was) : now;
}

const isThere = (item: Y.Item) => !item.deleted && item.countable;
const isNewline = (item: Y.Item) => textOf(item) === "\n";

/** isAlone tells whether a newline is all that there is of its line. */
function isAlone(newline: Y.Item): boolean {
  const left = neighbour(newline, "left");
  return !left || textOf(left).endsWith("\n");
}

/** neighbour gives the nearest letter that is there. */
function neighbour(item: Y.Item, way: "left" | "right"): Y.Item | null {
  let next = item[way];
  while (next && !isThere(next)) next = next[way];
  return next;
}

const holds = (items: Iterable<Y.Item>, { client, clock }: Y.ID) => [...items].some(({ id, length }) => id.client === client && id.clock <= clock && clock < id.clock + length);

const idsOf = ({ id, length }: { id: Y.ID; length: number }) => Array.from({ length }, (_, at) => after(id, at));

const lettersOf = (move: Move) => move.flatMap(({ from, length }) => idsOf({ id: from, length }));

/** runsOf joins letters that follow each other. */
function runsOf(letters: readonly Y.ID[]): { id: Y.ID; length: number }[] {
  return merged(letters.map((id) => ({ from: id, to: id, length: 1 }))).map(({ from, length }) => ({ id: from, length }));
}

/** pairsOf joins turns whose letters follow each other, in whatever order they come. */
function pairsOf(turned: readonly Turn[]): Pair[] {
  return merged(turned.map((turn) => ({ ...turn, length: 1 })).sort((a, b) => order(a.from, b.from)));
}

const order = (a: Y.ID, b: Y.ID) => a.client - b.client || a.clock - b.clock;

/** itemOf gives the item that a letter is in, if that was heard of so far. */
function itemOf({ store }: Y.Doc, id: Y.ID): Y.Item | null {
  const item = id.clock < Y.getState(store, id.client) ? Y.getItem(store, id) : null;
  return item instanceof Y.Item ? item : null;
}

/** itemsAt gives the items of letters, cut to them; never within a letter of two
 * units, which Yjs would destroy. */
function* itemsAt(tr: Y.Transaction, id: Y.ID, length: number): Generator<Y.Item> {
  for (let at = 0; at < length; ) {
    const here = after(id, at);
    if (!itemOf(tr.doc, here)) return;
    const cut = piece(tr, here, length - at);
    yield cut;
    at += cut.length;
  }
}
