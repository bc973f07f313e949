// Letters taken out of the shared text, and marks put on them. Yjs keeps a mark
// as signs between the letters: from here on a key has this value. Its own
// `delete` and `format` take away signs that look needless on this page; but a
// page that has not heard of that yet may count on them, for letters that it puts
// between two. So a citation was lost, or ran on to the text's end.
//
// Here a sign goes only where another takes its place, and one that ends a mark
// never does: whatever meets, each mark that is begun is ended where its author
// ended it. What is deleted leaves its signs behind, which say nothing.
import * as Y from "yjs";
import { EMBED } from "./flat";
import { equalValue, type Attrs } from "./schema";

/** A key of some letters that got another value. Values are null where there is
 * none. */
export interface Change {
  id: Y.ID;
  length: number;
  key: string;
  was: unknown;
  is: unknown;
}

/** first is the item that a text begins with. */
export function first(ytext: Y.Text): Y.Item | null {
  return (ytext as unknown as { _start: Y.Item | null })._start;
}

/** textOf gives an item's letters; an embedded object counts as one. */
export function textOf(item: Y.Item): string {
  return item.content instanceof Y.ContentString ? item.content.str : EMBED;
}

/** piece is the item that begins with an identifier, cut to a length. */
export function piece(tr: Y.Transaction, id: Y.ID, length: number): Y.Item {
  const item = Y.getItemCleanStart(tr, id);
  if (item.length > length) Y.getItemCleanStart(tr, Y.createID(id.client, id.clock + length));
  return item;
}

/** put makes an item between two. */
export function put(tr: Y.Transaction, ytext: Y.Text, left: Y.Item | null, right: Y.Item | null, content: Y.Item["content"]): Y.Item {
  const { clientID, store } = ytext.doc!;
  const item = new Y.Item(Y.createID(clientID, Y.getState(store, clientID)), left, left && left.lastId, right, right && right.id, ytext, null, content);
  item.integrate(tr, 0);
  forget(ytext);
  return item;
}

/** erase takes letters away, and nothing else. */
export function erase(ytext: Y.Text, index: number, length: number): void {
  ytext.doc!.transact((tr) => {
    for (const item of letters(tr, ytext, index, length)) item.delete(tr);
    forget(ytext);
  });
}

/** mark gives letters the values of some keys, null for none. Letters that are gone
 * keep their signs; and those that this page may bring back, whose content it still
 * has, keep what they had. */
export function mark(ytext: Y.Text, index: number, length: number, values: Attrs, note: (change: Change) => void = () => {}): void {
  ytext.doc!.transact((tr) => {
    end(tr, ytext, index, length, values);
    const signs = new Map(Object.keys(values).map((key) => [key, new Signs(key)]));
    for (let item = first(ytext); item; item = item.right) {
      if (item.deleted) {
        if (item.content instanceof Y.ContentFormat) continue;
        const mayReturn = !(item.content instanceof Y.ContentDeleted);
        for (const s of signs.values()) mayReturn ? s.keep(tr, ytext, item) : s.pass();
        continue;
      }
      if (item.content instanceof Y.ContentFormat) {
        signs.get(item.content.key)?.meet(item);
        continue;
      }
      if (length <= 0) break;
      if (index >= item.length) index -= item.length;
      else {
        if (index > 0) for (const s of signs.values()) s.pass();
        item = piece(tr, Y.createID(item.id.client, item.id.clock + index), length);
        index = 0;
        for (const [key, s] of signs) {
          const value = values[key] ?? null;
          if (!equalValue(s.old, value)) note({ id: item.id, length: item.length, key, was: s.old, is: value });
          s.say(tr, ytext, item, value);
        }
        length -= item.length;
      }
      for (const s of signs.values()) s.pass();
    }
  });
}

/** end writes the signs behind the last letter, where what follows is to stay as
 * it is. They come before those that begin: whoever has got a mark's beginning has
 * got its end. */
function end(tr: Y.Transaction, ytext: Y.Text, index: number, length: number, values: Attrs): void {
  const last = [...letters(tr, ytext, index, length)].pop();
  if (!last) return;
  const old: Attrs = {};
  for (let item = first(ytext); item && item !== last; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat) old[item.content.key] = item.content.value;
  const said = new Set<string>();
  for (let item = last.right; item && item.content instanceof Y.ContentFormat; item = item.right) if (!item.deleted) said.add(item.content.key);
  for (const key of Object.keys(values))
    if (!said.has(key) && !equalValue(old[key] ?? null, values[key] ?? null)) put(tr, ytext, last, last.right, new Y.ContentFormat(key, (old[key] ?? null) as object));
}

