// What people say to each other about the text: beside it where there is room, else
// under it, and on a telephone in a column of its own. Each thread stands at its words;
// it outlives them.
import { commented, type Span } from "../binding/comment";
import type { Node } from "prosemirror-model";
import { count, h, of } from "./dom";
import { Card, Composer, OFFLINE, type Thread } from "./thread";

/** Threads that wait for one and are led to, at most; answered, they leave room. */
const MOST = 3;

export interface CommentActions {
  /** The selected words as one remembers them; null when nothing is selected. */
  hold(): { words: string; place(): Span | null } | null;
  /** Marks words; false when that is not possible any more. */
  bear(id: string, span: Span): boolean;
  go(span: Span): void;
  /** Shows the column of the threads, where one column is shown at a time. */
  show(): void;
  back(): void;
  redraw(): void;
  /** Brings the selected words into sight. */
  bring(): void;
  /** Makes room beside the text, or takes it back, and leaves what one reads where it is. */
  still(change: () => void): void;
  /** The vertical place of a position in the window. */
  top(pos: number): number;
}

export class Comments {
  readonly el: HTMLElement;
  /** Where a comment is begun, in sight wherever the text is. */
  readonly sheet: HTMLElement;
  /** Leads to the thread of the words under the cursor, where threads are not beside them. */
  readonly here = h("p", { class: "comment-here" });
  /** The threads in which one is waited for. */
  readonly calls = h("p", { class: "comment-calls" });
  /** Called with how many threads are open and how many there are. */
  onCount: (open: number, all: number) => void = () => {};
  private called = "";
  private readonly said = h("p", { class: "hint", role: "status" });
  private saying = 0;
  private readonly open = h("ol", { class: "plain threads" });
  private readonly done = h("ol", { class: "plain" });
  private readonly doneTitle = h("summary", {});
  private readonly old = h("details", {}, this.doneTitle, this.done);
  private readonly composer: Composer;
  private readonly about = h("blockquote", {});
  private readonly cards = new Map<string, Card>();
  private threads: Thread[] | null = null;
  private spans = new Map<string, Span[]>();
  private people: string[] = [];
  private loading = false;
  private again = false;
  private held: ReturnType<CommentActions["hold"]> = null;
  current: string | null = null;

  constructor(
    private readonly url: string | undefined,
    /** Under what this tab keeps what is not sent yet. */
    private readonly unsent: string,
    /** One's own name, by which others mention one. */
    private readonly me: string,
    private readonly actions: CommentActions,
  ) {
    this.composer = new Composer("Votre commentaire", "Commenter", unsent, (text, key) => this.begin(text, key), () => this.cancel());
    this.el = h("section", { class: "comments", "aria-labelledby": "commentaires-titre" }, h("h2", { id: "commentaires-titre" }, "Commentaires"), this.open, this.old);
    this.el.hidden = true;
    this.sheet = h("div", { class: "comment-sheet" }, this.said, this.about, this.composer.el);
    this.about.hidden = this.composer.el.hidden = this.here.hidden = true;
  }

  /** online hears that the server can be reached. */
  online(): void {
    for (const composer of [this.composer, ...[...this.cards.values()].map((card) => card.composer)]) composer.online();
  }

  /** read brings a thread into sight and puts the focus there. */
  private read(id: string): void {
    const card = this.cards.get(id);
    if (!card) return;
    this.actions.show();
    this.old.open ||= card.thread.resolved;
    card.el.scrollIntoView({ block: "center" });
    card.el.focus({ preventScroll: true });
  }

  resolved(id: string): boolean {
    return this.cards.get(id)?.thread.resolved ?? false;
  }

  /** write begins a comment on the selected words; on words that bear a thread
   * it leads to its answer. */
  write(at: string | null): void {
    if (!this.url) return;
    const card = at ? this.cards.get(at) : undefined;
    if (card) {
      this.actions.show();
      this.old.open ||= card.thread.resolved;
      return card.composer.area.focus();
    }
    this.held = this.actions.hold();
    if (!this.held) {
      this.say("Sélectionnez d’abord les mots à commenter.");
      return;
    }
    this.about.textContent = this.held.words;
    this.composer.begin(this.held.words);
    this.about.hidden = this.composer.el.hidden = false;
    this.composer.area.focus({ preventScroll: true });
    this.actions.bring();
  }

