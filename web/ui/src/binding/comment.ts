// Comments: a mark over the words that a thread is about. What is said lies
// with the server; the mark goes with its letters when they are split, joined
// or moved.
import type { Node } from "prosemirror-model";
import type { Command, EditorState } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import { ranges } from "./cite";
import { flatIndex, position } from "./flat";
import { schema } from "./schema";

export interface Span {
  from: number;
  to: number;
}

/** commented gives, for each thread, the runs of words that bear it, threads in
 * the order of their first word. */
export function commented(doc: Node): Map<string, Span[]> {
  const out = new Map<string, Span[]>();
  doc.forEach((block, before) => {
    for (const { id, from, to } of borne(block)) {
      const spans = out.get(id) ?? [];
      const last = spans[spans.length - 1];
      if (last?.to === before + from) last.to = before + to;
      else spans.push({ from: before + from, to: before + to });
      out.set(id, spans);
    }
  });
  return out;
}

const known = new WeakMap<Node, readonly (Span & { id: string })[]>();

/** borne gives what bears threads in a block, in positions from before it. It is
 * looked for once while the block stays as it is. */
function borne(block: Node): readonly (Span & { id: string })[] {
  let runs = known.get(block);
  if (!runs) {
    const found: (Span & { id: string })[] = [];
    block.forEach((node, offset) => {
      for (const mark of node.marks) if (mark.type === schema.marks.comment) found.push({ id: String(mark.attrs.id), from: offset + 1, to: offset + 1 + node.nodeSize });
    });
    known.set(block, (runs = found));
  }
  return runs;
}

/** threadAt is the thread that the words at a position bear. */
export function threadAt(doc: Node, pos: number): string | null {
  for (const [id, spans] of commented(doc)) if (spans.some((s) => s.from <= pos && pos <= s.to)) return id;
  return null;
}

/** bear has words bear a thread. */
export function bear(id: string, from: number, to: number): Command {
  return (state, dispatch) => {
    const tr = state.tr;
    for (const [a, b] of ranges(state.doc, from, to)) tr.addMark(a, b, schema.marks.comment.create({ id }));
    if (!tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
}

/** hold remembers words by their letters: while one writes about it others
 * go on changing the text. What it gives is null when all of it is gone. */
export function hold(state: EditorState, ytext: Y.Text, { from, to }: Span): (now: EditorState) => Span | null {
  const relative = (pos: number, assoc: number) => Y.createRelativePositionFromTypeIndex(ytext, Math.min(flatIndex(state.doc, pos), ytext.length), assoc);
  const [a, b] = [relative(from, 0), relative(to, -1)];
  return (now) => {
    const at = (p: Y.RelativePosition) => {
      const absolute = Y.createAbsolutePositionFromRelativePosition(p, ytext.doc!);
      return absolute?.type === ytext ? position(now.doc, absolute.index).pos : null;
    };
    const [start, end] = [at(a), at(b)];
    return start === null || end === null || start >= end ? null : { from: start, to: end };
  };
}

/** show puts the selection over a span. */
export function show(span: Span): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, span.from, span.to)).scrollIntoView());
    return true;
  };
}
