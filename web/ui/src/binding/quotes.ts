// Quotes whose words are no longer those of the contribution that they cite, as
// the server's package motion counts them: what is shown here while one writes is
// what is said before the text is published.
import type { Node } from "prosemirror-model";
import { schema } from "./schema";

export interface Quoted {
  /** Positions in the document, quotation marks left out. */
  from: number;
  to: number;
  text: string;
  /** Segments cited anywhere in it. */
  segments: string[];
}

/** quotes gives what a block has between « and ». */
export function quotes(block: Node, before: number): Quoted[] {
  const out: Quoted[] = [];
  let depth = 0;
  let text = "";
  let from = 0;
  let segments = new Set<string>();
  block.forEach((node, offset) => {
    const cited = node.marks.filter((mark) => mark.type === schema.marks.cite).map((mark) => String(mark.attrs.segment));
    let pos = before + 1 + offset;
    for (const c of node.text!) {
      if (c === "»" && depth > 0 && --depth === 0) out.push({ from, to: pos, text, segments: [...segments] });
      if (depth > 0) {
        text += c;
        for (const segment of cited) segments.add(segment);
      }
      pos += c.length;
      if (c === "«" && ++depth === 1) (text = ""), (from = pos), (segments = new Set());
    }
  });
  return out;
}

/** altered gives a block's quotes that say what their sources do not. `words` are
 * a segment's, "" where they are gone or not known yet. */
export function altered(block: Node, before: number, words: (segment: string) => string): Quoted[] {
  return quotes(block, before).filter(({ text, segments }) => segments.length > 0 && !says(text, segments.map(words)));
}

/** says is whether a quote is made of words of its sources, letter for letter but
 * for capitals, blanks and marks of typography. What stands between brackets is
 * the quoter's. A source whose words are gone says anything. */
function says(quote: string, sources: readonly string[]): boolean {
  if (sources.includes("")) return true;
  const said = sources.map(compared);
  return unbracketed(quote).every((piece) => {
    const words = compared(piece).replace(/^[ .,;:!?…]+|[ .,;:!?…]+$/g, "");
    return said.some((s) => s.includes(words));
  });
}

/** unbracketed is a quote without what stands between brackets, in pieces there. */
function unbracketed(quote: string): string[] {
  const out: string[] = [];
  let rest = quote.replace(/\((?:…|\.\.\.)\)/g, "[]");
  for (;;) {
    const open = rest.indexOf("[");
    out.push(open < 0 ? rest : rest.slice(0, open));
    const close = rest.indexOf("]", open);
    if (open < 0 || close < 0) return out;
    rest = rest.slice(close + 1);
  }
}

const SAME: Record<string, string> = { "’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "...": "…" };

/** compared is text as it is compared: in one case, one kind of apostrophe, of dash
 * and of quotation mark, and no blank but single spaces, none beside marks. */
function compared(text: string): string {
  const same = text.normalize("NFC").toLowerCase().replace(/[’«»“”–—‑]|\.\.\./g, (c) => SAME[c]);
  let out = same.split(/[ \t\r\n\u00a0\u202f]+/).filter(Boolean).join(" ");
  for (const mark of ['"', ";", ":", "!", "?", "…", ",", "."]) out = out.replaceAll(` ${mark}`, mark).replaceAll(`${mark} `, mark);
  return out;
}
