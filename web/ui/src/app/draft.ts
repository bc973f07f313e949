// A text under way is never lost: kept on the device at every letter, on the
// server a moment later, and sent by itself when a lost connection is back.
//
//   <form data-draft="KEY" data-draft-url="/brouillons/…" method="post" action="…">
//     <input type="hidden" name="cle" value="…">      idempotency key
//     <p data-draft-status role="status"></p>
//   </form>
//   <p data-receipt="KEY">                             the receipt clears it
import { forget, read, write, type Fields, type Kept } from "./kept";

const pause = 1200;
/** Longest wait, in seconds, before what was sent is tried again. */
const LONGEST = 60;

export function drafts(root: Document): void {
  for (const { dataset } of root.querySelectorAll<HTMLElement>("[data-receipt]")) if (read(dataset.receipt!)?.left) forget(dataset.receipt!);
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) new Draft(form);
}

class Draft {
  private readonly key: string;
  private readonly status: HTMLElement | null;
  private timer = 0;
  private retry = 0;
  private tries = 0;
  private saving: AbortController | null = null;
  private dirty = false;
  private sending = false;
  /** The page came from this device, for the server did not answer. */
  private absent = false;
  /** Words that the server has or may have, the newest first. */
  private base: string[] = [];
  /** The words that the form came with: the device's own copy of it, shown
   * without the network, has no others. */
  private loaded = "";

