// What a transaction changed in the text, as a Delta. Yjs' own event.delta takes
// signs out of the text while it is read, on each page others; this one reads.
import * as Y from "yjs";
import { equalValue, type Attrs } from "./schema";
import { first } from "./write";

export interface Op {
  insert?: unknown;
  retain?: number;
  delete?: number;
  attributes?: Attrs;
}

export function deltaOf(ytext: Y.Text, event: Y.YTextEvent): Op[] {
  const ops: Op[] = [];
  const old: Attrs = {};
  const now: Attrs = {};
  /** How now differs from old. */
  let change: Attrs | undefined;
  for (let item = first(ytext); item; item = item.right) {
    const added = event.adds(item);
    const gone = item.deleted && event.deletes(item);
    if (item.deleted && !(gone && !added)) continue;
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content;
      if (!added) set(old, key, value);
      if (!item.deleted) set(now, key, value);
      change = changed(change, key, old[key] ?? null, now[key] ?? null);
    } else if (added) {
      const insert = item.content instanceof Y.ContentString ? item.content.str : item.content.getContent()[0];
      ops.push({ insert, attributes: { ...now } });
    } else if (gone) ops.push({ delete: item.length });
    else {
      const last = ops[ops.length - 1];
      if (last?.retain && last.attributes === change) last.retain += item.length;
      else ops.push({ retain: item.length, attributes: change });
    }
  }
  // What stays as it is at the end needs no word.
  while (ops.length && ops[ops.length - 1].retain && !ops[ops.length - 1].attributes) ops.pop();
  return ops;
}

/** changed gives the same object where nothing is new. */
function changed(change: Attrs | undefined, key: string, was: unknown, is: unknown): Attrs | undefined {
  if (!equalValue(was, is)) return change && key in change && equalValue(change[key], is) ? change : { ...change, [key]: is };
  if (!change || !(key in change)) return change;
  const { [key]: _, ...rest } = change;
  return Object.keys(rest).length ? rest : undefined;
}

function set(attrs: Attrs, key: string, value: unknown): void {
  if (value === null || value === undefined) delete attrs[key];
  else attrs[key] = value;
}
