// A block that is moved is written again elsewhere, letter by letter: the text
// knows no other way. Undoing that is moving back what is there now. So the pairs
// of letters, from where to where, are remembered, and each goes the way back with
// what it bears; what others put between them goes along; what they took away
// stays away.
import * as Y from "yjs";
import type { Pair } from "./copies";
import type { Attrs } from "./schema";
import { after, bring, dress, first, piece, put, standing, textOf } from "./write";

/** pairsOf finds what a transaction has moved so far, if it did nothing else to
 * letters. */
export function pairsOf(tr: Y.Transaction, ytext: Y.Text): Pair[] | null {
  const { clientID } = tr.doc;
  const since = tr.beforeState.get(clientID) ?? 0;
  const gone = Y.mergeDeleteSets([tr.deleteSet]);
  const from: Y.Item[] = [];
  const to: Y.Item[] = [];
  for (let item = first(ytext); item; item = item.right) {
    if (!item.countable) continue;
    if (item.id.client === clientID && item.id.clock >= since) to.push(item);
    else if (Y.isDeleted(gone, item.id)) from.push(item);
  }
  const text = from.map(textOf).join("");
  if (!text.endsWith("\n") || text !== to.map(textOf).join("")) return null;
  const pairs: Pair[] = [];
  for (let i = 0, j = 0, a = 0, b = 0; i < from.length; ) {
    const length = Math.min(from[i].length - a, to[j].length - b);
    pairs.push({ from: after(from[i].id, a), to: after(to[j].id, b), length });
    if ((a += length) === from[i].length) (i++, (a = 0));
    if ((b += length) === to[j].length) (j++, (b = 0));
  }
  return pairs;
}

/** moveBack takes a moved block back to where it came from. It does nothing where
 * others have made one block of it and a neighbour: what they joined stays; nor where
 * another has moved it since, or at the same time, and that holds. What it gives is
 * the way there again. */
export function moveBack(tr: Y.Transaction, ytext: Y.Text, pairs: readonly Pair[], known: Map<number, number>): Pair[] | null {
  // What stands there now, and the letter that each was written for.
  const origins = new Map<Y.Item, Y.ID>();
  for (const { from, to, length } of pairs)
    for (let done = 0; done < length; ) {
      const was = piece(tr, after(from, done), length - done);
      for (const { item, at } of standing(tr, after(to, done), was.length)) if (!item.deleted && item.id.client === tr.doc.clientID) origins.set(item, after(was.id, at));
      done += was.length;
    }
  const items = block(tr, ytext, origins, known);
  if (!items) return null;

  const placed = new Map<Y.Item, Y.Item>();
  for (const { item } of items) {
    const origin = origins.get(item);
    if (!origin) continue;
    const was = piece(tr, origin, item.length);
    // Another may have brought it back there.
    const there = [...standing(tr, origin, item.length)];
    const stands = there.length === 1 && !there[0].item.deleted && !origins.has(there[0].item) ? there[0].item : null;
    placed.set(item, stands ?? bring(tr, ytext, was));
  }
  // What others wrote stands behind the letter that it stands behind.
  let left: Y.Item | null = null;
  const head = placed.get(items.find(({ item }) => placed.has(item))!.item)!;
  for (const { item } of items) {
    const there = placed.get(item);
    if (there) left = there;
    else {
      const right: Y.Item | null = left ? left.right : head;
      left = put(tr, ytext, left ?? head.left, right, item.content.copy());
      left.keep = true;
      placed.set(item, left);
    }
  }
  const rules = new Map<Y.Item, (now: Attrs) => Attrs>();
  for (const { item, attrs } of items) rules.set(placed.get(item)!, (now) => ({ ...Object.fromEntries(Object.keys(now).map((key) => [key, null])), ...attrs }));
  for (const { item } of items) {
    item.redone = placed.get(item)!.id;
    item.delete(tr);
  }
  dress(ytext, rules);
  return items.map(({ item }) => ({ from: item.id, to: placed.get(item)!.id, length: item.length }));
}

interface Worn {
  item: Y.Item;
  attrs: Attrs;
}

/** block gives the items of the block, or blocks, that a moved one is now: from
 * its first letter to its newline, and what was written before that since. */
function block(tr: Y.Transaction, ytext: Y.Text, origins: ReadonlyMap<Y.Item, Y.ID>, known: Map<number, number>): Worn[] | null {
  const attrs: Attrs = {};
  /** The letters since the last newline. */
  let line: Worn[] = [];
  const out: Worn[] = [];
  for (let item = first(ytext); item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content;
      if (value === null) delete attrs[key];
      else attrs[key] = value;
      continue;
    }
    const text = textOf(item);
    const end = text.indexOf("\n") + 1;
    if (end && end < text.length) piece(tr, item.id, end);
    line.push({ item, attrs: { ...attrs } });
    if (origins.has(item) || out.length) out.push(...line.splice(0));
    if (!end) continue;
    line = [];
    // Its own newline is the last of its letters.
    if (out.length && origins.has(item) && lastOf(origins) === item) break;
  }
  const newline = lastOf(origins);
  if (!newline || !out.length || out[out.length - 1].item !== newline || !textOf(newline).endsWith("\n")) return null;
  const start = out.findIndex(({ item }) => origins.has(item));
  if (out.slice(0, start).some(({ item }) => item.id.clock < (known.get(item.id.client) ?? 0))) return null;
  return out;
}

function lastOf(origins: ReadonlyMap<Y.Item, Y.ID>): Y.Item | undefined {
  return [...origins.keys()].pop();
}
