// The buttons above the text: one stop of the Tab key, arrows inside (ARIA
// toolbar pattern).
import { toggleMark } from "prosemirror-commands";
import type { Command, EditorState } from "prosemirror-state";
import { moveSelected, selectedKind, setKind } from "../binding/blocks";
import { KINDS, schema, type Kind } from "../binding/schema";
import { h } from "./dom";

const KIND_NAMES: Record<Kind, string> = {
  title: "Titre",
  visa: "Visa",
  recital: "Considérant",
  axis: "Axe",
  paragraph: "Paragraphe",
  proposal: "Proposition",
  item: "Point",
};

/** nameOf names a kind of block, "" where it is another program's. */
export const nameOf = (kind: string): string => KIND_NAMES[kind as Kind] ?? "";

export interface ToolbarActions {
  run(command: Command): void;
  undo(): void;
  redo(): void;
  /** What supports each sentence, shown or not. */
  supported(): boolean;
  support(): void;
  find(): void;
  comment(): void;
  can(): { undo: boolean; redo: boolean };
}

export class Toolbar {
  readonly el: HTMLElement;
  private readonly kind: HTMLSelectElement;
  private readonly strong: HTMLButtonElement;
  private readonly em: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly sources: HTMLButtonElement;
  private readonly look: HTMLButtonElement;

  constructor(actions: ToolbarActions) {
    const button = (label: string, shortcut: string, act: () => void, content: string = label) =>
      h("button", { type: "button", class: "button small", "aria-label": label, title: `${label} (${shortcut})`, "aria-keyshortcuts": keys(shortcut), mousedown: (e) => e.preventDefault(), click: act }, content);
    this.kind = h(
      "select",
      {
        "aria-label": "Nature du bloc",
        title: "Nature du bloc (Ctrl+Alt+1 à 7)",
        change: () => actions.run(setKind(this.kind.value as Kind)),
      },
      ...KINDS.map((kind, i) => h("option", { value: kind }, `${i + 1}. ${KIND_NAMES[kind]}`)),
    );
    const various = h("option", { value: "" }, "—");
    various.hidden = true;
    this.kind.append(various);
    this.strong = button("Gras", "Ctrl+B", () => actions.run(toggleMark(schema.marks.strong)), "G");
    this.strong.classList.add("bold");
    this.em = button("Italique", "Ctrl+I", () => actions.run(toggleMark(schema.marks.em)), "I");
    this.em.classList.add("italic");
    this.undo = button("Annuler", "Ctrl+Z", actions.undo, "↶");
    this.redo = button("Rétablir", "Ctrl+Maj+Z", actions.redo, "↷");
    this.sources = h("button", { type: "button", class: "button small", title: "Montrer ce qui appuie chaque phrase", mousedown: (e) => e.preventDefault(), click: () => (actions.support(), press(this.sources, actions.supported())) }, "Sources");
    press(this.sources, actions.supported());
    this.el = h(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Mise en forme", "aria-controls": "motion-texte", keydown: (e) => this.move(e as KeyboardEvent) },
      this.kind,
      this.strong,
      this.em,
      this.undo,
      this.redo,
      button("Monter le bloc", "Alt+↑", () => actions.run(moveSelected(-1)), "↑"),
      button("Descendre le bloc", "Alt+↓", () => actions.run(moveSelected(1)), "↓"),
      this.sources,
      button("Commenter", "Ctrl+Alt+M", actions.comment),
      (this.look = button("Chercher", "Ctrl+F", actions.find)),
    );
    this.focusable(0);
    this.actions = actions;
  }

  private readonly actions: ToolbarActions;

  /** update follows the cursor, once one has put it somewhere. */
  update(state: EditorState, entered: boolean): void {
    const kind = (entered && selectedKind(state)) || "";
    const value = (KINDS as readonly string[]).includes(kind) ? kind : "";
    if (this.kind.value !== value) this.kind.value = value;
    press(this.strong, active(state, "strong"));
    press(this.em, active(state, "em"));
    const can = this.actions.can();
    // aria-disabled and not disabled: the focus must not fall off a button
    // that has just done its last work.
    put(this.undo, "aria-disabled", !can.undo);
    put(this.redo, "aria-disabled", !can.redo);
  }

  /** setWritable tells whether one may write in the text; else one may still look. */
  setWritable(yes: boolean): void {
    for (const el of this.el.querySelectorAll<HTMLButtonElement | HTMLSelectElement>("button, select")) el.disabled = !yes && el !== this.sources && el !== this.look;
    this.focusable(0);
  }

  private controls(): HTMLElement[] {
    return [...this.el.querySelectorAll<HTMLElement>("button:enabled, select:enabled")];
  }

  private focusable(index: number): void {
    this.controls().forEach((el, i) => (el.tabIndex = i === index ? 0 : -1));
  }

  private move(event: KeyboardEvent): void {
    const controls = this.controls();
    const at = controls.indexOf(document.activeElement as HTMLElement);
    let to = at;
    if (event.key === "ArrowRight") to = (at + 1) % controls.length;
    else if (event.key === "ArrowLeft") to = (at + controls.length - 1) % controls.length;
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = controls.length - 1;
    else return;
    event.preventDefault();
    this.focusable(to);
    controls[to].focus();
  }
}

function press(button: HTMLButtonElement, on: boolean): void {
  put(button, "aria-pressed", on);
}

/** put writes an attribute where it has not that value already: style would be sought
 * again. */
function put(button: HTMLButtonElement, name: string, on: boolean): void {
  if (button.getAttribute(name) !== String(on)) button.setAttribute(name, String(on));
}

function keys(shortcut: string): string {
  return shortcut.replace("Ctrl", "Control").replace("Maj", "Shift").replace("↑", "ArrowUp").replace("↓", "ArrowDown");
}

export function active(state: EditorState, name: "strong" | "em"): boolean {
  const type = schema.marks[name];
  const { from, to, empty, $from } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
}
