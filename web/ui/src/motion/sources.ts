// Where the sentence under the cursor comes from: the words that its citations
// point to, each leading to the whole contribution.
import { h } from "./dom";
import type { Verbatim } from "./themes";

export class Sources {
  readonly el: HTMLElement;
  private shown = "";

  constructor(private readonly release: (segment: string) => void) {
    this.el = h("section", { class: "sources", "aria-label": "Sources de cette phrase", "aria-live": "polite" });
    this.el.hidden = true;
  }

  /** show tells of the sentence under the cursor; one without a source says who
   * answers for it, one that quotes other words than its sources' that it does. */
  show(sources: Verbatim[], editable: boolean, bare: boolean, altered = false): void {
    const shown = JSON.stringify([sources, editable, bare, altered]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.el.hidden = !sources.length && !bare;
    if (!sources.length) return this.el.replaceChildren(...(bare ? [h("p", {}, "Cette phrase n’a pas de source\u00a0: les rapporteur·es en répondent.")] : []));
    this.el.replaceChildren(
      h("h2", {}, sources.length === 1 ? "Source de cette phrase" : `${sources.length} sources de cette phrase`),
      altered ? h("p", { class: "tag warn" }, "La citation ne dit plus les mots de sa source.") : "",
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
  }
}
