// The words that open threads are about, underlined; those of the thread that
// one reads, stronger.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { commented } from "../binding/comment";

const key = new PluginKey<DecorationSet>("comments");

export interface Shown {
  resolved(thread: string): boolean;
  current(): string | null;
}

export function commentMarks(shown: Shown): Plugin<DecorationSet> {
  const draw = (state: EditorState) => {
    const out: Decoration[] = [];
    for (const [id, spans] of commented(state.doc)) {
      if (shown.resolved(id)) continue;
      const name = shown.current() === id ? "comment-open comment-current" : "comment-open";
      for (const { from, to } of spans) out.push(Decoration.inline(from, to, { class: name }));
    }
    return DecorationSet.create(state.doc, out);
  };
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => draw(state),
      apply: (tr, set, _old, state) => (tr.docChanged || tr.getMeta(key) ? draw(state) : set),
    },
    props: { decorations: (state: EditorState) => key.getState(state) },
  });
}

/** redraw follows what was resolved, or is read now. */
export function redraw(view: EditorView): void {
  if (view.composing) return;
  (view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
  view.dispatch(view.state.tr.setMeta(key, true).setMeta("addToHistory", false));
}
