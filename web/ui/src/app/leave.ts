// Signing out without the network: nothing comes of it, and that must be said, for
// who believes to have left a shared computer leaves it open.
const ADDRESS = "/sortir";
const TITLE = "Vous n’êtes pas déconnecté·e";
const STILL =
  "Attention, le réseau ne répond pas\u00a0: votre session reste ouverte sur cet appareil. Ce qui n’est pas encore envoyé y reste gardé, rien n’est perdu. Dès que la connexion revient, déconnectez-vous de nouveau\u202f; d’ici là, ne laissez pas cet appareil à d’autres.";
const BACK = "La connexion est revenue. Votre session est encore ouverte\u00a0: vous pouvez vous déconnecter maintenant.";

/** leave holds the form back while the browser knows that there is no network:
 * the page that one is on stays. */
export function leave(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.getAttribute("action") !== ADDRESS || navigator.onLine) return;
    event.preventDefault();
    root.getElementById("encore-la")?.remove();
    const notice = root.createElement("div");
    notice.id = "encore-la";
    notice.className = "notice warn";
    notice.setAttribute("role", "alert");
    notice.tabIndex = -1;
    const title = root.createElement("h2");
    title.textContent = TITLE;
    notice.append(title, words(root));
    root.querySelector("main")!.prepend(notice);
    notice.focus();
  });
}

/** stayed is whether the page « Hors connexion » stands for that of signing out,
 * and says so in it. */
export function stayed(root: Document, place: HTMLElement): boolean {
  if (location.pathname !== ADDRESS) return false;
  root.title = root.title.replace(/^[^·]*(?= · )/, TITLE);
  root.querySelector("h1")!.textContent = TITLE;
  const said = words(root);
  said.className = "notice warn";
  const form = root.createElement("form");
  form.method = "post";
  form.action = ADDRESS;
  form.className = "actions";
  const button = root.createElement("button");
  button.className = "button";
  button.textContent = "Se déconnecter";
  const home = root.createElement("a");
  home.href = "/";
  home.textContent = "Revenir à l’accueil";
  form.append(button, " ", home);
  place.replaceChildren(said, form);
  return true;
}

/** words say where one is, and say otherwise once the network is back. */
function words(root: Document): HTMLElement {
  const said = root.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = STILL;
  addEventListener("online", () => (said.textContent = BACK));
  addEventListener("offline", () => (said.textContent = STILL));
  return said;
}
