// What others did, as one transaction of the editor.
import { Fragment, Slice, type Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type { Op } from "./delta";
import { blocksOf, flatLength, position, runsOf, type Run } from "./flat";
import { blockOf, equalValue, markOf, newlineOf, schema, type Attrs } from "./schema";

/** Meta of transactions that came from the text and must not go back to it. */
export const REMOTE = "motion$remote";

interface Edit {
  from: number;
  to: number;
  runs: Run[];
}

/** pull turns a change of the text into a transaction. `length` is the text's
 * length before the change: one less than the document's where its last
 * newline was missing. */
export function pull(state: EditorState, delta: readonly Op[], length: number): Transaction {
  const tr = state.tr.setMeta(REMOTE, true).setMeta("addToHistory", false);
  const edits: Edit[] = [];
  const formats: { from: number; to: number; attrs: Attrs }[] = [];
  let index = 0;
  const edit = (): Edit => {
    let last = edits[edits.length - 1];
    if (!last || last.to !== index) edits.push((last = { from: index, to: index, runs: [] }));
    return last;
  };
  for (const op of delta) {
    if (op.retain !== undefined) {
      if (op.attributes) formats.push({ from: index, to: index + op.retain, attrs: op.attributes });
      index += op.retain;
    } else if (op.delete !== undefined) {
      edit().to += op.delete;
      index += op.delete;
    } else edit().runs.push(...runsOf(op.insert, op.attributes));
  }
  // Formatting moves nothing, so it comes first; the rest goes from the end
  // to the beginning, so that what lies before keeps its place.
  for (const f of formats) applyFormat(tr, f.from, Math.min(f.to, length), f.attrs);
  for (let i = edits.length - 1; i >= 0; i--) {
    if (edits[i].to === length) applyLast(tr, edits[i]);
    else apply(tr, edits[i], null);
  }
  return tr;
}

/** applyLast applies a change that touches the text's end, where the last
 * newline may come, go or be supposed. Both sides are first made to end in a
 * newline; the document's last block then keeps its place. */
function applyLast(tr: Transaction, edit: Edit): void {
  const total = flatLength(tr.doc);
  let { from, runs } = edit;
  if (!runs.length) {
    const left = from > 0 ? position(tr.doc, from - 1) : null;
    if (left && left.offset === tr.doc.child(left.block).content.size) {
      from--;
      runs = [newline(newlineOf(tr.doc.child(left.block)))];
    } else runs = [newline({})];
  } else if (!runs[runs.length - 1].newline) runs = [...runs, newline({})];
  if (from === total) {
    from--;
    runs = [newline(newlineOf(tr.doc.lastChild!)), ...runs];
  }
  const end = runs[runs.length - 1];
  apply(tr, { from, to: total - 1, runs: runs.slice(0, -1) }, end.attrs);
}

function newline(attrs: Attrs): Run {
  return { text: "\n", newline: true, attrs };
}

/** apply replaces a piece of the flat text that holds not the last newline.
 * `attrs` are those of the newline that follows the piece, where it changes. */
function apply(tr: Transaction, edit: Edit, attrs: Attrs | null): void {
  const from = position(tr.doc, edit.from);
  const to = position(tr.doc, edit.to);
  const after = attrs ?? newlineOf(tr.doc.child(to.block));
  const lines = edit.runs.filter((run) => run.newline).length;

  if (!from.offset && !to.offset && (lines ? edit.runs[edit.runs.length - 1].newline : !edit.runs.length)) {
    // Whole blocks before one that stays.
    const blocks = blocksOf(edit.runs, null);
    if (blocks.length || from.block !== to.block)
      tr.step(new ReplaceStep(from.pos - 1, to.pos - 1, new Slice(Fragment.fromArray(blocks), 0, 0)));
    setBlock(tr, from.block + blocks.length, after);
    return;
  }
  const blocks = blocksOf(edit.runs, after);
  const slice =
    !lines && from.block === to.block
      ? new Slice(blocks[0].content, 0, 0)
      : new Slice(Fragment.fromArray(blocks), 1, 1);
  if (slice.size || from.pos !== to.pos) tr.step(new ReplaceStep(from.pos, to.pos, slice));
  // The left half keeps the document's attributes, the text wants those of
  // the newline that now ends it.
  setBlock(tr, from.block, lines ? edit.runs.find((run) => run.newline)!.attrs : after);
  if (lines) setBlock(tr, from.block + lines, after);
}

function setBlock(tr: Transaction, k: number, attrs: Attrs): void {
  const { b, more } = blockOf(attrs);
  const block = tr.doc.child(k);
  const pos = offsetOf(tr.doc, k);
  if (block.attrs.b !== b) tr.setNodeAttribute(pos, "b", b);
  if (!equalValue(block.attrs.more, more)) tr.setNodeAttribute(pos, "more", more);
}

function offsetOf(doc: Node, k: number): number {
  let pos = 0;
  for (let i = 0; i < k; i++) pos += doc.child(i).nodeSize;
  return pos;
}

function applyFormat(tr: Transaction, from: number, to: number, attrs: Attrs): void {
  let { pos, block, offset } = position(tr.doc, from);
  while (from < to) {
    const node = tr.doc.child(block);
    const end = Math.min(to - from, node.content.size - offset);
    if (end > 0) formatRun(tr, pos, pos + end, attrs);
    from += end;
    if (from < to) {
      setBlock(tr, block, { ...newlineOf(tr.doc.child(block)), ...attrs });
      from++;
    }
    pos += end + 2;
    block++;
    offset = 0;
  }
}

function formatRun(tr: Transaction, from: number, to: number, attrs: Attrs): void {
  for (const key of Object.keys(attrs).sort()) {
    if (key === "b") continue;
    const value = attrs[key];
    if (value === null || value === undefined) {
      const mark = markOf(key, "");
      if (mark.type === schema.marks.other) removeOther(tr, from, to, key);
      else tr.removeMark(from, to, mark.type === schema.marks.link ? mark.type : mark);
    } else {
      const mark = markOf(key, value);
      if (mark.type === schema.marks.other) removeOther(tr, from, to, key);
      tr.addMark(from, to, mark);
    }
  }
}

function removeOther(tr: Transaction, from: number, to: number, key: string): void {
  const found = new Set<ReturnType<typeof markOf>>();
  tr.doc.nodesBetween(from, to, (node) => {
    for (const mark of node.marks) if (mark.type === schema.marks.other && mark.attrs.key === key) found.add(mark);
  });
  for (const mark of found) tr.removeMark(from, to, mark);
}