  /** load asks the server what was said; asked again meanwhile, once more. */
  async load(): Promise<void> {
    if (!this.url) return;
    if (this.loading) return void (this.again = true);
    this.loading = true;
    do {
      this.again = false;
      await this.fetch();
    } while (this.again);
    this.loading = false;
  }

  private async fetch(): Promise<void> {
    let answer: { threads: Thread[]; people: string[] };
    try {
      const response = await fetch(`${this.url}.json`, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      answer = (await response.json()) as typeof answer;
    } catch {
      return; // what is shown stays; the live line asks again
    }
    const known = this.threads && new Map(this.threads.map((t) => [t.id, t.comments.length]));
    this.threads = answer.threads;
    this.people = answer.people;
    this.composer.mention(this.people);
    if (known) {
      const fresh = answer.threads.flatMap((t) => t.comments.slice(known.get(t.id) ?? 0).map((c) => ({ ...c, thread: t.id }))).filter((c) => !c.mine && !c.erased);
      const to = fresh.find((c) => names(c.text, this.me));
      if (to) this.say(`${to.who} vous mentionne dans un commentaire.`, to.thread);
      else if (fresh.length) this.say(fresh.length === 1 ? `Nouveau commentaire ${of(fresh[0].who)}.` : `${count(fresh.length, "nouveau commentaire", "nouveaux commentaires")}.`, fresh[0].thread);
    }
    this.draw();
    this.actions.redraw();
  }

  /** update follows the text. */
  update(doc: Node, current: string | null): void {
    this.spans = commented(doc);
    if (current !== this.current) {
      this.current = current;
      this.actions.redraw();
    }
    this.draw();
  }

  /** lead shows the ways to threads: of the words under the cursor, and of those who
   * wait for one. */
  private lead(list: readonly Thread[]): void {
    const at = list.find((t) => t.id === this.current);
    const waiting = list.filter((t) => t.waits && !t.resolved).map((t) => t.id);
    const now = JSON.stringify([at?.id, at?.comments.length, waiting]);
    if (now === this.called) return;
    this.called = now;
    const link = (words: string, id: string) => h("button", { type: "button", class: "button link", mousedown: (e) => e.preventDefault(), click: () => this.read(id) }, words);
    this.here.hidden = !at;
    this.here.replaceChildren(...(at ? [link(`Lire ${at.comments.length === 1 ? "le commentaire" : `les ${count(at.comments.length, "commentaire")}`} sur ces mots`, at.id)] : []));
    this.calls.replaceChildren(
      ...waiting.slice(0, MOST).flatMap((id, k) => [k ? ", " : `${count(waiting.length, "fil vous mentionne", "fils vous mentionnent")}\u00a0: `, link(waiting.length === 1 ? "le lire" : `lire le ${k + 1}${k ? "ᵉ" : "ᵉʳ"}`, id)]),
    );
  }

  private draw(): void {
    if (!this.threads) return;
    const order = [...this.spans.keys()];
    const rank = (t: Thread) => (order.includes(t.id) ? order.indexOf(t.id) : order.length);
    const list = [...this.threads].sort((a, b) => rank(a) - rank(b));
    for (const thread of list) {
      let card = this.cards.get(thread.id);
      if (!card) {
        card = new Card(thread.id, `${this.unsent}-${thread.id}`, (text, key) => this.post(`/${thread.id}`, { texte: text, cle: key }), (resolved) => this.post(`/${thread.id}/etat`, { resolu: resolved ? "oui" : "non" }), () => {
          const span = this.spans.get(thread.id)?.[0];
          if (span) this.actions.go(span);
        });
        card.composer.mention(this.people);
        this.cards.set(thread.id, card);
      }
      card.show(thread, this.spans.has(thread.id), this.current === thread.id);
    }
    place(this.open, list.filter((t) => !t.resolved).map((t) => this.cards.get(t.id)!.el));
    place(this.done, list.filter((t) => t.resolved).map((t) => this.cards.get(t.id)!.el));
    const n = this.done.childElementCount;
    this.old.hidden = !n;
    this.doneTitle.textContent = count(n, "fil résolu", "fils résolus");
    if (this.el.hidden === list.length > 0) this.actions.still(() => (this.el.hidden = !list.length));
    this.onCount(list.length - n, list.length);
    this.lead(list);
    this.align();
  }

  /** align puts each open thread beside its words, below the one before it,
   * where the style sheet makes a margin of this section. */
  align(): void {
    const margin = getComputedStyle(this.open).position === "relative";
    let low = 0;
    const from = this.open.getBoundingClientRect().top;
    const tops = [...this.cards.values()].filter((c) => !c.thread.resolved).map((c) => ({ c, span: this.spans.get(c.id)?.[0] }));
    for (const el of this.open.children) {
      const { c, span } = tops.find((t) => t.c.el === el)!;
      if (!margin) c.el.style.removeProperty("margin-top");
      else {
        const wanted = span ? this.actions.top(span.from) - from : low;
        const gap = Math.max(0, wanted - low);
        c.el.style.setProperty("margin-top", `${Math.round(gap)}px`);
        low += gap + c.el.offsetHeight + 12;
      }
    }
  }

  private async begin(text: string, key: string): Promise<string | null> {
    const held = this.held;
    if (!held?.place()) return "Les mots commentés ne sont plus dans le texte. Copiez votre commentaire, sélectionnez d’autres mots, puis recommencez.";
    const answer = await this.send("", { texte: text, cle: key });
    if (answer.problem) return answer.problem;
    const span = held.place();
    if (answer.id && span) this.actions.bear(answer.id, span);
    this.close();
    this.say("Commentaire enregistré.");
    await this.load();
    this.actions.back();
    return null;
  }

  private async post(path: string, form: Record<string, string>): Promise<string | null> {
    const answer = await this.send(path, form);
    if (answer.problem) return answer.problem;
    await this.load();
    return null;
  }

  private async send(path: string, form: Record<string, string>): Promise<{ id?: string; problem?: string }> {
    try {
      const response = await fetch(this.url + path, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(form) });
      if (response.status === 204) return {};
      const answer = await response.json().catch(() => ({}));
      if (response.ok || answer.problem) return answer;
      return { problem: response.status === 403 ? "Vous ne pouvez plus commenter cette motion. Votre texte reste ici\u00a0: copiez-le." : "Le commentaire n’a pas pu être enregistré. Votre texte reste ici\u00a0: réessayez dans un instant." };
    } catch {
      return { problem: OFFLINE };
    }
  }

