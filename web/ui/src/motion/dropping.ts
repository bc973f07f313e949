// A verbatim dragged from the themes into the text: it falls between two words, and a
// line shows where while it is held.
import { Plugin, Selection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { betweenWords, insertQuote, type Quote } from "../binding/cite";
import { h } from "./dom";
import { SEGMENT_TYPE } from "./panel";

export function dropping(editable: () => boolean, verbatim: (segment: string) => Quote, done?: (quote: Quote) => void): Plugin {
  const line = h("div", { class: "drop-caret", "aria-hidden": "true" });
  line.hidden = true;
  const leave = () => ((line.hidden = true), false);
  /** place is where a verbatim would fall that is dropped there. */
  const place = (view: EditorView, event: DragEvent): number | null => {
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
    return at && betweenWords(view.state.doc, Selection.near(view.state.doc.resolve(at.pos)).head);
  };
  return new Plugin({
    view: (view) => {
      view.dom.parentElement!.append(line);
      return { destroy: () => line.remove() };
    },
    props: {
      handleDOMEvents: {
        dragover: (view, event) => {
          if (!event.dataTransfer?.types.includes(SEGMENT_TYPE) || !editable()) return false;
          const pos = place(view, event);
          if (pos === null) return leave();
          const { left, top, bottom } = view.coordsAtPos(pos);
          const origin = view.dom.parentElement!.getBoundingClientRect();
          line.hidden = false;
          line.style.setProperty("left", `${Math.round(left - origin.left)}px`);
          line.style.setProperty("top", `${Math.round(top - origin.top)}px`);
          line.style.setProperty("height", `${Math.round(bottom - top)}px`);
          return false;
        },
        // Also told between two elements of the text: the next dragover shows it again.
        dragleave: leave,
        drop: leave,
      },
      handleDrop: (view, event) => {
        const segment = event.dataTransfer?.getData(SEGMENT_TYPE);
        if (!segment) return false;
        event.preventDefault();
        const pos = place(view, event);
        if (pos === null || !editable()) return true;
        const quote = verbatim(segment);
        if (insertQuote(quote, pos)(view.state, view.dispatch, view)) done?.(quote);
        view.focus();
        return true;
      },
    },
  });
}
