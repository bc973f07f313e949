// The text on this device, for a page that has no line. Without one each letter is
// kept at once, since it is nowhere else. Where the server hears each letter at once,
// this device keeps it a little later, with those that follow: a transaction of its
// store takes a page longer than the letter takes Yjs.
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";

/** Milliseconds that a letter which the server hears waits here at most. */
const GATHER = 1000;

export class Device extends IndexeddbPersistence {
  private readonly store = this._storeUpdate;
  private gathered: Uint8Array[] = [];
  private waiting = 0;

  /** `alone` tells whether nobody hears what is written. */
  constructor(
    name: string,
    doc: Y.Doc,
    private readonly alone: () => boolean,
  ) {
    super(name, doc);
    doc.off("update", this.store);
    doc.on("update", (this._storeUpdate = this.gather)); // destroy takes that off
    addEventListener("pagehide", this.write);
  }

  /** write keeps now what has been gathered. */
  readonly write = (): void => {
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (this.gathered.length) this.store(Y.mergeUpdates(this.gathered), null);
    this.gathered = [];
  };

  private readonly gather = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.gathered.push(update);
    if (this.alone()) this.write();
    else this.waiting ||= window.setTimeout(this.write, GATHER);
  };
}
