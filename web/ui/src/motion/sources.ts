// Where the sentence under the cursor comes from: the words that its citations
// point to, each leading to the whole contribution.
import { count, h } from "./dom";
import type { Verbatim } from "./themes";

/** Where the text has little room, sources are one line until one opens it. */
const small = matchMedia("(max-width: 56.25rem), (max-height: 40rem)");

const ALTERED = "La citation ne dit plus les mots de sa source.";

export class Sources {
  readonly el: HTMLElement;
  private readonly list = h("div");
  /** What a screen reader is told: how many there are, their words are read on demand. */
  private readonly told = h("p", { class: "visually-hidden", role: "status" });
  private shown = "";
  /** What the person has chosen on this page: open or not. */
  private open: boolean | null = null;

  constructor(private readonly release: (segment: string) => void) {
    this.el = h("section", { class: "sources", "aria-label": "Sources de cette phrase" }, this.list, this.told);
    this.el.hidden = true;
    small.addEventListener("change", () => this.unfold());
  }

  private unfold(): void {
    const details = this.el.querySelector("details");
    if (details) details.open = this.open ?? !small.matches;
  }

  /** show tells of the sentence under the cursor; one without a source says who
   * answers for it, one that quotes other words than its sources' that it does. */
  show(sources: Verbatim[], editable: boolean, bare: boolean, altered = false): void {
    const shown = JSON.stringify([sources, editable, bare, altered]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.el.hidden = !sources.length && !bare;
    this.told.textContent = altered ? ALTERED : sources.length ? count(sources.length, "source") : bare ? "Sans source" : "";
    if (!sources.length) return this.list.replaceChildren(...(bare ? [h("p", {}, "Cette phrase n’a pas de source\u00a0: les rapporteur·es en répondent.")] : []));
    const toggle = () => (this.open = !details.open);
    const details = h(
      "details",
      {},
      h(
        "summary",
        { click: toggle },
        sources.length === 1 ? "Source de cette phrase" : `${sources.length}\u00a0sources de cette phrase`,
        altered ? h("span", { class: "tag warn" }, ALTERED) : "",
      ),
      h(
        "ul",
        { class: "plain" },
        ...sources.map((v) =>
          h(
            "li",
            {},
            v.text ? h("blockquote", {}, v.text) : null,
            h(
              "p",
              { class: "actions" },
              v.who ? h("span", { class: "hint" }, v.who) : null,
              h("a", { href: v.contribution, target: "_blank", rel: "noopener" }, "Lire la contribution"),
              editable &&
                h("button", { type: "button", class: "button small", mousedown: (e) => e.preventDefault(), click: () => this.release(v.segment) }, "Retirer cette citation"),
            ),
          ),
        ),
      ),
    );
    this.list.replaceChildren(details);
    this.unfold();
  }
}
