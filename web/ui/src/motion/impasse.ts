// What is shown when the server cannot take what this device has: the words, to
// be copied, and the way back to the text that the others share. Without it,
// the device's copy would meet the same refusal at each reload.
import type { Node } from "prosemirror-model";
import { h } from "./dom";

export class Impasse {
  private readonly words = h("textarea", { id: "impasse-texte", rows: "8", readonly: "" });
  private readonly told = h("p", { class: "hint", role: "status" });
  readonly el = h(
    "section",
    { class: "notice warn", "aria-labelledby": "impasse" },
    h("h2", { id: "impasse" }, "Le serveur ne peut pas garder ce qui a été ajouté ici"),
    h("p", {}, "Le texte de cet appareil est ci-dessous. Copiez ce que vous voulez en garder, puis repartez du texte partagé\u00a0: vous y recollerez vos mots en plusieurs fois."),
    h("p", { class: "field" }, h("label", { for: "impasse-texte" }, "Le texte de cet appareil"), this.words),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button", click: () => void this.copy() }, "Copier ce texte"),
      h("button", { type: "button", class: "button secondary", click: () => void this.leave() }, "Repartir du texte partagé"),
    ),
    this.told,
  );

  /** leave forgets the device's copy and opens the shared text. */
  constructor(private readonly leave: () => Promise<void>) {
    this.el.hidden = true;
  }

  show(doc: Node | null): void {
    this.el.hidden = !doc;
    if (!doc) return;
    const lines: string[] = [];
    doc.forEach((block) => lines.push(block.textContent));
    this.words.value = lines.join("\n");
  }

  private async copy(): Promise<void> {
    this.words.select();
    try {
      await navigator.clipboard.writeText(this.words.value);
      this.told.textContent = "Le texte est copié.";
    } catch {
      this.words.focus();
      this.told.textContent = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl+C.";
    }
  }
}
