// The binding without a page: what keys do is done by the same commands.
import { baseKeymap, chainCommands } from "prosemirror-commands";
import { TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { Fragment, Slice } from "prosemirror-model";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter, unmark } from "../src/binding/blocks";
import { canonical, docOf } from "../src/binding/flat";
import { schema } from "../src/binding/schema";
import { WIRE, type Subject } from "./subject";

export class Headless implements Subject {
  protected readonly binding: Binding;

  constructor(readonly ydoc: Y.Doc, fault: (what: string) => void) {
    this.binding = new Binding(ydoc.getText("motion"), { captureTimeout: 0 });
    this.binding.onMismatch = (where) => fault(`document and text differ after ${where}`);
  }

  get state(): EditorState {
    return this.binding.state;
  }

  dispatch = (tr: Transaction): void => this.binding.dispatch(tr);

  type(pos: number, words: string): void {
    this.dispatch(this.state.tr.insertText(words, pos));
  }

  enter(pos: number): void {
    this.run(enter, pos);
  }

  backspace(pos: number): void {
    if (this.run(chainCommands(unmark, baseKeymap.Backspace), pos)) return;
    const $pos = this.state.doc.resolve(pos);
    const last = Array.from($pos.parent.textContent.slice(0, $pos.parentOffset)).pop();
    if (last) this.dispatch(this.state.tr.delete(pos - last.length, pos));
  }

  erase(from: number, to: number): void {
    this.dispatch(this.state.tr.delete(from, to));
  }

  paste(pos: number, lines: readonly string[]): void {
    const blocks = lines.map((words, i) => schema.nodes.block.create({ b: i % 2 ? "item|dup" : "paragraph|" }, words ? schema.text(words) : null));
    this.dispatch(this.state.tr.replace(pos, pos, new Slice(Fragment.from(blocks), 1, 1)));
  }

  /** undo and redo tell whether there was anything to take back. */
  undo(): boolean {
    return this.binding.undo();
  }

  redo(): boolean {
    return this.binding.redo();
  }

  pause(): void {
    this.binding.undoManager.stopCapturing();
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.ydoc, update, WIRE);
  }

  tidy(): void {
    this.binding.settle();
    this.binding.repairIds();
  }

  shared(): string {
    return canonical(docOf(this.binding.ytext));
  }

  shown(): string {
    return canonical(this.state.doc);
  }

  destroy(): void {
    this.binding.destroy();
  }

  private run(command: Command, pos: number): boolean {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, pos)));
    return command(this.state, this.dispatch);
  }
}