  private cancel(): void {
    this.close();
    this.actions.back();
  }

  private close(): void {
    this.held = null;
    this.about.hidden = this.composer.el.hidden = true;
    this.composer.clear();
  }

  /** say tells something for a while, with the way to a thread. */
  private say(words: string, thread?: string): void {
    this.said.replaceChildren(words, ...(thread ? [" ", h("button", { type: "button", class: "button link", click: () => this.read(thread) }, "Le lire")] : []));
    clearTimeout(this.saying);
    this.saying = window.setTimeout(() => this.said.replaceChildren(), 10_000);
  }
}

/** names tells whether a comment mentions somebody, and not one whose name is longer. */
function names(text: string, name: string): boolean {
  return name !== "" && text.split(`@${name}`).slice(1).some((rest) => !/^[\p{L}\p{N}-]/u.test(rest));
}

/** place gives a list its elements, and leaves alone those that are where they
 * belong. What has the focus keeps it, were it moved. */
function place(list: HTMLElement, elements: HTMLElement[]): void {
  const held = document.activeElement;
  elements.forEach((el, i) => list.children[i] !== el && list.insertBefore(el, list.children[i] ?? null));
  while (list.childElementCount > elements.length) list.lastElementChild!.remove();
  if (held instanceof HTMLElement && held !== document.activeElement && list.contains(held)) held.focus({ preventScroll: true });
}
