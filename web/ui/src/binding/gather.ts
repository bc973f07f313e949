// Letters that somebody put into a block while another moved it. They stand where
// they were typed, among letters that are elsewhere now; here they are taken there.
//
// Where a letter belongs its neighbours tell: the next on its left that is there, or
// is elsewhere; at a block's head the next on its right. Whoever knows that a block
// has moved puts nothing among what is left of it (insert.ts), so a letter among
// such ones was typed by somebody who did not know. A letter beside one that is
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

/** gather takes letters of some authors to where their neighbours have gone. Returns
 * how many pieces. */
export function gather(tr: Y.Transaction, ytext: Y.Text, copies: Copies, theirs: (client: number) => boolean): number {
  let total = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const runs = once(tr, ytext, copies, theirs);
    copies.record(runs);
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

function once(tr: Y.Transaction, ytext: Y.Text, copies: Copies, theirs: (client: number) => boolean): Copy[] {
  // Cut first, then looked at: newlines, and copies from what was typed.
  for (let item = first(ytext); item; item = item.right) {
    if (item.deleted || !item.countable || item.length === 1) continue;
    if (textOf(item).includes("\n")) item = linesOf(tr, item)[0];
    piece(tr, item.id, copies.source(item.id, item.length).part.length);
  }
  const gone = new Map<Y.Item, Y.Item[]>();
  for (let item = first(ytext); item; item = item.right) if (item.deleted) gone.set(item, elsewhere(tr, copies, item));
  const all: Y.Item[] = [];
  const lines = new Map<Y.Item, number>();
  let line = 0;
  for (let item = first(ytext); item; item = item.right) {
    all.push(item);
    if (item.deleted && !gone.has(item)) gone.set(item, elsewhere(tr, copies, item));
    if (item.deleted || !item.countable) continue;
    lines.set(item, line);
    if (isNewline(item)) line++;
  }
  // Letters whose newline is there are at home. What was taken along once stays so:
  // else two halves of a block could change places for ever.
  const lost = new Set<Y.Item>();
  let ended = true;
  for (const item of [...all].reverse()) {
    if (lines.has(item) && !ended) lost.add(item);
    if (lines.has(item) ? isNewline(item) : gone.get(item)?.some(isNewline)) ended = lines.has(item);
  }
  const goes = (item: Y.Item) => theirs(item.id.client) && (lost.has(item) || !copies.source(item.id).run);

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
  line = 0;
  /** What the last letter on the left stands for that is elsewhere, if it is. */
  let left: Y.Item | null = null;
  /** The letters since a newline, with nothing but them behind it. */
  let head: { item: Y.Item; attrs: Attrs }[] | null = [];
  for (const item of all) {
    if (item.deleted) {
      for (const there of gone.get(item)!) {
        const newline = isNewline(there);
        if (!newline && lost.has(there)) continue;
        const away = lines.get(there) !== line;
        for (const { item: letters, attrs } of (away && head) || []) {
          if (!goes(letters)) break;
          carry(letters, attrs, (run) => insertBefore(tr, ytext, there, [run])[0]);
        }
        head = newline ? [] : null;
        left = newline || !away ? null : there;
      }
    } else if (item.content instanceof Y.ContentFormat) {
      if (item.content.value === null) delete now[item.content.key];
      else now[item.content.key] = item.content.value;
    } else {
      const newline = isNewline(item);
      if (left && goes(item)) {
        const at: Y.Item = left;
        left = carry(item, { ...now }, (run) => insertBehind(tr, ytext, at, [run])[0]);
      } else {
        left = null;
        if (newline) head = [];
        else head?.push({ item, attrs: { ...now } });
      }
      if (newline) line++;
    }
  }
  return runs;
}

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
