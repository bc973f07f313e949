// The text for the room: large, read only, following whoever moves their
// cursor, or the one person who was chosen. This page is nobody's presence.
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Presence } from "../binding/cursors";
import { position } from "../binding/flat";
import { h } from "./dom";
import { Line, type LineState } from "./provider";
import { Text } from "./view";

const SIZES = 7;
const KEPT = "congres-projection";

export function project(el: HTMLElement): void {
  const data = el.dataset;
  const doc = new Y.Doc();
  const ytext = doc.getText("motion");
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);

  const place = h("div", { class: "projection-text" });
  const status = h("p", { class: "projection-status", role: "status" });
  const who = h("select", { id: "suivre", change: () => follow(true) }, h("option", { value: "" }, "La personne qui écrit"), h("option", { value: "-" }, "Personne"));
  let size = 3;
  try {
    size = Number(localStorage.getItem(KEPT)) || size;
  } catch {
    // A device that keeps nothing starts at the middle size.
  }
  const resize = (to: number) => {
    size = Math.max(1, Math.min(SIZES, to));
    el.dataset.size = String(size);
    try {
      localStorage.setItem(KEPT, String(size));
    } catch {
      // Then for this page only.
    }
    follow(true);
  };
  const button = (label: string, key: string, act: () => void, content = label) =>
    h("button", { type: "button", class: "button small", "aria-label": label, "aria-keyshortcuts": key, title: `${label} (${key})`, click: act }, content);
  const full = () => void (document.fullscreenElement ? document.exitFullscreen() : el.requestFullscreen?.().catch(() => {}));
  document.body.classList.add("projecting");
  el.replaceChildren(
    h(
      "div",
      { class: "projection-bar", role: "group", "aria-label": "Projection" },
      h("a", { href: data.back ?? "/motion" }, "Quitter"),
      h("label", { for: "suivre" }, "Suivre"),
      who,
      button("Réduire", "-", () => resize(size - 1), "A−"),
      button("Agrandir", "+", () => resize(size + 1), "A+"),
      button("Plein écran", "F", full),
      status,
    ),
    place,
  );

  const text = new Text({
    place,
    ytext,
    awareness,
    editable: () => false,
    hold: () => {},
    release: () => {},
    verbatim: (segment) => ({ segment, text: "", who: "" }),
    find: () => {},
    comment: () => {},
    comments: { resolved: () => true, current: () => null },
    found: () => null,
    supported: () => false,
    say: () => {},
  });
  text.binding.onState = (next) => {
    text.view.updateState(next);
    follow(false);
  };

  // When each person's cursor last moved, by what they say of it.
  const moved = new Map<number, { cursor: string; at: number }>();
  let turn = 0;
  awareness.on("change", () => {
    const names = new Map<string, string>();
    awareness.getStates().forEach((s: Presence, client: number) => {
      if (!s.user) return;
      names.set(s.user.name, s.user.name);
      const cursor = JSON.stringify(s.cursor?.head ?? null);
      if (s.cursor && moved.get(client)?.cursor !== cursor) moved.set(client, { cursor, at: ++turn });
    });
    const chosen = who.value;
    if (chosen && chosen !== "-") names.set(chosen, chosen); // who left for a moment comes back
    const wanted = [...names.keys()].sort();
    if (wanted.join("\n") !== [...who.options].slice(2).map((o) => o.value).join("\n")) {
      while (who.options.length > 2) who.remove(2);
      for (const name of wanted) who.append(h("option", { value: name }, name));
      who.value = chosen;
    }
    follow(false);
  });

  let last = "";
  /** follow brings the followed person's place into the middle of the screen,
   * where it has changed. */
  function follow(again: boolean): void {
    if (who.value === "-") return;
    let best: { client: number; at: number } | null = null;
    awareness.getStates().forEach((s: Presence, client: number) => {
      const at = moved.get(client)?.at ?? 0;
      if (s.cursor && s.user && (!who.value || s.user.name === who.value) && (!best || at > best.at)) best = { client, at };
    });
    const found = best as { client: number } | null;
    const head = found && (awareness.getStates().get(found.client) as Presence).cursor?.head;
    if (!head) return;
    let pos: number;
    try {
      const absolute = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(head), doc);
      if (absolute?.type !== ytext) return;
      pos = position(text.binding.state.doc, absolute.index).pos;
    } catch {
      return; // what another program says may be anything
    }
    const key = `${JSON.stringify(head)} ${pos} ${text.binding.state.doc.content.size}`;
    if (key === last && !again) return;
    last = key;
    requestAnimationFrame(() => {
      if (text.view.isDestroyed || pos > text.view.state.doc.content.size) return;
      const { top, bottom } = text.view.coordsAtPos(pos);
      const scroller = document.fullscreenElement === el ? el : document.scrollingElement!;
      const by = (top + bottom) / 2 - innerHeight / 2;
      // What is in the middle half of the screen is in sight: nothing moves.
      if (Math.abs(by) > innerHeight / 4) scroller.scrollBy({ top: by, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    });
  }

  const url = new URL(data.sync ?? "", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  new Line({
    url: url.href,
    doc,
    awareness,
    flush: () => {},
    onState: (now: LineState) => {
      const words =
        now.kind === "offline" ? "Connexion perdue\u00a0: le texte est celui d’avant, la page revient d’elle-même." : now.kind === "refused" ? now.reason || "Ce texte ne peut plus être montré ici\u00a0: rechargez la page." : "";
      if (status.textContent !== words) status.textContent = words;
    },
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === who) return;
    if (event.key === "+" || event.key === "=") resize(size + 1);
    else if (event.key === "-") resize(size - 1);
    else if (event.key.toLowerCase() === "f") full();
    else return;
    event.preventDefault();
  });
  resize(size);
}
