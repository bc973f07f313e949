// The sentences of a block, as the server's package motion counts them: what
// supports a sentence must be the same here and in what is published.
import type { Node } from "prosemirror-model";
import { start } from "./blocks";
import { schema } from "./schema";

const ABBREVIATED = new Set("m mm dr pr st ste art al cf p pp ex env n no vol éd chap av bd hab".split(" "));

/** split gives the spans of a text's sentences, blanks between them left out.
 * A sentence ends at . ! ? or … (with what closes after it) where a blank and
 * then something that can begin a sentence follow; never inside « », but one
 * may end with the quotation, see quoteEnd. */
export function split(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let from = 0;
  let depth = 0;
  let open = 0;
  let closers = text.split("»").length - 1;
  const add = (end: number) => {
    const raw = text.slice(from, end);
    const words = raw.trim();
    if (words) {
      const at = from + raw.indexOf(words);
      spans.push([at, at + words.length]);
    }
    from = end;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "«") {
      // One that nothing closes opens nothing.
      if (closers > depth && ++depth === 1) open = i;
    } else if (c === "»") {
      closers--;
      const end = depth > 0 && --depth === 0 ? quoteEnd(text, from, open, i + 1) : 0;
      if (end) {
        add(end);
        i = end - 1;
        continue;
      }
    }
    if (!".!?…".includes(c) || depth > 0 || (c === "." && abbreviated(text.slice(from, i)))) continue;
    let end = i + 1;
    while (end < text.length && ".!?…)]”’\"'".includes(text[end])) end++;
    const rest = text.slice(end, end + 40);
    const next = rest.trimStart();
    if (!next || next === rest || !/^[\p{Lu}\p{Nd}«“"(\[–—•-]/u.test(next)) continue;
    add(end);
    i = end - 1;
  }
  add(text.length);
  return spans;
}

/** quoteEnd is where the sentence that began at from ends with its quotation, and
 * who is named for it in parentheses; 0 where it goes on. It ends where words
 * that are a sentence are quoted, or where the sentence begins with the
 * quotation and names whose it is, if a capital or another quotation follows:
 * what is written behind an élu's words is not theirs. */
function quoteEnd(text: string, from: number, open: number, end: number): number {
  const words = text.slice(open, end).replace(/[\s»)\]”’"']+$/u, "");
  let whole = /[.!?…]$/.test(words) && !(words.endsWith(".") && abbreviated(words.slice(0, -1)));
  const n = attribution(text, end);
  if (n) {
    whole ||= !text.slice(from, open).trim();
    end = n;
  }
  return whole && /^\s+[\p{Lu}«“]/u.test(text.slice(end, end + 40)) ? end : 0;
}

/** attribution is the end of what is, behind blanks, in parentheses from a
 * place on; 0 where nothing is. */
function attribution(text: string, at: number): number {
  while (/\s/.test(text[at] ?? "")) at++;
  if (text[at] !== "(") return 0;
  for (let depth = 0; at < text.length && text[at] !== "«"; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at + 1;
  }
  return 0;
}

function abbreviated(before: string): boolean {
  const word = /[^\s(’'«]*$/u.exec(before.slice(-40))![0];
  return /^\p{Lu}$/u.test(word) || ABBREVIATED.has(word.toLowerCase());
}

export interface Sentence {
  /** Positions in the document. */
  from: number;
  to: number;
  /** Segments cited anywhere in it, each with a place where it is. */
  cites: Map<string, number>;
}

export function sentences(block: Node, before: number): Sentence[] {
  const out = split(block.textContent).map(([a, b]): Sentence => ({ from: before + 1 + a, to: before + 1 + b, cites: new Map() }));
  block.forEach((node, offset) => {
    for (const mark of node.marks) {
      if (mark.type !== schema.marks.cite) continue;
      const a = before + 1 + offset;
      const b = a + node.nodeSize;
      for (const s of out) if (a < s.to && b > s.from && !s.cites.has(mark.attrs.segment)) s.cites.set(mark.attrs.segment, Math.max(a, s.from) + 1);
    }
  });
  return out;
}

/** sentenceAt is the sentence that a position lies in, or right behind. */
export function sentenceAt(doc: Node, pos: number): { sentence: Sentence; block: Node } | null {
  const $pos = doc.resolve(pos);
  if (!$pos.depth) return null;
  const all = sentences($pos.parent, start(doc, $pos.index(0)));
  const sentence = all.filter((s) => s.from <= pos).pop() ?? all[0];
  return sentence ? { sentence, block: $pos.parent } : null;
}
