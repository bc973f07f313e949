// Find and replace: Ctrl+F within the text opens it, Escape closes it and gives
// the cursor back. Enter goes to the next place, Maj+Entrée to the one before. What
// is quoted of the élus is found as anything else, and rewritten only where one
// asks for it: they have said what they have said.
import type { Command, EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { find, outside, replaceAll, select, type Match } from "../binding/find";
import { count, h } from "./dom";

export interface FinderActions {
  state(): EditorState;
  /** Runs a command and leaves the focus where it is. */
  run(command: Command): void;
  /** Brings what is selected in the text into sight. */
  bring(): void;
  editable(): boolean;
  leave(): void;
  /** Has the server keep the text as it is, before much is changed; false where
   * that could not be done. */
  keep(): Promise<boolean>;
  /** Draws the text again, with what was found. */
  redraw(): void;
}

/** replaced puts words in place of matches, as one thing to undo: with a capital
 * where what was found had one and neither what one looked for nor what one
 * writes instead has. */
export function replaced(matches: readonly Match[], looked: string, words: string): Command {
  const plain = /^\p{Ll}/u.test(looked) && /^\p{Ll}/u.test(words) && looked.toLowerCase() !== words.toLowerCase();
  const capital = words.replace(/^./u, (c) => c.toUpperCase());
  return (state, dispatch) => {
    if (!matches.length) return false;
    const tr = state.tr;
    const same = { tr } as EditorState; // all in one transaction
    for (const match of [...matches].reverse()) replaceAll([match], plain && /^\p{Lu}/u.test(state.doc.textBetween(match.from, match.to)) ? capital : words)(same, () => {});
    dispatch?.(tr);
    return true;
  };
}

export class Finder {
  readonly el: HTMLElement;
  private readonly words = h("input", { type: "search", id: "chercher", autocomplete: "off", input: () => this.look(), keydown: (e) => this.key(e as KeyboardEvent) });
  private readonly by = h("input", { type: "text", id: "remplacer", autocomplete: "off" });
  private readonly accents = h("input", { type: "checkbox", id: "accents", change: () => this.look() });
  private readonly quoted = h("input", { type: "checkbox", id: "citations" });
  private readonly found = h("p", { class: "hint", role: "status" });
  private readonly single = button("Remplacer", () => this.one());
  private readonly every = button("Tout remplacer", () => void this.all());
  private matches: Match[] = [];
  private told = false;

  constructor(private readonly actions: FinderActions) {
    this.el = h(
      "section",
      { class: "finder", role: "search", "aria-label": "Chercher et remplacer dans le texte", keydown: (e) => (e as KeyboardEvent).key === "Escape" && this.close() },
      h("p", { class: "finder-field" }, h("label", { for: "chercher" }, "Chercher"), this.words),
      h("p", { class: "finder-field" }, h("label", { for: "remplacer" }, "Remplacer par"), this.by),
      h("p", { class: "check" }, this.accents, h("label", { for: "accents" }, "Tenir compte des accents")),
      h("p", { class: "check" }, this.quoted, h("label", { for: "citations" }, "Tout remplacer, y compris dans les citations")),
      h(
        "p",
        { class: "actions" },
        button("Précédent", () => this.go(-1)),
        button("Suivant", () => this.go(1)),
        this.single,
        this.every,
        button("Fermer", () => this.close()),
      ),
      this.found,
    );
    this.el.hidden = true;
  }

  /** setWritable tells whether one may write in the text. */
  setWritable(yes: boolean): void {
    this.single.disabled = this.every.disabled = this.by.disabled = !yes;
  }

  open(): void {
    const { doc, selection } = this.actions.state();
    if (!selection.empty && selection.$from.sameParent(selection.$to)) this.words.value = doc.textBetween(selection.from, selection.to);
    this.el.hidden = false;
    this.words.focus();
    this.words.select();
    this.look();
  }

  /** update follows the text, which others change too. */
  update(): void {
    // What was just done stays said until one looks for something again.
    if (!this.el.hidden && !this.told) this.look();
  }

  private close(): void {
    this.el.hidden = true;
    this.actions.redraw();
    this.actions.leave();
  }

  /** decorations marks what was found: while one is in these fields the page
   * shows no selection in the text. */
  decorations(state: EditorState): DecorationSet | null {
    if (this.el.hidden) return null;
    const { from, to } = state.selection;
    return DecorationSet.create(
      state.doc,
      find(state.doc, this.words.value, this.accents.checked).map((m) => Decoration.inline(m.from, m.to, { class: m.from === from && m.to === to ? "found current" : "found" })),
    );
  }

  private look(): void {
    this.told = false;
    this.matches = find(this.actions.state().doc, this.words.value, this.accents.checked);
    this.actions.redraw();
    const at = this.current();
    this.say(!this.words.value ? "" : !this.matches.length ? "Ces mots ne sont pas dans le texte." : count(this.matches.length, "fois", "fois") + (at < 0 ? "" : `, ${at + 1} sur ${this.matches.length}`));
  }

  private current(): number {
    const { from, to } = this.actions.state().selection;
    return this.matches.findIndex((m) => m.from === from && m.to === to);
  }

  private go(by: 1 | -1): void {
    this.look();
    const n = this.matches.length;
    if (!n) return;
    const { from } = this.actions.state().selection;
    let to = this.current();
    if (to >= 0) to = (to + by + n) % n;
    else if (by > 0) to = Math.max(0, this.matches.findIndex((m) => m.from >= from));
    else to = (this.matches.filter((m) => m.from < from).length + n - 1) % n;
    this.actions.run(select(this.matches[to]));
    this.look();
    this.actions.bring();
  }

  private one(): void {
    if (!this.actions.editable()) return;
    const at = this.current();
    if (at >= 0) this.actions.run(replaced([this.matches[at]], this.words.value, this.by.value));
    this.go(1);
  }

  private async all(): Promise<void> {
    if (!this.actions.editable()) return;
    this.look();
    if (!this.matches.length) return;
    const kept = this.chosen().length > 0 && (await this.actions.keep());
    this.look(); // others may have written meanwhile
    const chosen = this.chosen();
    const left = this.matches.length - chosen.length;
    this.actions.run(replaced(chosen, this.words.value, this.by.value));
    this.look();
    this.told = true;
    this.say(
      (chosen.length ? `${count(chosen.length, "remplacement")}. ` : "") +
        (left ? `${count(left, "passage laissé tel quel", "passages laissés tels quels")} dans les citations. ` : "") +
        (!chosen.length ? "" : "«\u202fAnnuler\u202f» les défait d’un coup" + (kept ? "\u202f; le texte d’avant est gardé parmi les versions." : ". La version d’avant n’a pas pu être gardée sur le serveur.")),
    );
  }

  /** chosen gives the matches that are replaced together. */
  private chosen(): Match[] {
    return this.quoted.checked ? this.matches : outside(this.actions.state().doc, this.matches);
  }

  private say(words: string): void {
    if (this.found.textContent !== words) this.found.textContent = words;
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.go(event.shiftKey ? -1 : 1);
  }
}

function button(label: string, act: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button small", click: act }, label);
}
