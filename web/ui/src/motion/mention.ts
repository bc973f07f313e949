// Names proposed while one types @ in a comment: the keys and the list of a
// combobox with list autocompletion (WAI-ARIA APG). The field stays a text box,
// since HTML allows a textarea no other role; a text box may point to the
// active option too, and what the list holds is also told.
import { count, fold, h } from "./dom";

/** Names that are shown at most; more letters find the others. */
const MOST = 8;
/** Characters behind @ that may still be the beginning of a name. */
const LONGEST = 60;

let lists = 0;

/** matching gives the names that begin with some letters, or have a word that
 * does, whatever their case and accents; the former come first. */
export function matching(names: readonly string[], letters: string): string[] {
  const wanted = fold(letters);
  const begin = names.filter((name) => fold(name).startsWith(wanted));
  const inside = names.filter((name) => !begin.includes(name) && fold(name).split(/[\s’'-]+/).some((_word, i, all) => all.slice(i).join(" ").startsWith(wanted)));
  return [...begin, ...inside];
}

/** begun is what stands between the @ before the cursor and the cursor, null
 * where no name is being typed. An @ inside a word is an address. */
export function begun(text: string, at: number): string | null {
  const from = text.lastIndexOf("@", at - 1);
  if (from < 0 || (from > 0 && !/[\s(«“"’'-]/.test(text[from - 1]))) return null;
  const letters = text.slice(from + 1, at);
  return letters.length > LONGEST || /[\n@]|^\s/.test(letters) ? null : letters;
}

export class Mention {
  readonly el: HTMLElement;
  private readonly list: HTMLUListElement;
  private readonly told = h("p", { class: "visually-hidden", role: "status" });
  private names: readonly string[] = [];
  private found: string[] = [];
  private active = 0;
  private letters = "";

  /** `changed` is called when a name was put into the field. */
  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly changed: () => void,
  ) {
    const id = `mention-${++lists}`;
    this.list = h("ul", { id, class: "plain mention", role: "listbox", "aria-label": "Personnes à mentionner", pointerdown: (e) => e.preventDefault() });
    this.el = h("div", {}, this.list, this.told);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", id);
    area.addEventListener("input", () => this.look());
    area.addEventListener("click", () => this.look());
    area.addEventListener("blur", () => this.close());
    area.addEventListener("keydown", (event) => this.key(event));
    this.close();
  }

  know(names: readonly string[]): void {
    this.names = names;
  }

  private get open(): boolean {
    return !this.list.hidden;
  }

  private look(): void {
    const { value, selectionStart: at, selectionEnd: end } = this.area;
    const letters = at === end ? begun(value, at) : null;
    const found = letters === null ? [] : matching(this.names, letters);
    if (!found.length || (found.length === 1 && found[0] === letters)) return this.close();
    this.letters = letters!;
    this.found = found.slice(0, MOST);
    this.active = 0;
    this.list.hidden = false;
    this.told.textContent = `${found.length > MOST ? `${MOST} noms sur ${found.length}` : count(found.length, "nom")}\u00a0: flèches pour choisir, Entrée pour mentionner, Échap pour fermer.`;
    this.draw();
  }

  private draw(): void {
    this.list.replaceChildren(
      ...this.found.map((name, i) => h("li", { id: `${this.list.id}-${i}`, role: "option", "aria-selected": String(i === this.active), click: () => this.choose(i) }, name)),
    );
    const option = this.list.children[this.active];
    this.area.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    if (!this.open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const n = this.found.length;
    if (event.key === "ArrowDown") this.active = (this.active + 1) % n;
    else if (event.key === "ArrowUp") this.active = (this.active + n - 1) % n;
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.choose(this.active);
    else return void (/^(ArrowLeft|ArrowRight|Home|End)$/.test(event.key) && this.close());
    // The list's own: the field would move its cursor, send, or be left.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.open) this.draw();
  }

  private choose(i: number): void {
    const at = this.area.selectionStart;
    this.area.setRangeText(`@${this.found[i]} `, at - this.letters.length - 1, at, "end");
    this.close();
    this.told.textContent = `${this.found[i]} est mentionné·e.`;
    this.changed();
  }

  private close(): void {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.told.textContent = "";
    this.area.removeAttribute("aria-activedescendant");
  }
}
