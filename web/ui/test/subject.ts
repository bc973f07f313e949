// What a scenario drives: one person's editor over one copy of the document,
// by whichever hands and whichever binding.
import type { EditorState, Transaction } from "prosemirror-state";
import type * as Y from "yjs";

export interface Subject {
  /** What has been read so far, keys included. */
  readonly state: EditorState;
  dispatch(tr: Transaction): void;
  /** Puts words at a place. They may wait to be read, as a browser's do. */
  type(pos: number, words: string): void;
  enter(pos: number): void;
  backspace(pos: number): void;
  erase(from: number, to: number): void;
  /** Pastes lines, each but the first and last a block of its own. */
  paste(pos: number, lines: readonly string[]): void;
  undo(): void;
  redo(): void;
  /** What comes next is undone by itself. */
  pause(): void;
  /** Takes in what another sent. */
  receive(update: Uint8Array): void;
  /** Does what a page does in a quiet moment. */
  tidy(): void;
  /** The document as the shared copy has it, written out. */
  shared(): string;
  /** The document that is shown, written out alike. */
  shown(): string;
  destroy(): void;
}

export type Open = (ydoc: Y.Doc, fault: (what: string) => void) => Subject;

/** Origin of what others sent. */
export const WIRE = "wire";
