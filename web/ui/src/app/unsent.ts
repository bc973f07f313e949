// The page that refuses the editor: what was written there without a line, and is
// nowhere else, can still be read, copied and taken away, by the one who wrote it.
import { h } from "../motion/dom";
import { deviceOf, dropUnsent, unsent } from "./kept";

export function refused(root: Document): void {
  const motion = /^\/motion\/([^/]+)\/rediger$/.exec(location.pathname)?.[1];
  const { person } = root.body.dataset;
  if (!motion || !person || root.getElementById("editeur")) return;
  const text = unsent(motion, person);
  if (!text) return;
  const words = h("textarea", { id: "mots-refuses", rows: "10", readonly: true });
  words.value = text;
  const told = h("p", { class: "hint", role: "status" });
  const copy = async () => {
    words.select();
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Le texte est copié.";
    } catch {
      words.focus();
      told.textContent = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl+C.";
    }
  };
  const forget = () => {
    dropUnsent(motion, person);
    indexedDB.deleteDatabase(deviceOf(motion, person));
    section.replaceChildren(h("p", { role: "status" }, "Ces mots sont effacés de cet appareil."));
  };
  const section = h(
    "section",
    { class: "notice warn", "aria-labelledby": "refuses" },
    h("h2", { id: "refuses" }, "Des mots écrits ici hors connexion n’ont pas été acceptés"),
    h("p", {}, "Le texte de cet appareil est ci-dessous\u00a0: ce que vous y avez écrit sans connexion n’est nulle part ailleurs. Copiez-le, puis transmettez vos mots à l’équipe ou à un·e rapporteur·e."),
    h("p", { class: "field" }, h("label", { for: "mots-refuses" }, "Le texte de cet appareil"), words),
    h("p", { class: "actions" }, h("button", { type: "button", class: "button", click: () => void copy() }, "Copier ce texte")),
    told,
    h(
      "details",
      {},
      h("summary", {}, "Effacer ces mots"),
      h("p", {}, "Ils ne pourront pas être retrouvés."),
      h("p", { class: "actions" }, h("button", { type: "button", class: "button secondary", click: forget }, "Effacer de cet appareil")),
    ),
  );
  root.querySelector("main")!.append(section);
}
