// French typography as one types. The letter is written first, as typed; what
// typography makes of it is a change of its own, so that Ctrl+Z right after
// gives back what was typed. Only one's own letter is ever a reason: neither
// what others write, nor what is pasted, nor what an input method still holds.
import { Plugin, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { APART } from "../binding/binding";
import { EMBED } from "../binding/flat";
import { schema } from "../binding/schema";

/** Narrow no-break space, before ; ! ?, inside « » and between thousands. */
export const THIN = "\u202f";
/** No-break space, before a colon and before % and €. */
export const WIDE = "\u00a0";

export interface Change {
  /** How many units before the cursor are replaced, the typed one included. */
  back: number;
  text: string;
}

const TYPED = `"'.;:!?%€«» 0123456789`;
/** A ‘ that nothing has closed: a ’ between two letters is an apostrophe. */
const SINGLE = /‘(?:[^‘’]|’(?=\p{L}))*$/u;
/** What ends in an elision: a word begins behind it, and a quotation may. */
const ELIDED = /(?:^|[^\p{L}‘])(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’]$/iu;
/** A word that is an address is left alone: its signs are not punctuation. */
const ADDRESS = /(?:^|[\s(«])(?:(?:https?|ftp|mailto|tel):?|www\.|\S*(?::\/\/|@))\S*$/i;

/** What ends in a group of thousands, and what ends in one that a further digit unmade. */
const GROUP = /(?:^|[\s(«])\d{1,3}(?:\u202f\d{3})* \d{3}$/;
const UNMADE = /\d\u202f\d{4}$/;

/** correction is what French typography makes of the letter that ends
 * `before`, a block's text up to the cursor. */
export function correction(before: string): Change | null {
  const typed = before.slice(-1);
  const rest = before.slice(0, -1);
  const prev = rest.slice(-1);
  switch (typed) {
    case "'":
      // Struck twice, it is written once.
      if (/[‘’]/.test(prev)) return { back: 1, text: "" };
      if (/\p{L}$/u.test(rest) || SINGLE.test(rest)) return { back: 1, text: "’" };
      // After a sign or a digit there is nothing to close: it was meant as it stands, as in 5'.
      return begins(prev) ? { back: 1, text: "‘" } : null;
    case ".":
      return /(?:^|[^.])\.\.$/.test(rest) ? { back: 3, text: "…" } : null;
    case " ":
      // 10:30 is a time; with a space behind it the colon is punctuation.
      if (/\d:$/.test(rest) && !ADDRESS.test(rest)) return { back: 2, text: `${WIDE}: ` };
      // Whoever types the space by habit does not get it twice.
      return rest.endsWith(`«${THIN}`) ? { back: 1, text: "" } : null;
    case "«":
      return { back: 1, text: `«${THIN}` };
    case '"':
      if (begins(prev) || ELIDED.test(rest)) return { back: 1, text: `«${THIN}` };
      // Nothing to close: it was meant as it stands, as in 5".
      return opened(rest) ? closing(prev, "»") : null;
    case "»":
      return closing(prev, "»");
    case "%":
    case "€": {
      const space = /\d( ?)$/.exec(rest);
      return space && !ADDRESS.test(rest) ? { back: 1 + space[1].length, text: WIDE + typed } : null;
    }
    case ";":
    case "!":
    case "?":
    case ":":
      if (ADDRESS.test(rest)) return null;
      return spaced(prev, typed);
  }
  if (GROUP.test(before)) return { back: 4, text: THIN + before.slice(-3) };
  if (UNMADE.test(before)) return { back: 5, text: " " + before.slice(-4) };
  return null;
}

/** begins tells whether a sign behind these opens what it quotes. */
function begins(prev: string): boolean {
  return !prev || /[\s([{—–-]/.test(prev);
}

function closing(prev: string, sign: string): Change | null {
  if (prev === THIN) return sign === "»" ? { back: 1, text: sign } : null;
  return prev === " " || prev === WIDE ? { back: 2, text: THIN + sign } : { back: 1, text: THIN + sign };
}

function spaced(prev: string, sign: string): Change | null {
  const space = sign === ":" ? WIDE : THIN;
  if (prev === " ") return { back: 2, text: space + sign };
  // A digit's colon waits for what follows; ?! and (!) hold together; a sign may open a block.
  if (!prev || /[\s([{;:!?…/]/.test(prev) || (sign === ":" && /\d/.test(prev))) return null;
  return { back: 1, text: space + sign };
}

function opened(text: string): boolean {
  let depth = 0;
  for (const c of text) depth = c === "«" ? depth + 1 : c === "»" ? Math.max(0, depth - 1) : depth;
  return depth > 0;
}

/** corrected is the transaction that corrects the letter before the cursor. */
export function corrected(state: EditorState): Transaction | null {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || !$from.nodeBefore) return null;
  const marks = $from.nodeBefore.marks;
  if (marks.some((m) => m.type === schema.marks.link)) return null;
  const change = correction($from.parent.textBetween(0, $from.parentOffset, undefined, EMBED));
  if (!change) return null;
  const was = $from.parent.textBetween($from.parentOffset - change.back, $from.parentOffset);
  if (was === change.text) return null;
  const from = $from.pos - change.back;
  const tr = state.tr;
  // Two steps, so that the sign itself is written again: undone, the cursor
  // comes to stand behind it and not before.
  tr.delete(from, $from.pos);
  if (change.text) tr.insert(from, schema.text(change.text, marks));
  tr.setSelection(TextSelection.create(tr.doc, from + change.text.length));
  tr.setStoredMarks(state.storedMarks);
  return tr.setMeta(APART, true).scrollIntoView();
}

export function typography(): Plugin {
  const correct = (view: EditorView) => {
    const tr = corrected(view.state);
    if (tr) view.dispatch(tr);
  };
  return new Plugin({
    props: {
      handleTextInput(view, _from, _to, text, written) {
        if (view.composing || text.length !== 1 || !TYPED.includes(text)) return false;
        view.dispatch(written());
        correct(view);
        return true;
      },
      handleDOMEvents: {
        // A telephone's keyboard composes nearly everything. Once it is done,
        // and read, its last letter is one like any other.
        compositionend: (view, event) => {
          const last = event.data?.slice(-1);
          if (last && TYPED.includes(last)) {
            const later = () => {
              if (view.isDestroyed) return;
              if (view.composing) return void setTimeout(later, 60);
              const { $from } = view.state.selection;
              if ($from.nodeBefore?.text?.endsWith(last)) correct(view);
            };
            setTimeout(later, 60);
          }
          return false;
        },
      },
    },
  });
}
