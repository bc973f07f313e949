// The line between this page and the server, in the y-websocket protocol, with
// one message more: the server says how many frames are kept (on disk), so
// that « enregistré » is never said too early.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as awarenessProtocol from "y-protocols/awareness";
import * as syncProtocol from "y-protocols/sync";
import type * as Y from "yjs";

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const KEPT = 100;

/** Close codes after which trying again is of no use. */
const FINAL = new Set([1009, 4400, 4401, 4403, 4413]);

/** Silence after which the line is tried, and then given up. */
const QUIET = 20_000;
const DEAD = 45_000;
/** Longest wait between two tries. */
const LONGEST = 20_000;
/** Messages held back while an input method composes. */
const HELD = 2_000;

export type LineState =
  | { kind: "connecting" | "saving" | "saved" | "offline" }
  | { kind: "refused"; code: number; reason: string };

export interface LineOptions {
  url: string;
  doc: Y.Doc;
  awareness: awarenessProtocol.Awareness;
  onState(state: LineState): void;
  /** Called before anything that came is applied: what is local goes first. */
  flush(): void;
}

export class Line {
  state: LineState = { kind: "connecting" };
  /** True once the server's text has been read on this connection. */
  synced = false;

  private socket: WebSocket | null = null;
  private sent = 0;
  private kept = 0;
  private answered = false;
  private tries = 0;
  private retry = 0;
  private heard = 0;
  private held: Uint8Array[] | null = null;
  private overflow = false;
  private reason = "";
  private stopped = false;
  private readonly pulse: number;

  constructor(private readonly options: LineOptions) {
    options.doc.on("update", this.onUpdate);
    options.awareness.on("update", this.onAwareness);
    addEventListener("online", this.onOnline);
    addEventListener("offline", this.onOffline);
    addEventListener("pagehide", this.onLeave);
    this.pulse = window.setInterval(this.onPulse, 5_000);
    this.connect();
  }

  destroy(): void {
    this.stopped = true;
    this.options.doc.off("update", this.onUpdate);
    this.options.awareness.off("update", this.onAwareness);
    removeEventListener("online", this.onOnline);
    removeEventListener("offline", this.onOffline);
    removeEventListener("pagehide", this.onLeave);
    clearInterval(this.pulse);
    clearTimeout(this.retry);
    this.socket?.close(1000);
  }