/** Signs follows one key through the text: what letters had, and have. */
class Signs {
  old: unknown = null;
  now: unknown = null;
  /** Since the last letter, there or gone, and what that one has. */
  private gap: Y.Item[] = [];
  private before: unknown = null;

  constructor(readonly key: string) {}

  meet(item: Y.Item): void {
    this.gap.push(item);
    this.old = this.now = (item.content as Y.ContentFormat).value ?? null;
  }

  pass(): void {
    this.gap = [];
    this.before = this.now;
  }

  /** keep leaves a letter that is gone what it had. */
  keep(tr: Y.Transaction, ytext: Y.Text, letter: Y.Item): void {
    this.say(tr, ytext, letter, this.old);
    this.pass();
  }

  say(tr: Y.Transaction, ytext: Y.Text, letter: Y.Item, value: unknown): void {
    if (equalValue(this.now, value)) return;
    this.now = this.before;
    for (const sign of this.gap) {
      if (((sign.content as Y.ContentFormat).value ?? null) === null) this.now = null;
      else sign.delete(tr);
    }
    if (!equalValue(this.now, value)) put(tr, ytext, letter.left, letter, new Y.ContentFormat(this.key, value as object));
    this.now = value;
  }
}

/** letters gives the items of some letters, cut to them. */
export function* letters(tr: Y.Transaction, ytext: Y.Text, index: number, length: number): Generator<Y.Item> {
  for (let item = first(ytext); item && length > 0; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (index >= item.length) {
      index -= item.length;
      continue;
    }
    item = piece(tr, Y.createID(item.id.client, item.id.clock + index), length);
    index = 0;
    length -= item.length;
    yield item;
  }
}

/** dress gives items the values that a rule makes of those that they have. */
export function dress(ytext: Y.Text, rules: ReadonlyMap<Y.Item, (now: Attrs) => Attrs>, note?: (change: Change) => void): boolean {
  const runs: { index: number; length: number; values: Attrs }[] = [];
  const now: Attrs = {};
  let index = 0;
  for (let item = first(ytext); item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content;
      if (value === null) delete now[key];
      else now[key] = value;
      continue;
    }
    const values = rules.get(item)?.({ ...now }) ?? {};
    const last = runs[runs.length - 1];
    if (!Object.keys(values).length) {
      // Nothing to do.
    } else if (last && last.index + last.length === index && JSON.stringify(last.values) === JSON.stringify(values)) last.length += item.length;
    else runs.push({ index, length: item.length, values });
    index += item.length;
  }
  for (const run of runs) mark(ytext, run.index, run.length, run.values, note);
  return runs.length > 0;
}

/** bring writes a deleted letter again, at its place: with what it says, or with what
 * the one that it stood for does. */
export function bring(tr: Y.Transaction, ytext: Y.Text, item: Y.Item, content = item.content): Y.Item {
  const copy = put(tr, ytext, item.left, item, content.copy());
  item.redone = copy.id;
  copy.keep = true;
  return copy;
}

/** standing gives the items that stand for some letters now, themselves or what
 * brought them back, and their distance from the first. */
export function* standing(tr: Y.Transaction, id: Y.ID, length: number): Generator<{ item: Y.Item; at: number }> {
  for (let at = 0; at < length; ) {
    let item = Y.getItemCleanStart(tr, after(id, at));
    if (!(item instanceof Y.Item)) return;
    let n = Math.min(item.length, length - at);
    while (item.redone) {
      item = Y.getItemCleanStart(tr, item.redone);
      n = Math.min(n, item.length);
    }
    yield { item: piece(tr, item.id, n), at };
    at += n;
  }
}

/** after is the identifier of a letter behind another of its run. */
export function after({ client, clock }: Y.ID, at: number): Y.ID {
  return Y.createID(client, clock + at);
}

/** Yjs remembers places of a text that has no marks yet. */
function forget(ytext: Y.Text): void {
  const places = (ytext as unknown as { _searchMarker: unknown[] | null })._searchMarker;
  if (places) places.length = 0;
}
