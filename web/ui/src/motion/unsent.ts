// Whether this device has words that the server does not: then the text is kept as
// plain words too, for the page that may refuse the editor one day. That page
// cannot read the shared text. With them goes what the device's own store may not
// have written yet, since it writes a moment later: a page closed on a letter
// would lose that letter.
import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import { dropUnsent, keepUnsent, unsent } from "../app/kept";
import type { LineState } from "./provider";

/** Milliseconds between two keepings. */
const PAUSE = 500;

/** How much a text has of what each client wrote. */
type Reached = Map<number, number>;

/** reached is asked for at each letter that is kept, and encoded only where words are
 * unsent. */
function reached({ store }: Y.Doc): Reached {
  return new Map([...store.clients.keys()].map((client) => [client, Y.getState(store, client)]));
}

export class Unsent {
  private waiting = 0;
  private line: LineState["kind"] = "connecting";
  private some: boolean;
  private kept: boolean;
  /** What an earlier page left, until it is in the text again. */
  private left: string | undefined;
  /** What the server or the device's store had when either was last known to have
   * all. */
  private held: Reached | undefined;
  /** Whether an earlier page left such words. */
  found: boolean;

  /** `foreign` tells of what is not written on this page; `words` reads what has been
   * typed until now. */
  constructor(
    private readonly motion: string,
    private readonly person: string,
    private readonly doc: Y.Doc,
    foreign: (origin: unknown) => boolean,
    private readonly words: () => { title: string; text: string },
  ) {
    const before = unsent(motion, person);
    this.found = this.some = this.kept = before !== null;
    this.left = before?.update;
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (foreign(origin)) return;
      this.some = true;
      if (this.line === "offline") this.later();
    });
    addEventListener("pagehide", () => this.keep());
    addEventListener("submit", () => this.keep(), true); // signing out asks what is unsent
  }

  /** open puts what an earlier page left back into the text, once the device's store
   * has been read, or cannot be. */
  open(): void {
    this.held = reached(this.doc);
    const left = this.left;
    this.left = undefined;
    if (left === undefined) return;
    try {
      Y.applyUpdate(this.doc, fromBase64(left), this);
    } catch {
      // cut short by the device: the words are still shown by the page that has no line
    }
  }

  /** follow hears of the line: what is saved is not unsent. */
  follow(line: LineState["kind"]): void {
    this.line = line;
    if (line === "saved" && this.left === undefined) this.forget();
    else if (line === "offline" || line === "refused") this.keep();
  }

  forget(): void {
    this.left = undefined;
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.some = false;
    this.held = reached(this.doc);
    if (!this.kept) return;
    this.kept = false;
    dropUnsent(this.motion, this.person);
  }

  /** later keeps in a while, and no later for each letter that follows. */
  private later(): void {
    this.waiting ||= window.setTimeout(() => this.keep(), PAUSE);
  }

  private keep(): void {
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (!this.some || this.left !== undefined) return;
    this.kept = true;
    const words = this.words();
    keepUnsent({ motion: this.motion, person: this.person, ...words, update: toBase64(Y.encodeStateAsUpdate(this.doc, this.held && Y.encodeStateVector(this.held))) });
  }
}
