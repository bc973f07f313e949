// A text under way is never lost: kept on the device at every letter, on the
// server a moment later, and sent by itself when a lost connection is back.
//
//   <form data-draft="KEY" data-draft-url="/brouillons/…" method="post" action="…">
//     <input type="hidden" name="cle" value="…">      idempotency key
//     <p data-draft-status role="status"></p>
//   </form>
//   <p data-receipt="KEY">                             the receipt clears it
type Fields = Record<string, string[]>;

interface Kept {
  fields: Fields;
  /** Set once the person has sent it: the form is to be posted as it is. */
  send?: boolean;
  /** The words that the server has, or may have, from this device. Where it
   * gives others back, they were written elsewhere. */
  base?: string[];
}

const prefix = "congres:brouillon:";
const pause = 1200;

export function drafts(root: Document): void {
  for (const receipt of root.querySelectorAll<HTMLElement>("[data-receipt]")) forget(receipt.dataset.receipt!);
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) new Draft(form);
}

class Draft {
  private readonly key: string;
  private readonly status: HTMLElement | null;
  private timer = 0;
  private saving: AbortController | null = null;
  private dirty = false;
  private sending = false;
  private base: string[] = [];

  constructor(private readonly form: HTMLFormElement) {
    this.key = form.dataset.draft!;
    this.status = form.querySelector("[data-draft-status]");
    const kept = read(this.key);
    this.meet(kept);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.back());
    addEventListener("offline", () => (this.dirty || this.waiting()) && this.say(OFFLINE));
    if (kept?.send) void this.back();
  }

  /** meet decides between the words of this device and those in the form, which
   * the server had: the device's where they came later, else both. */
  private meet(kept: Kept | null): void {
    const theirs = this.words();
    const mine = kept ? this.words(kept.fields) : "";
    if (kept && mine && mine !== theirs) {
      if (!theirs || kept.base?.includes(theirs)) {
        this.restore(kept.fields);
        this.dirty = !kept.send;
      } else write(this.other(), { fields: kept.fields });
    }
    this.base = theirs ? [theirs] : [];
    const other = read(this.other());
    if (other && this.words(other.fields) !== this.words()) this.offer(other.fields);
  }

  /** offer shows that another text is kept here, and changes them over when
   * asked: neither is lost. */
  private offer(fields: Fields): void {
    const button = (label: string, act: () => void) => {
      const el = document.createElement("button");
      el.type = "button";
      el.className = "button link";
      el.textContent = label;
      el.addEventListener("click", act);
      return el;
    };
    this.say("Un autre texte, commencé sur cet appareil, y est gardé.");
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

  private other(): string {
    return `${this.key}:autre`;
  }

  private changed(): void {
    const stored = write(this.key, { fields: this.fields(), base: this.base });
    this.dirty = true;
    if (!navigator.onLine) this.say(stored ? OFFLINE : UNKEPT);
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
    this.base = [this.words(fields), ...this.base].slice(0, 2);
    write(this.key, { fields, base: this.base });
    try {
      const response = await fetch(url, {
        method: "POST",
        body: body(fields),
        headers: { "X-Requested-With": "fetch" },
        signal: saving.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      if (!this.dirty) this.say(`Brouillon enregistré à ${hour(new Date())}`);
    } catch (error) {
      if ((error as Error).name === "AbortError") return;
      this.dirty = true;
      this.say(read(this.key) ? (navigator.onLine ? DEVICE : OFFLINE) : UNKEPT);
    }
  }

  private submit(event: SubmitEvent): void {
    clearTimeout(this.timer);
    this.saving?.abort();
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    const submitter = event.submitter as HTMLButtonElement | null;
    const fields = this.fields();
    if (submitter?.name) fields[submitter.name] = [submitter.value];
    this.say(
      write(this.key, { fields, send: true })
        ? "Hors connexion\u00a0: votre texte est gardé sur cet appareil et partira dès que la connexion reviendra"
        : UNKEPT,
    );
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
        location.assign(response.url);
        return;
      }
      // A form refused comes back with its reasons: let the person see them.
      write(this.key, { fields: kept.fields });
      if (response.status < 500) this.form.requestSubmit();
      else this.say("L’envoi n’a pas abouti. Votre texte est gardé sur cet appareil\u00a0: essayez de nouveau.");
    } catch {
      this.say(OFFLINE);
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

  private restore(fields: Fields): void {
    fields = structuredClone(fields);
    let some = false;
    for (const el of this.controls()) {
      const values = fields[el.name];
      if (el instanceof HTMLInputElement && (el.type === "checkbox" || el.type === "radio")) el.checked = !!values?.includes(el.value);
      else if (values?.length && (el.type !== "hidden" || el.name === "cle")) {
        el.value = values.shift()!;
        some ||= el.type !== "hidden" && !!el.value.trim();
      }
      el.dispatchEvent(new Event("restored", { bubbles: true }));
    }
    if (some) this.say("Votre brouillon a été retrouvé sur cet appareil");
  }
}

const OFFLINE = "Hors connexion\u00a0: votre texte est gardé sur cet appareil";
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

function read(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function write(key: string, kept: Kept): boolean {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // nothing was kept
  }
}
