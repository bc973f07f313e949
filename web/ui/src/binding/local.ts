// What was done here, written into the shared text: from the steps of a
// transaction, never from a difference of documents, which would put a
// repeated letter elsewhere than where it was typed.
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { AddMarkStep, AttrStep, RemoveMarkStep, type Step } from "prosemirror-transform";
import type * as Y from "yjs";
import { flatIndex, flatLength, flatten, type Run } from "./flat";
import { insert } from "./insert";
import { equalAttrs, equalValue, newlineOf, type Attrs } from "./schema";
import { erase, mark, type Change } from "./write";

/** push writes a transaction's steps. The text and the document before the
 * transaction are the same when it is called, and after it they are again. What
 * letters had and have is noted, for an undo. */
export function push(ytext: Y.Text, tr: Transaction, note?: Note): void {
  tr.steps.forEach((step, i) => pushStep(ytext, step, tr.docs[i], tr.docs[i + 1] ?? tr.doc, note));
}

type Note = (change: Change) => void;

type Range = [oldFrom: number, oldTo: number, newFrom: number, newTo: number];

function rangesOf(step: Step): Range[] {
  const ranges: Range[] = [];
  step.getMap().forEach((a, b, c, d) => ranges.push([a, b, c, d]));
  if (ranges.length) return ranges;
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return [[step.from, step.to, step.from, step.to]];
  if (step instanceof AttrStep) return [[step.pos, step.pos + 1, step.pos, step.pos + 1]];
  return [];
}

function pushStep(ytext: Y.Text, step: Step, before: Node, after: Node, note?: Note): void {
  const ranges = rangesOf(step);
  for (const range of ranges) pushRange(ytext, range, before, after, note);
  // A join keeps the first block's kind, the text that of its last newline:
  // so after each range the newline that follows it is compared too.
  for (const [, oldTo, , newTo] of ranges) {
    const was = following(before, oldTo);
    const is = following(after, newTo);
    if (is && (!was || !equalAttrs(newlineOf(was.node), newlineOf(is.node))))
      format(ytext, is.newline, 1, was ? newlineOf(was.node) : {}, newlineOf(is.node), note);
  }
  // The last newline may be missing only where the text could not be read
  // otherwise: not behind another newline.
  const last = after.lastChild!;
  if (ytext.length < flatLength(after) && after.childCount > 1 && !last.content.size)
    close(ytext, newlineOf(last));
}

/** close writes the last newline. */
export function close(ytext: Y.Text, attrs: Attrs): void {
  insert(ytext, ytext.length, [{ text: "\n", newline: true, attrs }]);
}

function pushRange(ytext: Y.Text, range: Range, before: Node, after: Node, note?: Note): void {
  const [oldFrom, oldTo, newFrom, newTo] = range;
  const start = flatIndex(after, newFrom);
  const was = flatten(before, oldFrom, oldTo);
  const is = flatten(after, newFrom, newTo);
  const oldText = textOf(was);
  const newText = textOf(is);
  const [head, tail] = trim(oldText, newText);

  const at = start + head;
  const removed = oldText.length - head - tail;
  const inserted = cut(is, head, newText.length - tail);
  // Something is put behind a newline that is only supposed: write it first.
  if (at > ytext.length) close(ytext, newlineOf(before.lastChild!));
  if (removed) erase(ytext, at, Math.min(removed, ytext.length - at));
  insert(ytext, at, inserted);
  const index = at + inserted.reduce((sum, run) => sum + run.text.length, 0);
  // Equal text is formatted, not rewritten: a newline whose kind changes
  // stays the same newline for those who type beside it.
  formatEqual(ytext, start, cut(was, 0, head), cut(is, 0, head), note);
  formatEqual(ytext, index, cut(was, oldText.length - tail, oldText.length), cut(is, newText.length - tail, newText.length), note);
}

function textOf(runs: Run[]): string {
  return runs.map((run) => run.text).join("");
}

/** cut keeps the runs, or parts of runs, between two offsets. */
function cut(runs: Run[], from: number, to: number): Run[] {
  const out: Run[] = [];
  let start = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (text) out.push({ ...run, text });
    start += run.text.length;
  }
  return out;
}

/** trim gives the lengths of the common beginning and end, never inside a
 * surrogate pair. */
export function trim(a: string, b: string): [number, number] {
  const max = Math.min(a.length, b.length);
  let head = 0;
  while (head < max && a[head] === b[head]) head++;
  // a and b may share a high surrogate and differ in the low one.
  if (head && head < Math.max(a.length, b.length) && isHigh(a.charCodeAt(head - 1))) head--;
  let tail = 0;
  while (tail < max - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  if (tail && isLow(a.charCodeAt(a.length - tail))) tail--;
  return [head, tail];
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

function formatEqual(ytext: Y.Text, index: number, was: Run[], is: Run[], note?: Note): void {
  let i = 0;
  let j = 0;
  let oldLeft = was[0]?.text.length ?? 0;
  let newLeft = is[0]?.text.length ?? 0;
  while (i < was.length && j < is.length) {
    const n = Math.min(oldLeft, newLeft);
    format(ytext, index, n, was[i].attrs, is[j].attrs, note);
    index += n;
    if (!(oldLeft -= n)) oldLeft = was[++i]?.text.length ?? 0;
    if (!(newLeft -= n)) newLeft = is[++j]?.text.length ?? 0;
  }
}

function format(ytext: Y.Text, index: number, length: number, was: Attrs, is: Attrs, note?: Note): void {
  const change: Attrs = {};
  for (const key in was) if (!(key in is)) change[key] = null;
  for (const key in is) if (!equalValue(was[key], is[key])) change[key] = is[key];
  if (!Object.keys(change).length) return;
  if (index >= ytext.length) close(ytext, is);
  else mark(ytext, index, length, change, note);
}

/** following is the block that a position lies in or stands before, and its
 * newline's place. */
function following(doc: Node, pos: number): { node: Node; newline: number } | null {
  const $pos = doc.resolve(pos);
  const node = $pos.depth ? $pos.node(1) : $pos.nodeAfter;
  if (!node) return null;
  const before = $pos.depth ? $pos.before(1) : pos;
  return { node, newline: flatIndex(doc, before + node.nodeSize - 1) };
}
