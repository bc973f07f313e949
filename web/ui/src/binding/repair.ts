// Two people may still end up with one identifier on two blocks, or a block
// with none: they split one block at once, or a newline came from another
// program. The rule that repairs it must give the same on every client, or
// the repairs themselves would differ.
import type { Node } from "prosemirror-model";
import * as Y from "yjs";
import { flatLength } from "./flat";
import { idOf, kindOf } from "./schema";
import { mark } from "./write";

/** Origin of repairs: not one's own work, so never undone. */
export const REPAIR = "motion$repair";

/** Places of the newlines of blocks that share an identifier, or have none,
 * under that identifier. The last block counts only where its newline exists. */
export function faulty(doc: Node, length: number): Map<string, { block: Node; newline: number }[]> {
  const groups = new Map<string, { block: Node; newline: number }[]>();
  let newline = 0;
  doc.forEach((block) => {
    newline += block.content.size;
    const id = idOf(block);
    if (newline < length) groups.set(id, [...(groups.get(id) ?? []), { block, newline }]);
    newline++;
  });
  for (const [id, group] of groups) if (id && group.length < 2) groups.delete(id);
  return groups;
}

/** repair names a block after its newline's own identity in the shared text,
 * (client, clock): unique, and known alike to all. Of blocks that share an
 * identifier, the one whose own name it is keeps it, or else the first. */
export function repair(ytext: Y.Text, doc: Node): number {
  if (flatLength(doc) < ytext.length) return 0;
  const groups = faulty(doc, ytext.length);
  if (!groups.size) return 0;
  let count = 0;
  ytext.doc!.transact(() => {
    for (const [id, group] of groups) {
      const names = group.map(({ newline }) => {
        const item = Y.createRelativePositionFromTypeIndex(ytext, newline).item!;
        return `y${item.client.toString(36)}-${item.clock.toString(36)}`;
      });
      const keeps = id ? Math.max(0, names.indexOf(id)) : -1;
      group.forEach(({ block, newline }, i) => {
        if (i === keeps) return;
        mark(ytext, newline, 1, { b: `${kindOf(block)}|${names[i]}` });
        count++;
      });
    }
  }, REPAIR);
  return count;
}
