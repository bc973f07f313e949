// What is shown when the server does not take what this device has: the words, to
// be copied, and where the text can still be written, the way back to the one
// that the others share. Without it, the device's copy would meet the same
// refusal at each reload.
import type { Node } from "prosemirror-model";
import { kindOf } from "../binding/schema";
import { copy } from "../app/copy";
import { h } from "./dom";

/** Why the server does not take the words: there are too many, or the person may
 * not write here any more. */
export type Why = "too large" | "withdrawn";

const SAYS: Record<Why, { title: string; what: string }> = {
  "too large": {
    title: "Le serveur ne peut pas garder ce qui a été ajouté ici",
    what: "Le texte de cet appareil est ci-dessous. Copiez ce que vous voulez en garder, puis repartez du texte partagé\u00a0: vous y recollerez vos mots en plusieurs fois.",
  },
  withdrawn: {
    title: "Vous ne pouvez plus écrire dans ce texte",
    what: "Le texte de cet appareil est ci-dessous\u00a0: ce que vous y avez écrit sans connexion n’est nulle part ailleurs. Copiez-le, puis transmettez vos mots à l’équipe ou à un·e rapporteur·e.",
  },
};

/** wordsOf is a text as it can be copied: a line a block. */
export function wordsOf(doc: Node): string {
  const lines: string[] = [];
  doc.forEach((block) => lines.push(block.textContent));
  return lines.join("\n");
}

/** titleOf is the text of the block that is its title, if there is one. */
export function titleOf(doc: Node): string {
  let title = "";
  doc.forEach((block) => void (title ||= kindOf(block) === "title" ? block.textContent : ""));
  return title;
}

export class Impasse {
  private readonly title = h("h2", { id: "impasse" });
  private readonly what = h("p");
  private readonly back = h("button", { type: "button", class: "button secondary", click: () => void this.leave() }, "Repartir du texte partagé");
  private readonly words = h("textarea", { id: "impasse-texte", rows: "8", readonly: "" });
  private readonly told = h("p", { class: "hint", role: "status" });
  private readonly near = h("span", { class: "hint", role: "status" });
  /** What stands in the line that says so wherever one writes. */
  readonly bar = h("p", { class: "actions" }, this.button(this.near), this.near);
  readonly el = h(
    "section",
    { class: "notice warn", "aria-labelledby": "impasse" },
    this.title,
    this.what,
    h("p", { class: "field" }, h("label", { for: "impasse-texte" }, "Le texte de cet appareil"), this.words),
    h("p", { class: "actions" }, this.button(), this.back),
    this.told,
  );

  /** leave forgets the device's copy and opens the shared text, which reads says
   * that the person may still do where nobody writes in it any more. */
  constructor(
    private readonly leave: () => Promise<void>,
    private readonly reads: boolean,
  ) {
    this.el.hidden = this.bar.hidden = true;
  }

  /** show offers the words of doc; without a reason, nothing. */
  show(why: Why | undefined, doc: Node): void {
    this.el.hidden = this.bar.hidden = !why;
    if (!why) return;
    this.title.textContent = SAYS[why].title;
    this.what.textContent = SAYS[why].what;
    this.back.hidden = why === "withdrawn" && !this.reads;
    this.words.value = wordsOf(doc);
  }

  private button(told: HTMLElement = this.told): HTMLButtonElement {
    return h("button", { type: "button", class: "button small", click: async () => (told.textContent = await copy(this.words)) }, "Copier ce texte");
  }
}