  /** hold keeps what arrives aside, so that nothing moves under an input
   * method; release lets it in. */
  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const data of held) this.read(data);
    if (this.overflow) this.askAll();
    this.overflow = false;
  }

  private connect(): void {
    if (this.stopped || this.socket || this.state.kind === "refused") return;
    clearTimeout(this.retry);
    this.sent = this.kept = 0;
    this.answered = this.synced = false;
    this.reason = "";
    const socket = new WebSocket(this.options.url);
    this.socket = socket;
    this.heard = Date.now();
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.askAll();
      if (this.options.awareness.getLocalState() !== null) this.sendAwareness([this.options.doc.clientID]);
      this.send((e) => encoding.writeVarUint(e, QUERY_AWARENESS));
      this.tell();
    };
    socket.onmessage = (event) => {
      this.heard = Date.now();
      if (event.data instanceof ArrayBuffer) this.receive(new Uint8Array(event.data));
    };
    socket.onclose = (event) => this.onClose(socket, event.code, event.reason);
  }

  private onClose(socket: WebSocket, code: number, reason: string): void {
    if (this.socket !== socket) return;
    this.socket = null;
    this.synced = false;
    const others = [...this.options.awareness.getStates().keys()].filter((c) => c !== this.options.doc.clientID);
    awarenessProtocol.removeAwarenessStates(this.options.awareness, others, this);
    if (this.stopped) return;
    if (FINAL.has(code)) {
      this.state = { kind: "refused", code, reason: reason || this.reason };
      this.options.onState(this.state);
      return;
    }
    this.tell();
    // Doubling, and spread over half of it, so that a restarted server is not
    // met by everybody at one moment.
    const wait = Math.min(LONGEST, 500 * 2 ** this.tries++);
    this.retry = window.setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  private receive(data: Uint8Array): void {
    if (!this.held || data[0] !== SYNC) this.read(data);
    else if (this.held.length < HELD) this.held.push(data);
    else this.overflow = true;
  }

  private read(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    switch (decoding.readVarUint(decoder)) {
      case SYNC: {
        this.options.flush();
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, SYNC);
        const type = syncProtocol.readSyncMessage(decoder, encoder, this.options.doc, this);
        if (type === syncProtocol.messageYjsSyncStep1) {
          this.answered = true;
          this.sendChange(encoding.toUint8Array(encoder));
        } else if (type === syncProtocol.messageYjsSyncStep2) {
          this.synced = true;
          this.tries = 0;
        }
        this.tell();
        break;
      }
      case AWARENESS:
        this.options.flush(); // a caret drawn anew puts the selection back where it was
        awarenessProtocol.applyAwarenessUpdate(this.options.awareness, decoding.readVarUint8Array(decoder), this);
        break;
      case AUTH:
        if (decoding.readVarUint(decoder) === 0) this.reason = decoding.readVarString(decoder);
        break;
      case QUERY_AWARENESS:
        this.sendAwareness([...this.options.awareness.getStates().keys()]);
        break;
      case KEPT:
        this.kept = decoding.readVarUint(decoder);
        this.tell();
        break;
    }
  }

  /** tell works out what can honestly be said of the text. */
  private tell(): void {
    if (this.state.kind === "refused") return;
    let kind: "connecting" | "saving" | "saved" | "offline";
    if (this.socket?.readyState !== WebSocket.OPEN)
      kind = this.state.kind === "connecting" && this.tries === 0 && navigator.onLine ? "connecting" : "offline";
    else if (!this.synced || !this.answered) kind = this.state.kind === "connecting" ? "connecting" : "saving";
    else kind = this.kept < this.sent ? "saving" : "saved";
    if (kind === this.state.kind) return;
    this.state = { kind };
    this.options.onState(this.state);
  }

  private send(write: (e: encoding.Encoder) => void): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    const encoder = encoding.createEncoder();
    write(encoder);
    this.socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
    return true;
  }

  /** sendChange sends a frame that is to be kept: only these are counted. */
  private sendChange(frame: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(frame as Uint8Array<ArrayBuffer>);
    this.sent++;
  }

  private askAll(): void {
    this.send((e) => {
      encoding.writeVarUint(e, SYNC);
      syncProtocol.writeSyncStep1(e, this.options.doc);
    });
  }

  private sendAwareness(clients: number[]): void {
    this.send((e) => {
      encoding.writeVarUint(e, AWARENESS);
      encoding.writeVarUint8Array(e, awarenessProtocol.encodeAwarenessUpdate(this.options.awareness, clients));
    });
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, SYNC);
    syncProtocol.writeUpdate(encoder, update);
    this.sendChange(encoding.toUint8Array(encoder));
    this.tell();
  };

  private readonly onAwareness = (change: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
    if (origin !== this) this.sendAwareness([...change.added, ...change.updated, ...change.removed]);
  };

  private readonly onOnline = () => {
    this.tries = 0;
    this.connect();
  };

  private readonly onOffline = () => {
    // The browser knows before the line does.
    const socket = this.socket;
    socket?.close();
    if (socket) this.onClose(socket, 1006, "");
  };

  private readonly onLeave = () => {
    awarenessProtocol.removeAwarenessStates(this.options.awareness, [this.options.doc.clientID], "leave");
  };

  private readonly onPulse = () => {
    const socket = this.socket;
    if (!socket) return;
    const silent = Date.now() - this.heard;
    if (silent > DEAD) {
      // A dead line may take minutes to close by itself.
      socket.close();
      this.onClose(socket, 1006, "");
    } else if (silent > QUIET) this.askAll();
  };
}