  constructor(private readonly form: HTMLFormElement) {
    this.key = form.dataset.draft!;
    this.status = form.querySelector("[data-draft-status]");
    this.absent = !!form.closest("[data-offline]");
    const kept = read(this.key);
    this.meet(kept);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.back());
    addEventListener("offline", () => (this.dirty || this.waiting()) && this.say(OFFLINE));
    if (kept?.left) write(this.key, { ...kept, left: false }); // it came back
    if (kept?.send) void this.back();
    else if (this.dirty) this.later();
  }

  /** meet decides between the words of this device and those in the form, which
   * the server had: the device's where they came later, else both. */
  private meet(kept: Kept | null): void {
    const theirs = (this.loaded = this.words());
    this.base = theirs ? [theirs] : [];
    const mine = kept ? this.words(kept.fields) : "";
    if (kept && mine && mine !== theirs) {
      if (!theirs || kept.base?.includes(theirs)) {
        this.restore(kept.fields);
        this.dirty = !kept.send;
        // This page may be the device's own, and know less than it did.
        this.base = [...new Set([...this.base, ...(kept.base ?? [])])];
      } else write(this.other(), { fields: kept.fields });
    } else if (kept && mine && !kept.send && !kept.left) write(this.key, { ...kept, held: true });
    const other = read(this.other());
    if (other && this.words(other.fields) !== this.words()) this.offer(other.fields, this.changedSince(other.fields) ? ELSEWHERE : ANOTHER);
  }

  /** offer shows that another text is kept here, and changes them over when
   * asked: neither is lost. */
  private offer(fields: Fields, words = ANOTHER): void {
    const button = (label: string, act: () => void) => {
      const el = document.createElement("button");
      el.type = "button";
      el.className = "button link";
      el.textContent = label;
      el.addEventListener("click", act);
      return el;
    };
    this.say(words);
    this.status?.append(
      " ",
      button("Le montrer à la place", () => {
        const here = this.fields();
        write(this.other(), { fields: here });
        this.restore(fields);
        this.changed();
        this.offer(here);
      }),
      " ",
      button("L’oublier", () => {
        forget(this.other());
        this.say("");
      }),
    );
  }

  /** Whether what is being changed has a newer version than the one that fields
   * began from. */
  private changedSince(fields: Fields): boolean {
    const now = this.fields().version?.[0];
    return !!now && fields.version?.[0] !== now;
  }

  private other(): string {
    return `${this.key}:autre`;
  }

  private changed(): void {
    const stored = write(this.key, { fields: this.fields(), base: this.base });
    this.dirty = true;
    if (!navigator.onLine) this.say(stored ? OFFLINE : UNKEPT);
    this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  private async save(): Promise<void> {
    const url = this.form.dataset.draftUrl;
    if (!url || !this.dirty || this.sending) return;
    this.saving?.abort();
    const saving = (this.saving = new AbortController());
    this.dirty = false;
    const fields = this.fields();
    // Before it leaves: an answer may be lost on its way back.
    this.base = this.since(this.words(fields));
    write(this.key, { fields, base: this.base });
    try {
      const response = await fetch(url, {
        method: "POST",
        body: body(fields),
        headers: { "X-Requested-With": "fetch" },
        signal: saving.signal,
      });
      if (response.redirected) return void this.say(SESSION);
      if (response.status >= 400 && response.status < 500) return void this.say(await response.text());
      if (!response.ok) throw new Error(String(response.status));
      this.base = [...new Set([this.words(fields), this.loaded])];
      if (this.dirty) return;
      write(this.key, { fields, base: this.base, held: true });
      this.say(`Brouillon enregistré à ${hour(new Date())}`);
    } catch (error) {
      if ((error as Error).name === "AbortError") return;
      this.dirty = true;
      this.say(read(this.key) ? (navigator.onLine ? DEVICE : OFFLINE) : UNKEPT);
    }
  }

  /** since adds words that the server may have from now on to those before: the
   * newest few, and the oldest, which it did have. */
  private since(words: string): string[] {
    const before = this.base.filter((x) => x !== words);
    return [words, ...before.slice(0, 3), ...before.slice(3).slice(-1)];
  }

  private submit(event: SubmitEvent): void {
    clearTimeout(this.timer);
    this.saving?.abort();
    if (event.defaultPrevented) return;
    const submitter = event.submitter as HTMLButtonElement | null;
    const fields = this.fields();
    if (submitter?.name) fields[submitter.name] = [submitter.value];
    if (navigator.onLine && !this.absent) {
      write(this.key, { fields, base: this.base, left: true });
      return;
    }
    event.preventDefault();
    if (!write(this.key, { fields, base: this.base, send: true })) return this.say(UNKEPT);
    this.say(WAITING);
    if (navigator.onLine) void this.back();
  }

  /** back is called when the connection is there again. */
  private async back(): Promise<void> {
    const kept = read(this.key);
    if (!kept?.send) return void this.save();
    if (this.sending || !navigator.onLine) return;
    this.sending = true;
    this.say("Connexion revenue\u00a0: envoi…");
    try {
      // The same key as when it was first sent: if it did arrive, the server
      // answers with the same receipt.
      const response = await fetch(this.form.action, {
        method: "POST",
        body: body(kept.fields),
        headers: { "X-Requested-With": "fetch" },
      });
      if (response.ok && response.redirected) {
        write(this.key, { ...kept, send: new URL(response.url).pathname === "/entrer", left: true });
        location.assign(response.url);
        return;
      }
      // A form refused comes back with its reasons: let the person see them, as
      // it was sent and not as this page has it.
      write(this.key, { fields: kept.fields, base: kept.base });
      this.absent = false;
      if (response.status < 500) {
        this.restore(kept.fields, true);
        this.form.requestSubmit();
      } else this.say("L’envoi n’a pas abouti. Votre texte est gardé sur cet appareil\u00a0: essayez de nouveau.");
    } catch {
      this.say(WAITING);
      // The browser may think that it is connected, and hear of nothing.
      clearTimeout(this.retry);
      this.retry = window.setTimeout(() => void this.back(), 1000 * Math.min(LONGEST, 4 * 2 ** this.tries++));
    } finally {
      this.sending = false;
    }
  }

  private waiting(): boolean {
    return !!read(this.key)?.send;
  }

  private say(words: string): void {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }

  private controls(): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
    return [...this.form.elements].filter(
      (el): el is HTMLInputElement => "name" in el && !!(el as HTMLInputElement).name && !["submit", "button", "file", "password"].includes((el as HTMLInputElement).type),
    );
  }

  /** words are what a person wrote: in the form now, or in fields kept. */
  private words(fields: Fields = this.fields()): string {
    return this.controls()
      .filter((el) => el instanceof HTMLTextAreaElement || (el instanceof HTMLInputElement && ["text", "search", "email", "url", ""].includes(el.type)))
      .flatMap((el) => fields[el.name] ?? [])
      .join("\n")
      .replace(/\r\n/g, "\n")
      .trim();
  }

  private fields(): Fields {
    const fields: Fields = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") (fields[name] ??= []).push(value);
    return fields;
  }

  private restore(fields: Fields, whole = false): void {
    fields = structuredClone(fields);
    let some = false;
    for (const el of this.controls()) {
      const values = fields[el.name];
      if (el instanceof HTMLInputElement && (el.type === "checkbox" || el.type === "radio")) el.checked = !!values?.includes(el.value);
      else if (values?.length && (whole || el.type !== "hidden" || el.name === "cle")) {
        el.value = values.shift()!;
        some ||= el.type !== "hidden" && !!el.value.trim();
      }
      el.dispatchEvent(new Event("restored", { bubbles: true }));
    }
    if (some) this.say("Votre brouillon a été retrouvé sur cet appareil");
  }
}

const OFFLINE = "Hors connexion\u00a0: votre texte est gardé sur cet appareil";
const WAITING = "Hors connexion\u00a0: votre texte est gardé sur cet appareil et partira dès que la connexion reviendra";
const SESSION = "Votre session est finie\u00a0: votre texte est gardé sur cet appareil. Entrez de nouveau pour l’envoyer.";
const ANOTHER = "Un autre texte, commencé sur cet appareil, y est gardé.";
const ELSEWHERE = "Cette contribution a changé ailleurs\u00a0: en voici la dernière version. Le texte que vous aviez commencé sur cet appareil y est gardé.";
const DEVICE = "Votre texte est gardé sur cet appareil\u00a0; le serveur n’a pas répondu";
const UNKEPT = "Cet appareil ne peut pas garder votre texte\u00a0: ne fermez pas cette page avant de l’avoir envoyé";

function body(fields: Fields): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of values) params.append(name, value);
  return params;
}

function hour(now: Date): string {
  return `${now.getHours()}\u00a0h\u00a0${String(now.getMinutes()).padStart(2, "0")}`;
}
