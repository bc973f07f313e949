// The themes beside the text: what is not reflected yet, and the verbatims to
// cite. It hears of the document's citations and shows them as they are now.
import { count, fold, h } from "./dom";
import type { Found } from "./search";
import type { Choice, Theme, Themes, Verbatim } from "./themes";

/** How a dragged verbatim is known again when it is dropped into the text. */
export const SEGMENT_TYPE = "application/x-congres-segment";

/** How long after a key the server is asked, in milliseconds. */
const PAUSE = 250;

export interface PanelActions {
  cite(verbatim: Verbatim): void;
  support(verbatim: Verbatim): void;
}

export class Panel {
  readonly el: HTMLElement;
  /** Called with the number of themes not reflected, whenever it changes. */
  onMissing: (n: number) => void = () => {};
  /** Called with the filters, as the server reads them, when one was chosen. */
  onFilter: (query: URLSearchParams) => void = () => {};

  /** Has the server search everything that was contributed, under filters. */
  onSearch: ((words: string, query: URLSearchParams) => Promise<Found>) | null = null;

  private themes: Themes | null = null;
  private timer = 0;
  /** What the search field is asked about, and what the server has said of it:
   * null where it was not reached. */
  private question = "";
  private answer: { question: string; found: Found | null } | null = null;
  private cited: ReadonlyMap<string, number> = new Map();
  private selection = false;
  private writable = true;
  private readonly summary = h("summary", {}, "Thèmes pas encore reflétés");
  private readonly missing = h("ul", { class: "plain" });
  private readonly share = h("p", { class: "share" });
  private readonly filters = h("div", { class: "theme-filters" });
  private readonly chosen = { axe: "", departement: "", taille: "" };
  private offered = "";
  private readonly list = h("div", { class: "theme-list" });
  private readonly found = h("p", { class: "hint", role: "status" });
  private readonly search: HTMLInputElement;
  private items: ThemeItem[] = [];

  constructor(private readonly actions: PanelActions) {
    this.search = h("input", { type: "search", id: "themes-recherche", autocomplete: "off", input: () => this.seek() });
    this.el = h(
      "section",
      { class: "editor-themes", "aria-labelledby": "themes-titre" },
      h("h2", { id: "themes-titre" }, "Thèmes et verbatims"),
      this.share,
      h("details", { class: "missing" }, this.summary, this.missing),
      h("label", { for: "themes-recherche" }, "Chercher un thème ou des mots"),
      this.search,
      this.filters,
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
    this.offer();
    this.items = [...themes.list, { id: "", label: "Phrases hors des thèmes", segments: [], verbatims: [] }].map((theme) => this.item(theme));
    this.list.replaceChildren(...this.items.map((i) => i.el));
    for (const item of this.items) item.el.open = open.has(item.theme.id);
    this.answer = null;
    this.seek();
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
    this.able();
  }

  /** setWritable tells whether one may write in the text. */
  setWritable(yes: boolean): void {
    this.writable = yes;
    this.able();
  }

  private able(): void {
    for (const item of this.items) for (const v of [...item.verbatims, ...item.more]) this.allow(v);
  }

  private allow({ el, cite, support }: VerbatimItem): void {
    cite.disabled = !this.writable;
    support.disabled = !this.writable || !this.selection;
    el.draggable = this.writable;
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
      item.tag.hidden = !item.theme.id;
      for (const v of [...item.verbatims, ...item.more]) v.cited.hidden = !this.cited.has(v.verbatim.segment);
    }
    const { contributions = 0, elus = 0 } = this.themes.around;
    const covered = this.themes.covered(this.cited);
    const quoted = new Set([...this.cited.keys()].map((segment) => segment.split("@")[0])).size;
    const part = (n: number, of: number, what: string) => `${percent(n, of)} des ${what} (${n.toLocaleString("fr-FR")} sur ${of.toLocaleString("fr-FR")})`;
    const words = contributions
      ? `Le texte cite ${part(quoted, contributions, "contributions")}. Les thèmes qu’il reflète sont portés par ${part(covered.elus, elus, "élu·es")} et ${part(covered.contributions, contributions, "contributions")}.`
      : "";
    if (this.share.textContent !== words) this.share.textContent = words;
    this.onMissing(missing.length);
  }

  /** offer shows the filters that the server has, and keeps what was chosen. */
  private offer(): void {
    const { axes = [], departments = [], sizes = [] } = this.themes?.around.choices ?? {};
    const offered = JSON.stringify([axes, departments, sizes]);
    if (offered === this.offered) return;
    this.offered = offered;
    const one = (name: "axe" | "departement" | "taille", label: string, every: string, choices: Choice[]) => {
      if (!choices.length) return null;
      const select = h(
        "select",
        {
          id: `filtre-${name}`,
          change: () => {
            this.chosen[name] = select.value;
            this.onFilter(this.query());
          },
        },
        h("option", { value: "" }, every),
        ...choices.map((c) => h("option", { value: c.value }, c.label)),
      );
      select.value = this.chosen[name];
      return h("p", {}, h("label", { for: select.id }, label), select);
    };
    this.filters.replaceChildren(
      ...[one("axe", "Axe", "Tous", axes), one("departement", "Département", "Tous", departments), one("taille", "Taille de commune", "Toutes", sizes)].filter((el) => el !== null),
    );
  }

  private open(theme: Theme): void {
    this.search.value = "";
    this.seek();
    const item = this.items.find((i) => i.theme === theme);
    if (!item) return;
    item.el.open = true;
    item.el.querySelector("summary")!.focus();
    item.el.scrollIntoView({ block: "nearest" });
  }

