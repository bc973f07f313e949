// Between the document and the flat text: a block's opening token has no width
// in the text, its closing token is the newline. Lengths are UTF-16 code
// units on both sides.
import { Fragment, type Node } from "prosemirror-model";
import type * as Y from "yjs";
import { attrsOf, blockOf, marksOf, newlineOf, schema, type Attrs } from "./schema";

/** A run of text with one set of attributes, or one newline. */
export interface Run {
  text: string;
  newline: boolean;
  attrs: Attrs;
}

/** An embedded object of another program: one unit wide, shown as U+FFFC. */
export const EMBED = "\ufffc";

/** Length of the flat text that a document stands for, last newline included. */
export function flatLength(doc: Node): number {
  return doc.content.size - doc.childCount;
}

/** flatIndex is the place in the flat text of a position in the document. */
export function flatIndex(doc: Node, pos: number): number {
  const $pos = doc.resolve(pos);
  return pos - $pos.index(0) - ($pos.depth > 0 ? 1 : 0);
}

/** position is where, inside a block, a place of the flat text lies. */
export function position(doc: Node, index: number): { pos: number; block: number; offset: number } {
  let before = 0;
  for (let k = 0; k < doc.childCount; k++) {
    const size = doc.child(k).content.size;
    if (index <= size || k === doc.childCount - 1) {
      const offset = Math.max(0, Math.min(index, size));
      return { pos: before + 1 + offset, block: k, offset };
    }
    index -= size + 1;
    before += size + 2;
  }
  throw new RangeError("a document has at least one block");
}

/** flatten gives the flat text between two positions. */
export function flatten(doc: Node, from: number, to: number): Run[] {
  const runs: Run[] = [];
  let before = 0;
  for (let k = 0; k < doc.childCount && before < to; k++) {
    const block = doc.child(k);
    const end = before + block.nodeSize;
    if (end > from) {
      let start = before + 1;
      block.forEach((node) => {
        const text = node.text!;
        const a = Math.max(from - start, 0);
        const b = Math.min(to - start, text.length);
        if (a < b) runs.push({ text: text.slice(a, b), newline: false, attrs: attrsOf(node.marks) });
        start += text.length;
      });
      if (from <= end - 1 && end <= to) runs.push({ text: "\n", newline: true, attrs: newlineOf(block) });
    }
    before = end;
  }
  return runs;
}

/** runsOf reads a Delta's insertion, which may hold newlines. */
export function runsOf(insert: unknown, attrs: Attrs | undefined): Run[] {
  const text = typeof insert === "string" ? insert : EMBED;
  const runs: Run[] = [];
  for (const part of text.split(/(\n)/)) {
    if (part === "\n") runs.push({ text: part, newline: true, attrs: attrs ?? {} });
    else if (part) runs.push({ text: part, newline: false, attrs: attrs ?? {} });
  }
  return runs;
}

/** blocksOf builds blocks from runs; what follows the last newline becomes a
 * block with the attributes of `last`. */
export function blocksOf(runs: Run[], last: Attrs | null): Node[] {
  const blocks: Node[] = [];
  let line: Node[] = [];
  const close = (attrs: Attrs | null) => {
    blocks.push(schema.nodes.block.create(attrs && blockOf(attrs), Fragment.fromArray(line)));
    line = [];
  };
  for (const run of runs) {
    if (run.newline) close(run.attrs);
    else line.push(schema.text(run.text, marksOf(run.attrs)));
  }
  if (last) close(last);
  return blocks;
}

/** docOf reads the whole text. A missing last newline is supposed, not
 * written: opening a document changes nothing in it. */
export function docOf(ytext: Y.Text): Node {
  const runs = (ytext.toDelta() as { insert: unknown; attributes?: Attrs }[]).flatMap((op) =>
    runsOf(op.insert, op.attributes),
  );
  const virtual = !runs.length || !runs[runs.length - 1].newline;
  return schema.nodes.doc.create(null, blocksOf(runs, virtual ? {} : null));
}

/** sameDoc compares documents up to the order of marks on a run, which local
 * formatting leaves as it happened. */
export function sameDoc(a: Node, b: Node): boolean {
  return a.eq(b) || canonical(a) === canonical(b);
}

/** canonical writes a document as text, the same for equal documents. */
export function canonical(doc: Node): string {
  const out: [string, [string, unknown][]][] = [];
  for (const run of flatten(doc, 0, doc.content.size)) {
    const attrs = Object.entries(run.attrs).sort(([x], [y]) => (x < y ? -1 : 1));
    const last = out[out.length - 1];
    if (last && !run.newline && last[0] !== "\n" && JSON.stringify(last[1]) === JSON.stringify(attrs)) last[0] += run.text;
    else out.push([run.text, attrs]);
  }
  return JSON.stringify(out);
}
