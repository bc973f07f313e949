// What supports each sentence, seen in the text: how many contributions stand
// behind it, or that the rapporteurs alone answer for it; and, whether that is
// shown or not, quotes whose words are no longer those of their source. The marks
// are of the page and never of the text; they wait until one pauses, and never
// move while an input method composes.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { altered } from "../binding/quotes";
import { sentences } from "../binding/sentences";
import { kindOf } from "../binding/schema";

const key = new PluginKey<DecorationSet>("support");

/** Kinds whose sentences claim something that a source may support: those that
 * the server asks to look at again before one publishes (motion, review.go). */
export const CLAIMS: ReadonlySet<string> = new Set(["recital", "paragraph", "proposal", "item"]);

const PAUSE = 300;

/** In a paragraph longer than LONG the sentences within NEAR of the cursor are
 * marked: at each key ProseMirror copies a run of letters once for each mark in it,
 * so that marks in a paragraph of 100,000 characters would take half a second. */
const LONG = 10_000;
const NEAR = 2_000;

export function support(shown: () => boolean, words: (segment: string) => string = () => ""): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => marks(state, shown(), words),
      apply: (tr, set, _old, state) => (tr.getMeta(key) ? marks(state, shown(), words) : set.map(tr.mapping, tr.doc)),
    },
    props: { decorations: (state: EditorState) => key.getState(state) },
    view: () => {
      let waiting = 0;
      const later = (view: EditorView) => {
        clearTimeout(waiting);
        waiting = window.setTimeout(() => (view.composing ? later(view) : remark(view)), PAUSE);
      };
      return {
        update: (view, before) => (before.doc !== view.state.doc || elsewhere(before, view.state)) && later(view),
        destroy: () => clearTimeout(waiting),
      };
    },
  });
}

/** remark counts again, now; but first reads the key that the browser has not
 * told of yet, or drawing would put the selection back before it. */
export function remark(view: EditorView): void {
  (view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
  view.dispatch(view.state.tr.setMeta(key, true).setMeta("addToHistory", false));
}

/** elsewhere tells whether the cursor has moved in or into a long paragraph. */
function elsewhere(before: EditorState, { selection }: EditorState): boolean {
  return selection.head !== before.selection.head && selection.$head.parent.content.size > LONG;
}

function marks({ doc, selection }: EditorState, shown: boolean, words: (segment: string) => string): DecorationSet {
  const out: Decoration[] = [];
  doc.forEach((block, before) => {
    for (const { from, to } of altered(block, before, words)) if (from < to) out.push(Decoration.inline(from, to, { class: "altered" }));
    if (!shown) return;
    if (!CLAIMS.has(kindOf(block))) return;
    const near = block.content.size > LONG ? NEAR : Infinity;
    for (const { from, to, cites } of sentences(block, before)) {
      if (from > selection.head + near || to < selection.head - near) continue;
      const text = doc.textBetween(from, to);
      // Behind the last letter, by the style sheet: nothing is put into the
      // text that a cursor, a screen reader or a copy would meet.
      const last = to - (/[\udc00-\udfff]$/.test(text) ? 2 : 1);
      if (cites.size) out.push(Decoration.inline(last, to, { class: "supported", "data-sources": String(cites.size) }));
      else if (/\p{L}/u.test(text)) {
        out.push(Decoration.inline(from, to, { class: "unsupported" }));
        out.push(Decoration.inline(last, to, { class: "unsupported-end" }));
      }
    }
  });
  return DecorationSet.create(doc, out);
}
