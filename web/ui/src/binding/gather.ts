// Letters that somebody put into a block while another moved it. They stand where
// they were typed, among letters that are elsewhere now; here they are taken there.
//
// Whoever moves a block moves all that is there from its first letter to its newline,
// and whoever knows of it puts nothing among what is left (insert.ts). So a letter
// that stands between two that went together was typed, or came back, where a block
// had been; and so was one that was put before the first of them. Nothing else moves.
//
// Where a letter belongs its neighbours tell: the next on its left that is there, or
// is elsewhere; at a block's head the next on its right. A letter beside one that is
// there stays with it, and goes where that one goes.
import * as Y from "yjs";
import type { Copies, Copy } from "./copies";
import type { Run } from "./flat";
import { insertBefore, insertBehind } from "./insert";
import { linesOf } from "./lines";
import type { Attrs } from "./schema";
import { first, piece, textOf } from "./write";

/** Rounds until all is where it belongs: what is taken along shows where more
 * belongs. */
const ROUNDS = 8;

/** Which letters go from where a block was, by what that was moved in. */
export type Goes = (item: Y.Item, key: string) => boolean;

/** gather takes letters to where their neighbours have gone. Returns how many
 * pieces. */
export function gather(tr: Y.Transaction, ytext: Y.Text, copies: Copies, goes: Goes): number {
  const { clientID, store } = tr.doc;
  const start = Y.getState(store, clientID);
  // What is taken along is where it belongs.
  const old: Goes = (item, key) => (item.id.client !== clientID || item.id.clock < start) && goes(item, key);
  let total = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const runs = once(tr, ytext, copies, old);
    // Each by itself: what stands between two of them need not go.
    for (const run of runs) copies.record([run]);
    total += runs.length;
    if (!runs.length) break;
  }
  return total;
}

/** elsewhere gives what stands for a deleted item's letters that are there. */
export function elsewhere(tr: Y.Transaction, copies: Copies, item: Y.Item): Y.Item[] {
  return [...copies.standing(tr, item.id, item.length)].flatMap(({ item: there }) => (!there.deleted && there.parent === item.parent ? [there] : []));
}

export const isNewline = (item: Y.Item) => textOf(item) === "\n";

function once(tr: Y.Transaction, ytext: Y.Text, copies: Copies, meant: Goes): Copy[] {
  // Cut first, then looked at: newlines, and letters that were copied apart.
  for (let item = first(ytext); item; item = item.right) {
    if (!item.countable || item.length === 1) continue;
    if (!item.deleted && textOf(item).includes("\n")) item = linesOf(tr, item)[0];
    piece(tr, item.id, [...copies.stands(item.id, item.length)][0].length);
  }
  const gone = new Map<Y.Item, Y.Item[]>();
  for (let item = first(ytext); item; item = item.right) if (item.deleted) gone.set(item, elsewhere(tr, copies, item));
  const all: Y.Item[] = [];
  for (let item = first(ytext); item; item = item.right) {
    all.push(item);
    if (item.deleted && !gone.has(item)) gone.set(item, elsewhere(tr, copies, item));
  }
  const goes = leftBehind(all, copies, (item) => gone.get(item)!.length > 0, meant);

  const runs: Copy[] = [];
  const now: Attrs = {};
  const carry = (item: Y.Item, attrs: Attrs, put: (run: Run) => Y.Item): Y.Item => {
    const newline = isNewline(item);
    const { b: _, ...marks } = attrs;
    const copy = put({ text: textOf(item), newline, attrs: newline ? attrs : marks });
    runs.push({ copy: copy.id, source: item.id, length: item.length, back: false });
    item.delete(tr);
    return copy;
  };
  /** What stands for the last letter on the left, if that is elsewhere. */
  let beside: Y.Item | null = null;
  /** The letters that go since a newline, with nothing but them behind it. */
  let head: { item: Y.Item; attrs: Attrs }[] | null = [];
  for (const item of all) {
    if (item.deleted) {
      for (const there of gone.get(item)!) {
        if (goes.has(there)) continue;
        for (const { item: letters, attrs } of head ?? []) carry(letters, attrs, (run) => insertBefore(tr, ytext, there, [run])[0]);
        const newline = isNewline(there);
        head = newline ? [] : null;
        beside = newline ? null : there;
      }
    } else if (item.content instanceof Y.ContentFormat) {
      if (item.content.value === null) delete now[item.content.key];
      else now[item.content.key] = item.content.value;
    } else if (!goes.has(item)) {
      beside = null;
      head = isNewline(item) ? [] : null;
    } else if (beside) {
      const at: Y.Item = beside;
      beside = carry(item, { ...now }, (run) => insertBehind(tr, ytext, at, [run])[0]);
    } else head?.push({ item, attrs: { ...now } });
  }
  return runs;
}

/** leftBehind gives the letters meant that stand where a block was: between what
 * went at once, or right before it. */
function leftBehind(all: readonly Y.Item[], copies: Copies, away: (item: Y.Item) => boolean, meant: Goes): Set<Y.Item> {
  const ranges = new Map<string, [from: number, to: number]>();
  /** What is not all deleted since. */
  const there = new Set<string>();
  all.forEach((item, i) => {
    if (!item.deleted || !item.countable) return;
    for (const key of wentWith(copies, item)) {
      ranges.set(key, [ranges.get(key)?.[0] ?? i, i]);
      if (away(item)) there.add(key);
    }
  });
  const out = new Set<Y.Item>();
  const letter = (item: Y.Item) => !item.deleted && item.countable;
  for (const [key, [from, to]] of ranges) {
    if (!there.has(key)) continue;
    for (let i = from; i < to; i++) if (letter(all[i]) && meant(all[i], key)) out.add(all[i]);
    // What was put before the first, or before what came before that one.
    const before = new Set([all[from]]);
    for (let i = from - 1; i >= 0; i--) {
      const item = all[i];
      if (letter(item)) {
        if (isNewline(item) || !meant(item, key) || ![...before].some((next) => putBefore(item, next))) break;
        out.add(item);
      } else if (item.countable && !isWord(item)) break;
      before.add(item);
    }
  }
  return out;
}

/** wentWith gives what a letter that is gone was moved in: to where another stands
 * for it, or as a copy for which another stands. */
function wentWith(copies: Copies, { id }: Y.Item): string[] {
  const made = copies.made(id).filter(({ back }) => !back);
  if (made.length) return made.map(({ key }) => key!);
  const { run } = copies.source(id);
  const [stands] = copies.stands(id, 1);
  return run && !run.back && !Y.compareIDs(stands.id, id) && !copies.descends(stands.id, id) ? [`${run.key}'`] : [];
}

/** isWord tells whether letters that are gone are known to be no newline. */
const isWord = (item: Y.Item) => item.content instanceof Y.ContentString && !textOf(item).includes("\n");

const putBefore = (item: Y.Item, next: Y.Item) => {
  const at = item.rightOrigin;
  return !!at && at.client === next.id.client && at.clock >= next.id.clock && at.clock < next.id.clock + next.length;
};

/** lineOf gives the letters of the line that an item is in, newline included. */
export function lineOf(item: Y.Item): Y.Item[] {
  const out: Y.Item[] = [];
  const there = (i: Y.Item) => !i.deleted && i.countable;
  for (let i = item.left; i && !(there(i) && textOf(i).endsWith("\n")); i = i.left) if (there(i)) out.unshift(i);
  for (let i: Y.Item | null = item; i; i = i.right) {
    if (!there(i)) continue;
    out.push(i);
    if (textOf(i).includes("\n")) break;
  }
  return out;
}
