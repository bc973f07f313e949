// The page that refuses the editor: what was written there without a line, and is
// nowhere else, can still be read, copied and taken away, by the one who wrote it.
import { h } from "../motion/dom";
import { copying } from "./copy";
import { deviceOf, dropUnsent, unsent } from "./kept";

export function refused(root: Document): void {
  const motion = /^\/motion\/([^/]+)\/rediger$/.exec(location.pathname)?.[1];
  const { person } = root.body.dataset;
  if (!motion || !person || root.getElementById("editeur")) return;
  const kept = unsent(motion, person);
  if (!kept) return;
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
    ...copying("mots-refuses", kept.text),
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
