// Identifiers of blocks that are made here: what is pasted or dropped anew
// gets a fresh one, what was only moved keeps its own.
import { Plugin } from "prosemirror-state";
import { freshId, idOf, kindOf } from "./schema";
import { REMOTE } from "./remote";

export function newIds(): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, after) {
      if (!transactions.some((tr) => tr.docChanged) || transactions.some((tr) => tr.getMeta(REMOTE))) return null;
      if (before.doc.childCount === after.doc.childCount && transactions.every((tr) => !tr.getMeta("uiEvent"))) return null;
      // Where the blocks of before went: these keep what they have.
      const kept = new Set<number>();
      const taken = new Set<string>();
      before.doc.forEach((_node, offset) => {
        let pos = offset + 1;
        for (const tr of transactions) pos = tr.mapping.map(pos, 1);
        const $pos = after.doc.resolve(pos);
        if ($pos.depth) kept.add($pos.before(1));
      });
      after.doc.forEach((node, offset) => {
        if (kept.has(offset)) taken.add(idOf(node));
      });
      const tr = after.tr;
      after.doc.forEach((node, offset) => {
        if (kept.has(offset)) return;
        if (!idOf(node) || taken.has(idOf(node))) tr.setNodeAttribute(offset, "b", `${kindOf(node)}|${freshId()}`);
        else taken.add(idOf(node));
      });
      return tr.docChanged ? tr : null;
    },
  });
}
