// Pages of one text, by people who do this and that and hear of each other now and
// then.
import assert from "node:assert/strict";
import { TextSelection, type Command } from "prosemirror-state";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter, moveBlock } from "../src/binding/blocks";
import { kindOf } from "../src/binding/schema";

export interface Page {
  ydoc: Y.Doc;
  binding: Binding;
}

/** meet opens pages of one text, which the first has typed. */
export function meet(text: string, pages = 2): Page[] {
  const out = Array.from({ length: pages }, (_, i) => {
    const ydoc = new Y.Doc();
    ydoc.clientID = i + 1;
    return { ydoc, binding: new Binding(ydoc.getText("motion"), { captureTimeout: 0 }) };
  });
  type(out[0], text, 0);
  sync(out);
  return out;
}

export function type({ binding }: Page, words: string, at: number): void {
  binding.dispatch(binding.state.tr.insertText(words, at + 1));
}

export function take({ binding }: Page, words: string): void {
  const at = binding.state.doc.firstChild!.textContent.indexOf(words);
  if (at >= 0) binding.dispatch(binding.state.tr.delete(at + 1, at + 1 + words.length));
}

export function sync(pages: Page[]): void {
  const updates = pages.map(({ ydoc }) => Y.encodeStateAsUpdate(ydoc));
  for (const { ydoc } of pages) for (const update of updates) Y.applyUpdate(ydoc, update, "wire");
}

/** quiet lets all hear of all and settle, then gives the text that all have. */
export function quiet(pages: Page[]): string {
  for (let i = 0; i < 2; i++) {
    sync(pages);
    for (const { binding } of pages) binding.settle();
  }
  sync(pages);
  const texts = new Set(pages.map(({ binding }) => binding.state.doc.textContent));
  assert.equal(texts.size, 1, [...texts].join(" / "));
  for (const { binding } of pages) assert.ok(binding.verify());
  return [...texts][0];
}

/** blocks opens pages of three blocks. */
export function blocks(pages = 2): Page[] {
  const ydoc = new Y.Doc();
  ydoc.getText("motion").applyDelta(["un", "deux", "trois"].flatMap((words, i) => [{ insert: words }, { insert: "\n", attributes: { b: `paragraph|${i + 1}` } }]));
  const first = Y.encodeStateAsUpdate(ydoc);
  return Array.from({ length: pages }, (_, i) => {
    const copy = new Y.Doc();
    copy.clientID = i + 1;
    Y.applyUpdate(copy, first, "wire");
    return { ydoc: copy, binding: new Binding(copy.getText("motion"), { captureTimeout: 0 }) };
  });
}

export const run = ({ binding }: Page, command: Command) => command(binding.state, binding.dispatch);

/** where is the place behind some words, if they are there. */
export function where({ binding }: Page, words: string): number | null {
  let pos: number | null = null;
  binding.state.doc.forEach((block, before) => {
    const at = block.textContent.indexOf(words);
    if (at >= 0) pos = before + 1 + at + words.length;
  });
  return pos;
}

/** at puts the cursor behind some words, or has them selected. */
export function at(page: Page, words: string, length = 0): boolean {
  const pos = where(page, words);
  if (pos === null) return false;
  const { tr } = page.binding.state;
  page.binding.dispatch(tr.setSelection(TextSelection.create(tr.doc, pos - length, pos)));
  return true;
}

export function put(page: Page, words: string, behind: string): void {
  const pos = where(page, behind);
  if (pos !== null) page.binding.dispatch(page.binding.state.tr.insertText(words, pos));
}

export function move(page: Page, words: string, to: number): void {
  const pos = where(page, words);
  if (pos !== null) run(page, moveBlock(page.binding.state.doc.resolve(pos).index(0), to));
}

/** lines gives the blocks that all have: kind, words, and what is cited. */
export function lines(pages: Page[]): string[] {
  quiet(pages);
  const texts = pages.map(({ binding }) =>
    binding.state.doc.children.map((block) => {
      const cited = block.children.filter((node) => node.marks.length).map((node) => ` [${node.text}]`);
      return `${kindOf(block)} ${block.textContent}${cited.join("")}`;
    }),
  );
  for (const text of texts) assert.deepEqual(text, texts[0]);
  return texts[0];
}

/** press does what Enter does behind some words. */
export const press = (page: Page, behind: string) => at(page, behind) && run(page, enter);

