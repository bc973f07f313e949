// One thread as it is read, and the field in which one writes a comment.
import { freshId } from "../binding/schema";
import { h } from "./dom";
import { Mention } from "./mention";

export interface Said {
  who: string;
  when: string;
  text: string;
  erased?: boolean;
  mine?: boolean;
}

export interface Thread {
  id: string;
  resolved: boolean;
  /** One was mentioned in it and has not answered. */
  waits?: boolean;
  by?: string;
  comments: Said[];
}

let forms = 0;

/** Said when a comment did not leave, and once it can. */
export const OFFLINE = "Hors connexion\u00a0: le commentaire n’est pas enregistré. Votre texte reste ici\u00a0: renvoyez-le quand la connexion sera revenue.";
const ONLINE = "La connexion est revenue\u00a0: le commentaire n’est pas encore enregistré, renvoyez-le.";

/** What a tab keeps of comments that are not sent; a device that keeps nothing begins
 * empty, and has them for this page only. */
function kept(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
function keep(name: string, words: string): void {
  try {
    if (words) sessionStorage.setItem(name, words);
    else sessionStorage.removeItem(name);
  } catch {
    // Then for this page only.
  }
}

/** A Composer is a field for one comment. What was written stays until it is
 * kept. */
export class Composer {
  readonly el: HTMLFormElement;
  readonly area: HTMLTextAreaElement;
  private readonly problem = h("p", { class: "error", role: "alert" });
  private readonly who = h("select", { "aria-label": "Mentionner quelqu’un", change: () => this.insert() });
  private readonly mentions: HTMLElement;
  private readonly typed: Mention;
  private readonly began = h("p", { class: "hint" });
  /** The words that one comments now. */
  private about = "";
  private busy = false;
  /** One comment has one key, however often it is sent: an answer that was lost
   * must not say it twice. */
  private key = freshId();

  constructor(label: string, action: string, private readonly unsent: string, send: (text: string, key: string) => Promise<string | null>, cancel?: () => void) {
    const id = `commentaire-${++forms}`;
    this.area = h("textarea", { id, rows: "2", maxlength: "2000" });
    this.area.value = kept(unsent);
    this.area.addEventListener("input", () => this.keep());
    // Before the field's own keys: Escape and Enter are the list's while it is open.
    this.typed = new Mention(this.area, () => this.keep());
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.el.requestSubmit();
      else if (event.key === "Escape" && cancel && !this.area.value) cancel();
    });
    this.mentions = h("p", {}, this.who);
    this.mentions.hidden = true;
    this.el = h(
      "form",
      {
        class: "composer",
        submit: (event) => {
          event.preventDefault();
          if (this.busy || !this.area.value.trim()) return;
          this.busy = true;
          void send(this.area.value, this.key).then((problem) => {
            this.busy = false;
            this.problem.textContent = problem ?? "";
            if (problem === null) this.clear();
          });
        },
      },
      this.began,
      h("label", { for: id }, label),
      this.area,
      this.typed.el,
      this.mentions,
      this.problem,
      h("p", { class: "actions" }, h("button", { class: "button small", title: "Ctrl+Entrée" }, action), cancel && h("button", { type: "button", class: "button link", click: cancel }, "Abandonner")),
    );
  }

  mention(people: readonly string[]): void {
    this.typed.know(people);
    this.mentions.hidden = !people.length;
    this.who.replaceChildren(h("option", { value: "" }, "Mentionner…"), ...people.map((p) => h("option", { value: p }, p)));
  }

  clear(): void {
    this.key = freshId();
    this.area.value = "";
    this.keep();
    this.began.replaceChildren();
    this.problem.textContent = "";
  }

  /** begin tells which words one comments now, and says so where what stands in the
   * field was begun about others. */
  begin(about: string): void {
    const before = this.area.value && kept(this.passage);
    this.began.replaceChildren(
      ...(before && before !== about
        ? [`Ce brouillon avait été commencé sur «\u202f${before}\u202f». `, h("button", { type: "button", class: "button link", click: () => (this.clear(), this.area.focus()) }, "L’effacer")]
        : []),
    );
    this.about = about;
  }

  /** online says that what did not leave can be sent again. */
  online(): void {
    if (this.problem.textContent === OFFLINE) this.problem.textContent = ONLINE;
  }

  private get passage(): string {
    return `${this.unsent}:passage`;
  }

  private insert(): void {
    if (!this.who.value) return;
    const { selectionStart: at, selectionEnd: end, value } = this.area;
    const lead = at && !/\s/.test(value[at - 1]) ? " " : "";
    this.area.setRangeText(`${lead}@${this.who.value} `, at, end, "end");
    this.who.value = "";
    this.keep();
    this.area.focus();
  }

  /** keep lets what was written outlive a page that is loaded again. */
  private keep(): void {
    keep(this.unsent, this.area.value);
    keep(this.passage, this.area.value && this.about);
  }
}

export class Card {
  readonly el: HTMLElement;
  readonly composer: Composer;
  thread: Thread = { id: "", resolved: false, comments: [] };
  private readonly gone = h("p", { class: "hint" }, "Le passage commenté n’est plus dans le texte.");
  private readonly list = h("ol", { class: "plain" });
  private readonly go: HTMLButtonElement;
  private readonly settle: HTMLButtonElement;
  private shown = "";

  constructor(
    readonly id: string,
    unsent: string,
    reply: (text: string, key: string) => Promise<string | null>,
    resolve: (resolved: boolean) => Promise<string | null>,
    go: () => void,
  ) {
    this.composer = new Composer("Répondre", "Répondre", unsent, reply);
    this.go = h("button", { type: "button", class: "button link", click: go }, "Aller au passage");
    this.settle = h("button", { type: "button", class: "button link", click: () => void resolve(!this.thread.resolved) });
    this.el = h("li", { class: "thread", id: `fil-${id}`, tabindex: "-1" }, this.gone, this.list, h("details", { open: this.composer.area.value !== "" }, h("summary", {}, "Répondre"), this.composer.el), h("p", { class: "actions" }, this.go, this.settle));
    // The answer opens for whoever comes to it by the key.
    this.composer.area.focus = () => {
      this.el.querySelector("details")!.open = true;
      HTMLTextAreaElement.prototype.focus.call(this.composer.area);
    };
  }

  show(thread: Thread, anchored: boolean, current: boolean): void {
    this.thread = thread;
    this.el.classList.toggle("current", current);
    const shown = JSON.stringify([thread, anchored]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.gone.hidden = anchored;
    this.go.hidden = !anchored;
    this.settle.textContent = thread.resolved ? "Rouvrir" : "Marquer comme résolu";
    this.list.replaceChildren(
      ...thread.comments.map((c) =>
        h("li", {}, h("p", { class: "hint" }, h("strong", {}, c.who), `, ${c.when}`), h("p", { class: c.erased ? "hint" : "words" }, c.erased ? "Commentaire effacé." : c.text)),
      ),
    );
  }
}
