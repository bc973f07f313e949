// Without the network: the service worker answers with the page « Hors
// connexion », and this fills it with what the device keeps of the address
// that was asked for: the form, and in it the words; or the text of a motion.
import { h } from "../motion/dom";
import { copying } from "./copy";
import { allUnsent, forms, meet, person, read, remember, wipe, write } from "./kept";
import { stayed } from "./leave";

/** offline comes before the drafts, which take up the form that it puts back. */
export function offline(root: Document): void {
  const place = root.querySelector<HTMLElement>("[data-offline]");
  if (place) return fill(root, place);
  const id = root.body.dataset.person;
  if ("left" in root.body.dataset) {
    void wipe();
    history.replaceState(null, "", location.pathname); // this tab may be opened again long after
  } else meet(id);
  if (!id) return;
  const form = root.querySelector<HTMLFormElement>("form[data-draft]");
  if (form) {
    const title = root.querySelector("h1")?.textContent ?? "";
    remember({ key: form.dataset.draft!, person: id, path: location.pathname, title, html: form.outerHTML, at: Date.now() });
  }
  // Not there on a site without TLS.
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

function fill(root: Document, place: HTMLElement): void {
  if (stayed(root, place)) return;
  const who = person();
  const mine = forms().filter((form) => form.person === who);
  const here = mine.find((form) => form.path === location.pathname);
  if (here) {
    const kept = read(here.key);
    // It was sent, and nobody answered: it is sent again once somebody does.
    if (kept?.left) write(here.key, { ...kept, left: false, send: true });
    root.title = root.title.replace(/^[^·]*(?= · )/, here.title);
    root.querySelector("h1")!.textContent = here.title;
    const form = root.createElement("template");
    form.innerHTML = here.html; // the server's own template, escaped there
    place.querySelector("[data-offline-none]")?.remove();
    place.querySelector<HTMLElement>("[data-offline-form]")!.hidden = false;
    place.append(form.content);
    return;
  }
  if (who) motions(root, place, who);
  const list = place.querySelector<HTMLElement>("[data-offline-list]")!;
  for (const { key, path, title } of mine) {
    const words = read(key)?.fields.texte?.[0]?.trim();
    if (!words) continue;
    const item = root.createElement("li");
    const link = root.createElement("a");
    link.href = path;
    link.textContent = title;
    const text = root.createElement("p");
    text.className = "words";
    text.textContent = words.length > 160 ? `${words.slice(0, 160)}…` : words;
    item.append(link, text);
    list.append(item);
    place.querySelector<HTMLElement>("[data-offline-drafts]")!.hidden = false;
  }
  again();
}

/** motions shows the texts that were written in here and have not left, the one that
 * was asked for first. */
function motions(root: Document, place: HTMLElement, who: string): void {
  const here = /^\/motion\/([^/]+)/.exec(location.pathname)?.[1];
  const all = allUnsent(who).sort((a, b) => Number(b.motion === here) - Number(a.motion === here));
  for (const { motion, title, text } of all) {
    const id = `motion-${motion}`;
    const section = h(
      "section",
      { "aria-labelledby": id },
      h("h2", { id }, title || "Motion en cours de rédaction"),
      h("p", {}, "Ce que vous y avez écrit hors connexion n’est pas encore envoyé. Voici le texte tel que cet appareil le garde\u00a0; il partira quand vous rouvrirez ", h("a", { href: `/motion/${motion}/rediger` }, "la page où on l’écrit"), ", une fois la connexion revenue."),
      ...copying(`${id}-texte`, text),
    );
    place.insertBefore(section, place.querySelector("[data-offline-drafts]"));
  }
  if (all[0]?.motion !== here || !here) return;
  const title = "Votre texte, hors connexion";
  root.title = root.title.replace(/^[^·]*(?= · )/, title);
  root.querySelector("h1")!.textContent = title;
}

/** again asks for the page once the connection is back and has held a moment;
 * never while one is on one's way elsewhere. */
function again(): void {
  let timer = 0;
  let leaving = false;
  addEventListener("beforeunload", () => (leaving = true));
  addEventListener("offline", () => clearTimeout(timer));
  addEventListener("online", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => !leaving && location.assign(location.href), 1000);
  });
}
