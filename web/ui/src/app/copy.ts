// A text that can be read and taken away: a field that is not written in, and a
// button that copies it.
import { h } from "../motion/dom";

/** copying gives the field with its label, the button, and what is said of it. */
export function copying(id: string, text: string): HTMLElement[] {
  const words = h("textarea", { id, rows: "10", readonly: true });
  words.value = text;
  const told = h("p", { class: "hint", role: "status" });
  return [
    h("p", { class: "field" }, h("label", { for: id }, "Le texte de cet appareil"), words),
    h("p", { class: "actions" }, h("button", { type: "button", class: "button", click: async () => (told.textContent = await copy(words)) }, "Copier ce texte")),
    told,
  ];
}

/** copy takes a field's words to the clipboard, or selects them where that is not
 * allowed, and returns what is to be said. */
export async function copy(words: HTMLTextAreaElement): Promise<string> {
  words.select();
  try {
    await navigator.clipboard.writeText(words.value);
    return "Le texte est copié.";
  } catch {
    words.focus();
    return "Le texte est sélectionné\u00a0: copiez-le avec Ctrl+C.";
  }
}
