// Signing out leaves nothing on a shared computer, so not before what was written
// there has been sent or given up. And without the network nothing comes of it, which
// must be said: who believes to have left leaves the computer open.
import { h } from "../motion/dom";
import { person, waiting, type Waiting } from "./kept";

const ADDRESS = "/sortir";
const TITLE = "Vous n’êtes pas déconnecté·e";
const STILL =
  "Attention, le réseau ne répond pas\u00a0: votre session reste ouverte sur cet appareil. Ce qui n’est pas encore envoyé y reste gardé, rien n’est perdu. Dès que la connexion revient, déconnectez-vous de nouveau\u202f; d’ici là, ne laissez pas cet appareil à d’autres.";
const BACK = "La connexion est revenue. Votre session est encore ouverte\u00a0: vous pouvez vous déconnecter maintenant.";

/** Milliseconds between two looks at what is still unsent. */
const LOOK = 1000;

/** leave holds the form back while the browser knows that there is no network, and
 * while this device has words that the server does not: the page that one is on
 * stays, and says which. */
export function leave(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.getAttribute("action") !== ADDRESS) return;
    const who = root.body.dataset.person ?? person();
    const unsent = () => (who && !("lose" in form.dataset) ? waiting(who) : []);
    if (navigator.onLine && !unsent().length) return;
    event.preventDefault();
    root.getElementById("encore-la")?.remove();
    const notice = h("div", { id: "encore-la", class: "notice warn", role: "alert", tabindex: "-1" }, h("h2", {}, TITLE), navigator.onLine ? choice(unsent) : words());
    root.querySelector("main")!.prepend(notice);
    notice.focus();
  });
}

/** choice is what one can do with words that are not sent, until they are: send them,
 * or lose them. */
function choice(unsent: () => Waiting[]): HTMLElement {
  const el = h(
    "div",
    {},
    h("p", {}, "Des mots que vous avez écrits sur cet appareil ne sont pas encore envoyés, et se déconnecter les effacerait. Ouvrez ce qui suit pour les envoyer, puis déconnectez-vous\u00a0:"),
    h("ul", {}, ...unsent().map(({ title, path }) => h("li", {}, h("a", { href: path }, title)))),
    h(
      "details",
      {},
      h("summary", {}, "Me déconnecter sans les envoyer"),
      h("p", {}, "Ces mots seront effacés de cet appareil et ne pourront pas être retrouvés."),
      h("form", { method: "post", action: ADDRESS, class: "actions", "data-lose": true }, h("button", { class: "button secondary" }, "Effacer ces mots et me déconnecter")),
    ),
  );
  const timer = setInterval(() => {
    if (el.isConnected && unsent().length) return;
    clearInterval(timer);
    el.replaceChildren(h("p", { role: "status" }, "Plus rien n’attend d’être envoyé\u00a0: vous pouvez vous déconnecter maintenant."));
  }, LOOK);
  return el;
}

/** stayed is whether the page « Hors connexion » stands for that of signing out,
 * and says so in it. */
export function stayed(root: Document, place: HTMLElement): boolean {
  if (location.pathname !== ADDRESS) return false;
  root.title = root.title.replace(/^[^·]*(?= · )/, TITLE);
  root.querySelector("h1")!.textContent = TITLE;
  const said = words();
  said.className = "notice warn";
  const button = h("button", { class: "button" }, "Se déconnecter");
  place.replaceChildren(said, h("form", { method: "post", action: ADDRESS, class: "actions" }, button, " ", h("a", { href: "/" }, "Revenir à l’accueil")));
  return true;
}

/** words say where one is, and say otherwise once the network is back. */
function words(): HTMLElement {
  const said = h("p", { role: "status" }, STILL);
  addEventListener("online", () => (said.textContent = BACK));
  addEventListener("offline", () => (said.textContent = STILL));
  return said;
}
