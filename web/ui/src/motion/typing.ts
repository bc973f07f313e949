// While one types, only what is around the window is drawn (editor.css). At each letter
// a browser reads all that it has drawn of the text, for input methods: in a motion of
// 100,000 characters that takes longer than everything else that a key does. What is
// not drawn keeps its size and place, so nothing moves.
//
// A browser puts letters and finds its way only in what is drawn. So the block that one
// writes in always is; and a key that leads elsewhere, a pointer or the end of writing
// draws everything first. What an input method composes changes nothing here.
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";

/** Keys that are part of others, or an input method's own. */
const NEITHER = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;
const WRITES = /^(?:.|Backspace|Delete|Enter)$/u;

export type Key = Pick<KeyboardEvent, "key" | "isComposing" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">;

/** types tells whether a key writes where the cursor is; null where one cannot tell. */
export function types(event: Key): boolean | null {
  if (event.isComposing || NEITHER.test(event.key)) return null;
  // AltGr looks like Ctrl+Alt on some systems, but says so.
  const chord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  return !chord && WRITES.test(event.key);
}

export function typing(): Plugin {
  const set = (view: EditorView, typing: boolean | null) => {
    if (typing !== null) view.dom.classList.toggle("typing", typing);
    return false;
  };
  return new Plugin({
    props: {
      decorations: ({ doc, selection: { $head } }) => ($head.depth ? DecorationSet.create(doc, [Decoration.node($head.before(1), $head.after(1), { class: "here" })]) : null),
      handleDOMEvents: {
        keydown: (view, event) => set(view, types(event)),
        pointerdown: (view) => set(view, false),
        blur: (view) => set(view, false),
      },
    },
  });
}
