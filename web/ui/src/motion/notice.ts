// What the editor has to say that is not about the line. It goes once one has had the
// time to read it and writes on, or closes it.
import { h } from "./dom";

/** Milliseconds for which what is said stays at least. */
const READ = 10_000;

export class Notice {
  /** Empty, it stays there for a screen reader to listen to. */
  readonly el = h("p", { class: "editor-notice", role: "status" });
  private words = "";
  private since = 0;
  private timer = 0;

  /** `closed` is called when one has closed it. */
  constructor(private readonly closed: () => void) {}

  /** say tells something; for a while, where nothing need be done about it. */
  say(words: string, brief = false): void {
    clearTimeout(this.timer);
    this.since = Date.now();
    if (brief) this.timer = window.setTimeout(() => this.say(""), READ);
    if (words === this.words) return;
    this.words = words;
    this.el.replaceChildren(...(words ? [h("span", {}, words), " ", closing(() => (this.say(""), this.closed()))] : []));
  }

  /** wrote hears that one writes on. */
  wrote(): void {
    if (Date.now() - this.since > READ) this.say("");
  }

  /** over takes words back that are no longer true. */
  over(words: string): void {
    if (words === this.words) this.say("");
  }
}

/** closing is the button that takes a message away. */
export function closing(close: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button small secondary", click: close }, "Fermer ce message");
}
