// Whether this device has words that the server does not: then the text is kept as
// plain words too, for the page that may refuse the editor one day. That page
// cannot read the shared text.
import type * as Y from "yjs";
import { dropUnsent, keepUnsent, unsent } from "../app/kept";
import type { LineState } from "./provider";

const PAUSE = 500;

export class Unsent {
  private waiting = 0;
  private line: LineState["kind"] = "connecting";
  private some: boolean;
  private kept: boolean;
  /** Whether an earlier page left such words. */
  found: boolean;

  /** `foreign` tells of what is not written on this page. */
  constructor(
    private readonly motion: string,
    private readonly person: string,
    doc: Y.Doc,
    foreign: (origin: unknown) => boolean,
    private readonly words: () => { title: string; text: string },
  ) {
    this.found = this.some = this.kept = unsent(motion, person) !== null;
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (foreign(origin)) return;
      this.some = true;
      if (this.line === "offline") this.later();
    });
    addEventListener("pagehide", () => this.keep());
  }

  /** follow hears of the line: what is saved is not unsent. */
  follow(line: LineState["kind"]): void {
    this.line = line;
    if (line === "saved") this.forget();
    else if (line === "offline" || line === "refused") this.keep();
  }

  forget(): void {
    clearTimeout(this.waiting);
    this.some = false;
    if (!this.kept) return;
    this.kept = false;
    dropUnsent(this.motion, this.person);
  }

  private later(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.keep(), PAUSE);
  }

  private keep(): void {
    clearTimeout(this.waiting);
    if (!this.some) return;
    this.kept = true;
    keepUnsent({ motion: this.motion, person: this.person, ...this.words() });
  }
}
