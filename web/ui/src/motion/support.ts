// What supports each sentence, seen in the text: how many contributions stand
// behind it, or that the rapporteurs alone answer for it; and, whether that is
// shown or not, quotes whose words are no longer those of their source. The marks
// are of the page and never of the text; they wait until one pauses, and never
// move while an input method composes. What supports is marked around what is in
// sight: at each key a browser goes through all that it has drawn of the text, and a
// mark at each sentence trebles that.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { altered } from "../binding/quotes";
import { sentences } from "../binding/sentences";
import { kindOf } from "../binding/schema";
import { Pause } from "./pause";

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

/** Windows marked above and below the one in sight, and pages scrolled, in windows,
 * before that is done again. */
const AROUND = 1.5;
const SCROLLED = 0.75;
/** Milliseconds between two looks at how far one has scrolled. */
const LOOK = 100;

/** What is marked: a stretch of the document, in its positions, and whether all but
 * the sentence that one writes in. */
interface Span {
  from: number;
  to: number;
  writing: boolean;
}
const WHOLE: Span = { from: 0, to: Infinity, writing: false };

export function support(shown: () => boolean, words: (segment: string) => string = () => ""): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => marks(state, shown(), words, WHOLE),
      apply: (tr, set, _old, state) => {
        const span = tr.getMeta(key) as Span | undefined;
        return span ? marks(state, shown(), words, span) : set.map(tr.mapping, tr.doc);
      },
    },
    props: { decorations: (state: EditorState) => key.getState(state) },
    view: (view) => {
      const pause = new Pause(PAUSE, () => (view.composing ? pause.again() : remark(view)));
      let looking = 0;
      let was = scrollY;
      const scrolled = () => {
        looking ||= window.setTimeout(() => {
          looking = 0;
          if (Math.abs(scrollY - was) < SCROLLED * innerHeight) return;
          was = scrollY;
          view.composing ? pause.again() : remark(view);
        }, LOOK);
      };
      addEventListener("scroll", scrolled, { passive: true });
      return {
        update: (view, before) => (before.doc !== view.state.doc || elsewhere(before, view.state)) && pause.again(),
        destroy: () => {
          pause.cancel();
          clearTimeout(looking);
          removeEventListener("scroll", scrolled);
        },
      };
    },
  });
}

/** remark counts again, now; but first reads the key that the browser has not
 * told of yet, or drawing would put the selection back before it. */
export function remark(view: EditorView): void {
  (view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
  view.dispatch(view.state.tr.setMeta(key, inSight(view)).setMeta("addToHistory", false));
}

/** inSight is the span of the blocks around the window. */
function inSight(view: EditorView): Span {
  const blocks = view.dom.children;
  /** The first block that meets the condition, as all those after it do. */
  const first = (meets: (box: DOMRect) => boolean) => {
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (meets(blocks[middle].getBoundingClientRect())) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const before = (k: number) => (k < blocks.length ? view.posAtDOM(blocks[k], 0) : view.state.doc.content.size);
  return { from: before(first((box) => box.bottom >= -AROUND * innerHeight)), to: before(first((box) => box.top > (1 + AROUND) * innerHeight)), writing: view.hasFocus() };
}

/** elsewhere tells whether the cursor has moved: another sentence is written in, or
 * another part of a long paragraph is near. */
function elsewhere(before: EditorState, { selection }: EditorState): boolean {
  return selection.head !== before.selection.head;
}

function marks({ doc, selection }: EditorState, shown: boolean, words: (segment: string) => string, span: Span): DecorationSet {
  const out: Decoration[] = [];
  doc.forEach((block, before) => {
    for (const { from, to } of altered(block, before, words)) if (from < to) out.push(Decoration.inline(from, to, { class: "altered" }));
    if (!shown) return;
    if (before >= span.to || before + block.nodeSize <= span.from) return;
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
        // A key in marked words has ProseMirror make them anew, and the browser then
        // reads the whole text again: those that one writes bear the end's mark alone.
        if (!span.writing || selection.head < from || selection.head > to) out.push(Decoration.inline(from, to, { class: "unsupported" }));
        out.push(Decoration.inline(last, to, { class: "unsupported-end" }));
      }
    }
  });
  return DecorationSet.create(doc, out);
}
