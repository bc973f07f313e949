// An editor on a page, by hand: keys, the browser's own editing, the
// clipboard. What it has put on the page may wait until the next thing is done,
// as it does between a key and what a browser tells of it.
import { TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import * as Y from "yjs";
import { canonical } from "../src/binding/flat";
import { WIRE, type Subject } from "./subject";

export abstract class Hands implements Subject {
  protected abstract readonly view: EditorView;

  constructor(protected readonly ydoc: Y.Doc) {}

  get state(): EditorState {
    this.flush();
    return this.view.state;
  }

  dispatch(tr: Transaction): void {
    this.view.dispatch(tr);
  }

  type(pos: number, words: string): void {
    this.put(pos);
    document.execCommand("insertText", false, words);
  }

  enter(pos: number): void {
    this.put(pos);
    this.key("Enter");
  }

  backspace(pos: number): void {
    this.put(pos);
    // What no command takes is the browser's to do.
    if (this.key("Backspace")) return;
    document.execCommand("delete");
    this.flush();
  }

  erase(from: number, to: number): void {
    this.put(from, to);
    this.key("Delete");
  }

  paste(pos: number, lines: readonly string[]): void {
    this.put(pos);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", lines.join("\n"));
    this.view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }

  undo(): void {
    this.key("z", { ctrlKey: true });
  }

  redo(): void {
    this.key("y", { ctrlKey: true });
  }

  receive(update: Uint8Array): void {
    this.flush();
    Y.applyUpdate(this.ydoc, update, WIRE);
  }

  shown(): string {
    return canonical(this.state.doc);
  }

  destroy(): void {
    this.view.destroy();
  }

  abstract pause(): void;
  abstract tidy(): void;
  abstract shared(): string;

  protected flush(): void {
    (this.view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
  }

  private put(from: number, to = from): void {
    this.view.focus();
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)));
  }

  /** key tells whether the editor has taken it. */
  private key(key: string, held: KeyboardEventInit = {}): boolean {
    return !this.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
  }
}
