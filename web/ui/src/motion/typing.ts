// While one types, only what is around the window is drawn. At each letter a browser
// reads all that it has drawn of the text, for input methods: in a motion of 100,000
// characters that takes longer than everything else that a key does. What is not drawn
// keeps its size and place (editor.css says how), so nothing moves.
//
// A key that leads elsewhere, a pointer or the end of writing draws everything first:
// a browser looks for the way of Ctrl+End or Page down only among what is drawn. And
// what an input method composes changes nothing here: it has been told of the text.
import type { EditorView } from "prosemirror-view";

const TYPING = "typing";

/** Keys that are part of others, or an input method's own. */
const NEITHER = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;

/** types tells whether a key writes where the cursor is; null where that is not told. */
export function types(event: Pick<KeyboardEvent, "key" | "isComposing" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">): boolean | null {
  if (event.isComposing || NEITHER.test(event.key)) return null;
  const chord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  return !chord && (event.key.length === 1 || /^(?:Backspace|Delete|Enter)$/.test(event.key));
}

/** drawNear follows the person's keys. */
export function drawNear(view: EditorView): void {
  const set = (typing: boolean) => view.dom.classList.toggle(TYPING, typing);
  view.dom.addEventListener("keydown", (event) => {
    const typing = types(event);
    if (typing !== null) set(typing);
  }, { capture: true });
  view.dom.addEventListener("pointerdown", () => set(false), { capture: true });
  view.dom.addEventListener("blur", () => set(false));
}
