// Citations: a mark over the words that a segment of a contribution supports.
import type { Node } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import { Selection } from "prosemirror-state";
import { schema } from "./schema";

/** French quotes hold their words with a narrow no-break space. */
const OPEN = "«\u202f";
const CLOSE = "\u202f»";

/** What is quoted of a segment. */
export interface Quote {
  segment: string;
  text: string;
  /** Who signs it, "" unknown. */
  who: string;
}

/** insertQuote writes « text » (who) at the selection, as the drafts do; the
 * citation covers the quoted words alone, so that what is typed behind the quote
 * is not cited. Words that are one quotation keep their own marks: what
 * is cited is always between a pair of them, by which an erasure finds it. */
export function insertQuote({ segment, text, who }: Quote, at?: number): Command {
  return (state, dispatch) => {
    // One line: a segment may hold the line ends of the élu's own text, and a
    // newline in the motion would be a block.
    const words = text.replace(/\s*[\r\n]+\s*/g, " ").trim();
    if (!words) return false;
    const tr = state.tr;
    if (at !== undefined) tr.setSelection(Selection.near(tr.doc.resolve(at)));
    const { from, to, $from } = tr.selection;
    const prev = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset);
    const lead = prev && !/[\s(«]/.test(prev) ? " " : "";
    const quoted = quotation(words);
    const before = lead + (quoted ? "" : OPEN);
    const behind = (quoted === "closed" ? "" : CLOSE) + (who ? ` (${who})` : "");
    const $to = tr.doc.resolve(to);
    const next = $to.parent.textBetween($to.parentOffset, Math.min($to.parent.content.size, $to.parentOffset + 1));
    const trail = WORD.test(next) ? " " : "";
    const cite = schema.marks.cite.create({ segment });
    tr.replaceWith(from, to, [
      ...(before ? [schema.text(before)] : []),
      schema.text(words, [cite]),
      ...(behind + trail ? [schema.text(behind + trail)] : []),
    ]);
    tr.setSelection(Selection.near(tr.doc.resolve(from + before.length + words.length + behind.length), -1));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

const WORD = /[\p{L}\p{M}\p{N}]/u;
/** What holds a word together: no quotation falls inside « l’eau » or « vingt-deux ». */
const INSIDE = /[\p{L}\p{M}\p{N}'’·-]/u;

/** wordAround is the word that a position lies in or at an edge of. */
function wordAround(doc: Node, pos: number): { from: number; to: number } {
  const { parent, parentOffset: at } = doc.resolve(pos);
  const text = parent.textContent;
  let [from, to] = [at, at];
  while (from > 0 && INSIDE.test(text[from - 1])) from--;
  while (to < text.length && INSIDE.test(text[to])) to++;
  return { from: pos - at + from, to: pos - at + to };
}

/** betweenWords is the word's edge that is nearest to a position. */
export function betweenWords(doc: Node, pos: number): number {
  const { from, to } = wordAround(doc, pos);
  return pos - from < to - pos ? from : to;
}

/** wholeWords widens a selection to the words that it begins and ends inside of. */
export function wholeWords(doc: Node, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const [first, last] = [wordAround(doc, from), wordAround(doc, to)];
  return { from: from < first.to ? first.from : from, to: to > last.from ? last.to : to };
}

/** quotation tells whether words are one quotation from their first character
 * on, and whether it ends with them or goes on. */
function quotation(words: string): "closed" | "open" | null {
  let depth = 0;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "«") depth++;
    else if (words[i] === "»") depth--;
    if (depth === 0) return i > 0 && i === words.length - 1 ? "closed" : null;
  }
  return depth === 1 ? "open" : null;
}

/** support marks words, the selected ones unless told, as supported by a segment. Before a
 * block's end the citation stops one character early: what another types
 * there at the same moment would be cited too. */
export function support(segment: string, words?: { from: number; to: number }): Command {
  return (state, dispatch) => {
    const tr = state.tr;
    const { from: first, to: last } = words ?? state.selection;
    for (const [from, to] of ranges(state.doc, first, last))
      tr.addMark(from, to, schema.marks.cite.create({ segment }));
    if (!tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
}

export function ranges(doc: Node, from: number, to: number): [number, number][] {
  const out: [number, number][] = [];
  doc.nodesBetween(from, to, (block, pos) => {
    if (block.type !== schema.nodes.block) return true;
    const a = Math.max(from, pos + 1);
    let b = Math.min(to, pos + 1 + block.content.size);
    if (b === pos + 1 + block.content.size && b - a > 2) {
      const text = block.textContent;
      b -= /[\udc00-\udfff]$/.test(text) ? 2 : 1;
    }
    if (a < b) out.push([a, b]);
    return false;
  });
  return out;
}

/** release takes a segment's citation from the run of words around `pos`. */
export function release(segment: string, pos: number): Command {
  return (state, dispatch) => {
    const range = citedRange(state.doc, segment, pos);
    if (!range) return false;
    dispatch?.(state.tr.removeMark(range[0], range[1], schema.marks.cite.create({ segment })));
    return true;
  };
}

/** citedRange is the unbroken run of words around `pos` that cites a segment. */
export function citedRange(doc: Node, segment: string, pos: number): [number, number] | null {
  const $pos = doc.resolve(pos);
  if ($pos.depth !== 1) return null;
  let range: [number, number] | null = null;
  let open = -1;
  let at = $pos.start();
  $pos.parent.forEach((node) => {
    const has = node.marks.some((m) => m.type === schema.marks.cite && m.attrs.segment === segment);
    if (has && open < 0) open = at;
    if (!has) open = -1;
    at += node.nodeSize;
    if (open >= 0 && open <= pos && pos <= at) range = [open, at];
  });
  return range;
}

/** citations counts, for each segment, the runs of text that cite it. */
export function citations(doc: Node): Map<string, number> {
  const counts = new Map<string, number>();
  doc.forEach((block) => {
    let open = new Set<string>();
    block.forEach((node) => {
      const here = new Set<string>();
      for (const mark of node.marks) if (mark.type === schema.marks.cite) here.add(mark.attrs.segment);
      for (const segment of here) if (!open.has(segment)) counts.set(segment, (counts.get(segment) ?? 0) + 1);
      open = here;
    });
  });
  return counts;
}
