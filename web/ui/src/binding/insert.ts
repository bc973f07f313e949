// Letters put into the shared text. Yjs' own `insert` walks on over what is deleted
// behind a place, as far as it gets, and so may stop among the letters of a block
// that is elsewhere now. Here a letter is put directly behind the letter that it
// stands behind, or at a block's head directly before the one that it stands
// before: what stands where it was typed always tells where it belongs.
//
// Whole blocks go directly behind the newline before them, on the near side of the
// sign that ends that newline's attributes; so a letter that another types at the
// next block's head at the same moment comes behind them.
import * as Y from "yjs";
import type { Run } from "./flat";
import { equalValue, type Attrs } from "./schema";
import { first, piece, put, textOf } from "./write";

/** Between two items, where the keys have these values. */
interface Place {
  left: Y.Item | null;
  right: Y.Item | null;
  now: Attrs;
}

/** insert puts runs at an index and gives their items. */
export function insert(ytext: Y.Text, index: number, runs: readonly Run[]): Y.Item[] {
  if (!runs.length) return [];
  return ytext.doc!.transact((tr) => {
    const left = leftOf(tr, ytext, index);
    const behind = behindOf(ytext, left);
    if (left && !textOf(left).endsWith("\n")) return compose(tr, ytext, fitting(behind, runs[0].attrs, 1), runs);
    if (runs[runs.length - 1].newline) return compose(tr, ytext, behind, runs);
    return compose(tr, ytext, fitting(beforeNext(behind), runs[0].attrs, -1), runs);
  });
}

/** leftOf gives the item whose last letter an index is behind. */
function leftOf(tr: Y.Transaction, ytext: Y.Text, index: number): Y.Item | null {
  let left: Y.Item | null = null;
  for (let item = first(ytext); item && index > 0; item = item.right) {
    if (item.deleted || !item.countable) continue;
    left = item.length > index ? piece(tr, item.id, index) : item;
    index -= left.length;
  }
  return left;
}

/** insertBehind puts runs directly behind an item. */
export function insertBehind(tr: Y.Transaction, ytext: Y.Text, left: Y.Item | null, runs: readonly Run[]): Y.Item[] {
  return compose(tr, ytext, behindOf(ytext, left), runs);
}

/** insertBefore puts runs directly before an item. */
export function insertBefore(tr: Y.Transaction, ytext: Y.Text, right: Y.Item, runs: readonly Run[]): Y.Item[] {
  return compose(tr, ytext, behindOf(ytext, right.left), runs);
}

/** compose writes runs, each between the signs that it needs, and leaves what
 * follows as it is. */
function compose(tr: Y.Transaction, ytext: Y.Text, { left, right, now }: Place, runs: readonly Run[]): Y.Item[] {
  const items: Y.Item[] = [];
  const is = { ...now };
  const add = (content: Y.Item["content"]) => (left = put(tr, ytext, left, right, content));
  const become = (wanted: Attrs, but: ReadonlySet<string> = new Set()) => {
    for (const key of new Set([...Object.keys(is), ...Object.keys(wanted)])) {
      const value = wanted[key] ?? null;
      if (but.has(key) || equalValue(is[key] ?? null, value)) continue;
      add(new Y.ContentFormat(key, value as object));
      set(is, key, value);
    }
  };
  for (const run of runs) {
    become(run.attrs);
    items.push(add(new Y.ContentString(run.text)));
  }
  // What the signs that follow say need not be said twice.
  const said = new Set<string>();
  for (let item = right; item && item.content instanceof Y.ContentFormat; item = item.right) if (!item.deleted) said.add(item.content.key);
  become(now, said);
  return items;
}

/** behindOf is the place behind an item, and what keys have there. */
export function behindOf(ytext: Y.Text, left: Y.Item | null): Place {
  const now: Attrs = {};
  if (left) for (let item = first(ytext); item; item = item === left ? null : item.right) meet(now, item);
  return { left, right: left ? left.right : first(ytext), now };
}

/** beforeNext goes on to the next letter that is there. */
function beforeNext({ left, right, now }: Place): Place {
  const then = { ...now };
  while (right && (right.deleted || !right.countable)) {
    meet(then, right);
    [left, right] = [right, right.right];
  }
  return { left, right, now: then };
}

/** fitting seeks, among the signs behind or before a place, the nearest where
 * letters need none of their own. It passes nothing but signs. */
function fitting(place: Place, attrs: Attrs, way: 1 | -1): Place {
  const places = way > 0 ? [place, ...onwards(place)] : [...signsBefore(place)].reverse();
  return places.find(({ now }) => [...Object.keys(now), ...Object.keys(attrs)].every((key) => equalValue(now[key] ?? null, attrs[key] ?? null))) ?? place;
}

/** onwards gives the places behind each sign that follows. */
function* onwards({ right, now }: Place): Generator<Place> {
  for (let item = right; item && item.content instanceof Y.ContentFormat; item = item.right) {
    now = { ...now };
    meet(now, item);
    yield { left: item, right: item.right, now };
  }
}

/** signsBefore gives the places before and behind each sign right before one. */
function signsBefore(place: Place): Place[] {
  let left = place.left;
  while (left && left.content instanceof Y.ContentFormat) left = left.left;
  if (left === place.left) return [place];
  const from = behindOf(place.left!.parent as Y.Text, left);
  const places = [from];
  for (const next of onwards(from)) {
    places.push(next);
    if (next.left === place.left) break;
  }
  return places;
}

function meet(now: Attrs, item: Y.Item): void {
  if (!item.deleted && item.content instanceof Y.ContentFormat) set(now, item.content.key, item.content.value);
}

function set(now: Attrs, key: string, value: unknown): void {
  if (value === null || value === undefined) delete now[key];
  else now[key] = value;
}
