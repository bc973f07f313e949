// Finding words in the whole text, and putting others in their place.
import type { Node } from "prosemirror-model";
import type { Command, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import { APART } from "./binding";
import { quotes } from "./quotes";
import { schema } from "./schema";

export interface Match {
  from: number;
  to: number;
}

/** folded makes a text comparable, and tells where each of its units stood.
 * Signs that typography changes are found as they are typed. */
function folded(text: string, accents: boolean): { text: string; at: number[] } {
  let out = "";
  const at: number[] = [];
  let i = 0;
  for (const c of text) {
    let same = c.toLowerCase().replace("’", "'").replace(/[\u00a0\u202f]/, " ");
    if (!accents) same = same.normalize("NFD").replace(/\p{M}/gu, "");
    for (let k = 0; k < same.length; k++) at.push(i);
    out += same;
    i += c.length;
  }
  at.push(i);
  return { text: out, at };
}

/** find gives the places of some words, whatever their case; whatever their
 * accents too unless these count. */
export function find(doc: Node, words: string, accents = false): Match[] {
  const wanted = folded(words, accents).text;
  const out: Match[] = [];
  if (!wanted) return out;
  doc.forEach((block, before) => {
    const { text, at } = folded(block.textContent, accents);
    for (let i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + wanted.length)) {
      const end = i + wanted.length;
      // An accent that was left out belongs to the letter before it.
      let to = end;
      while (to < at.length - 1 && at[to] === at[to - 1]) to++;
      if (at[to] > at[i]) out.push({ from: before + 1 + at[i], to: before + 1 + at[to] });
    }
  });
  return out;
}

/** outside leaves out matches that touch what is quoted of a contribution: words
 * between « and » that cite one. */
export function outside(doc: Node, matches: readonly Match[]): Match[] {
  const quoted: Match[] = [];
  doc.forEach((block, before) => void quoted.push(...quotes(block, before).filter(({ segments }) => segments.length)));
  return matches.filter((match) => !quoted.some(({ from, to }) => match.from < to && match.to > from));
}

/** replaceAll puts words in place of all matches, as one thing to undo. Marks
 * that the whole of a match bears, its citations among them, stay. */
export function replaceAll(matches: readonly Match[], words: string): Command {
  return (state, dispatch) => {
    if (!matches.length) return false;
    const tr = state.tr;
    for (const match of [...matches].reverse()) put(tr, match, words);
    dispatch?.(tr.setMeta(APART, true));
    return true;
  };
}

/** select shows a match as the selection. */
export function select(match: Match): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, match.from, match.to)).scrollIntoView());
    return true;
  };
}

function put(tr: Transaction, { from, to }: Match, words: string): void {
  let marks = tr.doc.resolve(from).nodeAfter!.marks;
  tr.doc.nodesBetween(from, to, (node) => {
    if (node.isText) marks = marks.filter((mark) => mark.isInSet(node.marks));
  });
  if (words) tr.replaceWith(from, to, schema.text(words, marks));
  else tr.delete(from, to);
}
