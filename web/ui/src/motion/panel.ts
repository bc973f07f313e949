// The themes beside the text: what is not reflected yet, and the verbatims to
// cite. It hears of the document's citations and shows them as they are now.
import { count, fold, h } from "./dom";
import type { Theme, Themes, Verbatim } from "./themes";

/** How a dragged verbatim is known again when it is dropped into the text. */
export const SEGMENT_TYPE = "application/x-congres-segment";

export interface PanelActions {
  cite(verbatim: Verbatim): void;
  support(verbatim: Verbatim): void;
}

export class Panel {
  readonly el: HTMLElement;
  /** Called with the number of themes not reflected, whenever it changes. */
  onMissing: (n: number) => void = () => {};

  private themes: Themes | null = null;
  private cited: ReadonlyMap<string, number> = new Map();
  private selection = false;
  private readonly summary = h("summary", {}, "Thèmes pas encore reflétés");
  private readonly missing = h("ul", { class: "plain" });
  private readonly list = h("div", { class: "theme-list" });
  private readonly found = h("p", { class: "hint", role: "status" });
  private readonly search: HTMLInputElement;
  private items: { theme: Theme; el: HTMLDetailsElement; tag: HTMLElement; fill(): void; verbatims: VerbatimItem[] }[] = [];

  constructor(private readonly actions: PanelActions) {
    this.search = h("input", { type: "search", id: "themes-recherche", autocomplete: "off", input: () => this.filter() });
    this.el = h(
      "section",
      { class: "editor-themes", "aria-labelledby": "themes-titre" },
      h("h2", { id: "themes-titre" }, "Thèmes et verbatims"),
      h("details", { class: "missing" }, this.summary, this.missing),
      h("label", { for: "themes-recherche" }, "Chercher un thème ou des mots"),
      this.search,
      this.found,
      this.list,
    );
    this.found.textContent = "Chargement des thèmes…";
  }

  fail(): void {
    if (!this.themes) this.found.textContent = "Les thèmes n’ont pas pu être chargés. Ils le seront dès que la connexion reviendra.";
  }

  show(themes: Themes): void {
    const open = new Set(this.items.filter((i) => i.el.open).map((i) => i.theme.id));
    this.themes = themes;
    this.items = themes.list.map((theme) => this.item(theme));
    this.list.replaceChildren(...this.items.map((i) => i.el));
    for (const item of this.items) item.el.open = open.has(item.theme.id);
    this.filter();
    this.refresh();
  }

  setCited(cited: ReadonlyMap<string, number>): void {
    this.cited = cited;
    this.refresh();
  }

  /** setSelection tells whether some words are selected, to be supported. */
  setSelection(some: boolean): void {
    if (some === this.selection) return;
    this.selection = some;
    for (const item of this.items) for (const v of item.verbatims) v.support.disabled = !some;
  }

  private refresh(): void {
    if (!this.themes) return;
    const missing = this.themes.missing(this.cited);
    this.summary.textContent = `Thèmes pas encore reflétés\u00a0: ${missing.length} sur ${this.themes.list.length}`;
    this.missing.replaceChildren(
      ...missing.map((theme) => h("li", {}, h("button", { type: "button", class: "button link", click: () => this.open(theme) }, theme.label))),
    );
    const left = new Set(missing);
    for (const item of this.items) {
      const reflected = !left.has(item.theme);
      item.tag.textContent = reflected ? "reflété" : "pas encore reflété";
      item.tag.className = reflected ? "tag ok" : "tag warn";
      for (const v of item.verbatims) v.cited.hidden = !this.cited.has(v.verbatim.segment);
    }
    this.onMissing(missing.length);
  }

  private open(theme: Theme): void {
    this.search.value = "";
    this.filter();
    const item = this.items.find((i) => i.theme === theme);
    if (!item) return;
    item.el.open = true;
    item.el.querySelector("summary")!.focus();
    item.el.scrollIntoView({ block: "nearest" });
  }

  private filter(): void {
    if (!this.themes) return;
    const words = fold(this.search.value).split(/\s+/).filter(Boolean);
    const match = (text: string) => words.every((w) => fold(text).includes(w));
    let shown = 0;
    for (const item of this.items) {
      const label = match(`${item.theme.label} ${item.theme.axis ?? ""}`);
      const hits = words.length ? item.theme.verbatims.filter((v) => match(`${v.text} ${v.who}`)) : [];
      item.el.hidden = words.length > 0 && !label && !hits.length;
      if (item.el.hidden) continue;
      shown++;
      if (words.length && hits.length) item.el.open = true;
      if (item.el.open) item.fill();
      const kept = new Set(hits);
      for (const v of item.verbatims) v.el.hidden = words.length > 0 && !label && !kept.has(v.verbatim);
    }
    this.found.textContent = words.length ? (shown ? count(shown, "thème") : "Aucun thème ne contient ces mots.") : "";
  }

  private item(theme: Theme) {
    const tag = h("span", { class: "tag" });
    const body = h("ul", { class: "plain" });
    const facts = [
      theme.elus !== undefined && count(theme.elus, "élu·e", "élu·es"),
      theme.communes !== undefined && count(theme.communes, "commune"),
      theme.contributions !== undefined && count(theme.contributions, "contribution"),
    ].filter(Boolean);
    const el = h(
      "details",
      { class: "theme-item" },
      h("summary", {}, h("span", { class: "theme-label" }, theme.label), " ", tag, h("span", { class: "hint" }, facts.join(" · "))),
      body,
    );
    const verbatims: VerbatimItem[] = [];
    // Filled when first opened: fifty themes hold a thousand verbatims.
    const fill = () => {
      if (verbatims.length) return;
      for (const v of theme.verbatims) verbatims.push(this.verbatim(v));
      body.replaceChildren(...verbatims.map((v) => v.el));
      if (!verbatims.length) body.append(h("li", { class: "hint" }, "Aucun verbatim pour ce thème."));
    };
    el.addEventListener("toggle", () => el.open && fill());
    return { theme, el, tag, fill, verbatims };
  }

  private verbatim(verbatim: Verbatim): VerbatimItem {
    const cited = h("span", { class: "tag ok" }, "cité");
    cited.hidden = !this.cited.has(verbatim.segment);
    const about = verbatim.text.length > 60 ? `${verbatim.text.slice(0, 60)}…` : verbatim.text;
    const support = h(
      "button",
      { type: "button", class: "button small", "aria-label": `Appuyer la sélection\u00a0: ${about}`, click: () => this.actions.support(verbatim) },
      "Appuyer la sélection",
    );
    support.disabled = !this.selection;
    const el = h(
      "li",
      {
        class: "verbatim",
        draggable: "true",
        dragstart: (event) => {
          const data = (event as DragEvent).dataTransfer!;
          data.setData(SEGMENT_TYPE, verbatim.segment);
          data.setData("text/plain", verbatim.text);
          data.effectAllowed = "copy";
        },
      },
      h("blockquote", {}, verbatim.text),
      h("p", { class: "hint" }, verbatim.who, " · ", h("a", { href: verbatim.contribution, target: "_blank", rel: "noopener" }, "la contribution"), " ", cited),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "button", class: "button small", "aria-label": `Citer\u00a0: ${about}`, click: () => this.actions.cite(verbatim) }, "Citer"),
        support,
      ),
    );
    return { verbatim, el, cited, support };
  }
}

interface VerbatimItem {
  verbatim: Verbatim;
  el: HTMLElement;
  cited: HTMLElement;
  support: HTMLButtonElement;
}