  /** query is the filters as the server reads them. */
  private query(): URLSearchParams {
    return new URLSearchParams(Object.entries(this.chosen).filter(([, value]) => value));
  }

  /** seek shows what this page holds of the words at once, and asks the server for
   * the rest when the typing pauses. */
  private seek(): void {
    const words = this.search.value.trim();
    const query = this.query();
    const question = words && `${words}?${query}`;
    if (question !== this.question) clearTimeout(this.timer);
    if (question && this.onSearch && (question !== this.question || !this.answer)) {
      const answer = (found: Found | null) => {
        if (question !== this.question) return; // more was typed meanwhile
        this.answer = { question, found };
        this.themes?.learn(found?.verbatims ?? []);
        for (const item of this.items) this.extend(item, (found?.verbatims ?? []).filter((v) => v.theme === item.theme.id || (!item.theme.id && !this.items.some((i) => i.theme.id === v.theme))));
        this.filter();
      };
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.onSearch!(words, query).then(answer, () => answer(null)), PAUSE);
    }
    this.question = question;
    this.filter();
  }

  /** extend puts under a theme what was found of it beyond its first verbatims. */
  private extend(item: ThemeItem, found: readonly Verbatim[]): void {
    for (const v of item.more) v.el.remove();
    const known = new Set(item.theme.verbatims.map((v) => v.segment));
    item.more = found.filter((v) => !known.has(v.segment)).map((v) => this.verbatim(v));
    if (item.more.length) item.fill();
    item.body.append(...item.more.map((v) => v.el));
  }

  private filter(): void {
    if (!this.themes) return;
    const words = fold(this.search.value).split(/\s+/).filter(Boolean);
    const match = (text: string) => words.every((w) => fold(text).includes(w));
    const narrowed = Object.values(this.chosen).some(Boolean);
    const answered = this.answer?.question === this.question ? this.answer : null;
    let shown = 0;
    for (const item of this.items) {
      const label = !!item.theme.id && match(`${item.theme.label} ${item.theme.axis ?? ""}`);
      const hits = words.length ? item.theme.verbatims.filter((v) => match(`${v.text} ${v.who}`)) : [];
      // What the server found for other words is looked at again.
      const more = words.length ? item.more.filter((v) => answered || match(`${v.verbatim.text} ${v.verbatim.who}`)) : [];
      for (const v of item.more) v.el.hidden = !more.includes(v);
      const some = hits.length + more.length > 0;
      item.el.hidden = (words.length ? !label && !some : !item.theme.id) || (narrowed && !item.theme.verbatims.length && !some);
      if (item.el.hidden) continue;
      if (item.theme.id) shown++;
      if (words.length && some) item.el.open = true;
      if (item.el.open) item.fill();
      const kept = new Set(hits);
      for (const v of item.verbatims) v.el.hidden = words.length > 0 && !label && !kept.has(v.verbatim);
    }
    const none = words.length ? "Aucun thème ne contient ces mots." : "Aucune contribution ne correspond à ce choix.";
    const themes = words.length || narrowed ? (shown ? count(shown, "thème") : none) : "";
    this.found.textContent = this.themes.around.problem ?? (words.length ? this.says(shown, themes, answered) : themes);
  }

  /** says what was searched and found: everything, or, where the server is not
   * reached, only what this page holds. */
  private says(shown: number, themes: string, answered: Panel["answer"]): string {
    if (!this.onSearch) return themes;
    if (!answered) return "Recherche dans toutes les contributions…";
    const found = answered.found;
    if (!found) return `${shown ? `${themes}.` : themes} La recherche n’a porté que sur les premiers verbatims de chaque thème\u00a0: le serveur n’est pas joignable.`;
    if (!found.total) return shown ? `${themes}, et aucune phrase.` : "Aucune contribution ne contient ces mots.";
    const first = found.total > found.verbatims.length ? `, dont les ${found.verbatims.length} premières ci-dessous` : "";
    return `${count(found.total, "phrase")} dans toutes les contributions${first}\u00a0; ${count(shown, "thème")}.`;
  }

  private item(theme: Theme): ThemeItem {
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
      body.prepend(...verbatims.map((v) => v.el));
      if (!verbatims.length && theme.id && !body.childElementCount) body.append(h("li", { class: "hint" }, "Aucun verbatim pour ce thème."));
    };
    el.addEventListener("toggle", () => el.open && fill());
    return { theme, el, body, tag, fill, verbatims, more: [] };
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
    const cite = h("button", { type: "button", class: "button small", "aria-label": `Citer\u00a0: ${about}`, click: () => this.actions.cite(verbatim) }, "Citer");
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
        cite,
        support,
      ),
    );
    const item = { verbatim, el, cited, cite, support };
    this.allow(item);
    return item;
  }
}

/** percent rounds as the server does: 100 only when it is whole, 0 only when
 * there is nothing. */
function percent(part: number, whole: number): string {
  const n = part && whole ? (part < whole ? Math.max(1, Math.min(99, Math.round((100 * part) / whole))) : 100) : 0;
  return `${n}\u00a0%`;
}

interface ThemeItem {
  theme: Theme;
  el: HTMLDetailsElement;
  body: HTMLElement;
  tag: HTMLElement;
  fill(): void;
  verbatims: VerbatimItem[];
  /** What was found beyond them. */
  more: VerbatimItem[];
}

interface VerbatimItem {
  verbatim: Verbatim;
  el: HTMLElement;
  cited: HTMLElement;
  cite: HTMLButtonElement;
  support: HTMLButtonElement;
}
