// The page's live line. Frames are JSON: {"kind", "seq", …}; on opening the
// page says from where: {"from": SEQ}. What arrives is offered, and changes
// nothing that one is reading until one asks for it.
//
//   <body data-live-url="/live" data-live-seq="12">
//   <p data-live="contributions"></p> <ul data-live-list="contributions">…
//   <progress data-run="ID" max="100"></progress> <p data-run-text="ID"></p>
//   <section data-live-done>…   around them: becomes the result by itself
//   <p data-live="themes" role="status"></p>   offers the page as it is now
//   <span data-live="presence"></span> <p data-live="analysis"></p>
export interface Frame {
  kind: string;
  seq?: number;
  [field: string]: unknown;
}

export function live(root: Document): void {
  const { liveUrl, liveSeq } = root.body.dataset;
  if (!liveUrl) return;
  const offers = new Map<string, Offer>();
  const place = root.querySelector<HTMLElement>('[data-live="contributions"]');
  if (place) offers.set("contributions", new Offer(place, root.querySelector("[data-live-list='contributions'], [data-live-list]")));
  const take = (frame: Frame) => {
    document.dispatchEvent(new CustomEvent("congres:live", { detail: frame }));
    switch (frame.kind) {
      case "contribution.submitted":
        offers.get("contributions")?.add(String(frame.id ?? ""), String(frame.html ?? ""));
        break;
      case "analysis.progress":
      case "import.progress":
        progress(root, frame);
        break;
      case "analysis.done":
        done(root, frame, '[data-live="analysis"], ', "L’analyse est terminée — afficher ses résultats");
        break;
      case "themes.changed":
        changed(root);
        break;
      case "import.done":
        done(root, frame, "", "L’import est terminé — afficher son bilan");
        break;
      case "resync":
        offers.get("contributions")?.stale();
        break;
      case "presence":
        for (const el of root.querySelectorAll('[data-live="presence"]')) el.textContent = presence(Number(frame.count ?? 0));
        break;
    }
  };
  // What ended before the line was open is seen by asking.
  new LiveLine(liveUrl, Number(liveSeq ?? 0), take, () => void renew(root));
}

/** Offer gathers what has come until one wants to see it. */
class Offer {
  private readonly waiting = new Map<string, string>();
  private readonly button: HTMLButtonElement;

  constructor(
    place: HTMLElement,
    private list: Element | null,
  ) {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button secondary";
    this.button.hidden = true;
    this.button.addEventListener("click", () => this.show());
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    place.append(this.button);
  }

  add(id: string, html: string): void {
    if (!id || document.querySelector(`[data-id="${CSS.escape(id)}"]`)) return;
    this.waiting.set(id, html);
    // Bounded: behind a hundred, one reloads.
    if (this.waiting.size > 100) this.waiting.delete(this.waiting.keys().next().value!);
    const n = this.waiting.size;
    this.button.textContent =
      n === 1 ? "1 nouvelle contribution — l’afficher" : `${n === 100 ? "100 ou plus" : n} nouvelles contributions — les afficher`;
    this.button.hidden = false;
  }

  /** stale says that more was missed than can be shown: one reloads. */
  stale(): void {
    this.list = null;
    this.button.textContent = "De nombreuses contributions sont arrivées — recharger la page";
    this.button.hidden = false;
  }

  private show(): void {
    if (!this.list) return location.reload();
    let first: HTMLElement | null = null;
    for (const html of this.waiting.values()) {
      // The server's own template, escaped there; it holds no script, and the
      // page's policy would not run one.
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const el = holder.content.firstElementChild as HTMLElement | null;
      if (!el) continue;
      this.list.prepend(holder.content);
      first = el;
    }
    this.waiting.clear();
    this.button.hidden = true;
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
  }
}

function progress(root: Document, frame: Frame): void {
  const run = CSS.escape(String(frame.run ?? ""));
  const done = Number(frame.done ?? 0);
  const total = Number(frame.total ?? 0);
  const percent = Number(frame.percent ?? (total ? (100 * done) / total : 0));
  for (const bar of root.querySelectorAll<HTMLProgressElement>(`progress[data-run="${run}"]`)) {
    bar.max = 100;
    bar.value = percent;
  }
  for (const text of root.querySelectorAll<HTMLElement>(`[data-run-text="${run}"]`))
    text.textContent = `${String(frame.stage ?? "")}${total ? `, ${done.toLocaleString("fr-FR")} sur ${total.toLocaleString("fr-FR")}` : ""}, ${Math.round(percent)}\u00a0%`;
}

