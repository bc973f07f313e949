// Undoing a move is moving back what is there now. A block is written again where it
// came from, as it has become: what others put into it goes along, what they took
// away stays away, and what another has moved elsewhere since is moved from there.
import * as Y from "yjs";
import type { Copies, Copy } from "./copies";
import { insertBehind } from "./insert";
import type { Attrs } from "./schema";
import { after, first, piece, textOf } from "./write";

/** moveBack takes a moved block back to where it came from. It does nothing where
 * others have made one block of it and a neighbour: what they joined stays; nor
 * where another moved it at the same time, and that is what holds. What it gives is
 * the way there again. */
export function moveBack(tr: Y.Transaction, ytext: Y.Text, copies: Copies, moved: readonly Copy[], known: Map<number, number>): Copy[] | null {
  const standing = new Set<Y.Item>();
  for (const { copy, length } of moved) for (const _ of copies.standing(tr, copy, length));
  for (const { copy, length } of moved)
    for (const { item, at } of copies.standing(tr, copy, length)) if (!item.deleted && copies.descends(item.id, after(copy, at))) standing.add(item);
  const worn = block(tr, ytext, copies, standing, known);
  if (!worn) return null;
  const last = moved[moved.length - 1];
  const put = insertBehind(
    tr,
    ytext,
    boundary(piece(tr, after(last.source, last.length - 1), 1)),
    worn.map(({ item, attrs }) => ({ text: textOf(item), newline: false, attrs })),
  );
  const back = worn.map(({ item }, i) => ({ source: item.id, copy: put[i].id, length: item.length, back: false }));
  for (const { item } of worn) item.delete(tr);
  copies.record(back);
  return back;
}

/** boundary is an item behind which a block begins: a newline that is no more, or
 * the one before its line, where others have made one block around its place. */
function boundary(newline: Y.Item): Y.Item | null {
  let letters = false;
  for (let item: Y.Item | null = newline; item; item = item.left) {
    if (item.deleted || !item.countable) continue;
    if (textOf(item).endsWith("\n")) return letters ? item : newline;
    letters = true;
  }
  return letters ? null : newline;
}

interface Worn {
  item: Y.Item;
  attrs: Attrs;
}

/** block gives the items of the block, or blocks, that a moved one is now: from
 * its first letter to its newline, and what was written before that since. */
function block(tr: Y.Transaction, ytext: Y.Text, copies: Copies, standing: ReadonlySet<Y.Item>, known: Map<number, number>): Worn[] | null {
  const newline = [...standing].pop();
  if (!newline || !textOf(newline).endsWith("\n")) return null;
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
    if (standing.has(item) || out.length) out.push(...line.splice(0));
    if (item === newline) break;
    if (end) line = [];
  }
  if (!out.length || out[out.length - 1].item !== newline) return null;
  const start = out.findIndex(({ item }) => standing.has(item));
  const old = ({ item }: Worn) => [...copies.roots(item.id, item.length)].some(({ id }) => id.clock < (known.get(id.client) ?? 0));
  return out.slice(0, start).some(old) ? null : out;
}
