// Newlines that one put in and would take away again. Where others have written
// on both sides since, they wrote two blocks: without the newline their words
// would run into each other.
import * as Y from "yjs";
import { after, first, piece, textOf } from "./write";

/** linesOf cuts an item so that each of its newlines is one of its own. */
export function linesOf(tr: Y.Transaction, item: Y.Item): Y.Item[] {
  const { id } = item;
  let at = 0;
  return textOf(item).split(/(\n)/).filter(Boolean).map((part) => {
    const cut = piece(tr, after(id, at), part.length);
    at += part.length;
    return cut;
  });
}

/** leaned gives the newlines, among letters about to go, that part letters which
 * others have written since: one in the block that it ends, one in the block that
 * follows. */
export function leaned(ytext: Y.Text, going: ReadonlySet<Y.Item>, foreign: (id: Y.ID) => boolean): Set<Y.Item> {
  const kept = new Set<Y.Item>();
  /** The newline before these letters, if it is about to go. */
  let newline: Y.Item | null = null;
  let left = false;
  let here = false;
  const end = (next: Y.Item | null) => {
    if (newline && left && here) kept.add(newline);
    // Blocks that become one have what both had.
    left = here || (left && !!newline && !kept.has(newline));
    here = false;
    newline = next;
  };
  for (let item = first(ytext); item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const goes = going.has(item);
    textOf(item).split("\n").forEach((part, i) => {
      if (i) end(goes ? item : null);
      if (part && !goes && foreign(item!.id)) here = true;
    });
  }
  end(null);
  return kept;
}