function done(root: Document, frame: Frame, places: string, words: string): void {
  const run = CSS.escape(String(frame.run ?? ""));
  for (const bar of root.querySelectorAll<HTMLProgressElement>(`progress[data-run="${run}"]`)) bar.value = bar.max;
  for (const place of root.querySelectorAll<HTMLElement>(`${places}[data-run-text="${run}"]`)) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = words;
    place.replaceChildren(link);
    const section = place.closest("[data-live-done]");
    if (!section) continue;
    // What says that it goes on, or would stop it, is over.
    for (const over of section.querySelectorAll<HTMLElement>("h2, form, .hint")) over.hidden = true;
    settle(root, section);
  }
}

/** changed offers the page again, once, when somebody else has changed the themes. */
function changed(root: Document): void {
  const place = root.querySelector<HTMLElement>('[data-live="themes"]');
  if (!place || place.firstChild) return;
  const button = root.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = "Les thèmes ont changé — les afficher";
  button.addEventListener("click", () => location.reload());
  place.append(button);
}

/** settle puts the result in its place once that place is in sight: nothing
 * moves under who reads further down. */
function settle(root: Document, section: Element): void {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    void renew(root);
  }).observe(section);
}

/** renew asks for the page again while something on it is under way, and shows
 * what it has become if that has ended. */
async function renew(root: Document): Promise<void> {
  const run = root.querySelector<HTMLElement>("[data-live-done] [data-run]")?.dataset.run;
  const old = root.querySelector<HTMLElement>("main");
  if (!run || !old) return;
  try {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = page.querySelector("main");
    if (!response.ok || !main || main.querySelector(`[data-run="${CSS.escape(run)}"]`)) return;
    const within = old.contains(root.activeElement);
    old.replaceChildren(...main.childNodes);
    root.title = page.title;
    if (within) old.focus();
    const said = root.querySelector("[data-announcements]");
    if (said) said.textContent = old.querySelector("#faute")?.textContent ?? "L’analyse est terminée.";
  } catch {
    // The link to the result stays.
  }
}

function presence(n: number): string {
  if (!n) return "";
  return `${n.toLocaleString("fr-FR")}\u00a0${n < 2 ? "personne en ligne" : "personnes en ligne"}`;
}

/** LiveLine keeps one connection, and resumes from the last frame it saw. */
export class LiveLine {
  private tries = 0;
  private timer = 0;
  private socket: WebSocket | null = null;

  constructor(
    private readonly url: string,
    private seq: number,
    private readonly take: (frame: Frame) => void,
    private readonly opened: () => void = () => {},
  ) {
    addEventListener("online", () => {
      this.tries = 0;
      this.open();
    });
    this.open();
  }

  private open(): void {
    if (this.socket) return;
    clearTimeout(this.timer);
    const url = new URL(this.url, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = (this.socket = new WebSocket(url));
    socket.onopen = () => {
      socket.send(JSON.stringify({ from: this.seq }));
      this.opened();
    };
    socket.onmessage = (event) => {
      this.tries = 0;
      let frame: Frame;
      try {
        frame = JSON.parse(String(event.data)) as Frame;
      } catch {
        return;
      }
      if (typeof frame?.kind !== "string") return;
      // A frame seen already: the line resumed a little earlier.
      if (typeof frame.seq === "number" && frame.seq > 0) {
        if (frame.seq <= this.seq) return;
        this.seq = frame.seq;
      }
      this.take(frame);
    };
    socket.onclose = (event) => {
      this.socket = null;
      if ([4400, 4401, 4403].includes(event.code)) return;
      const wait = Math.min(30_000, 1000 * 2 ** this.tries++);
      this.timer = window.setTimeout(() => this.open(), wait * (0.5 + Math.random() / 2));
    };
  }
}
