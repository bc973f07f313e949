// What others have written anew where one took it away: the same words at the same
// place, as when an earlier version of the text is put back. Undo would write them a
// second time. So where the text, between two letters that a step left alone, reads
// again as it did before that step, nothing of the step is left to take back; and
// where what one other person wrote there reads so by itself, nothing is to come
// back beside it. It may be told by the words alone: whoever they are from, nobody
// wants them twice.
import type * as Y from "yjs";
import { first, textOf } from "./write";

/** A part of a stretch: letters that are gone and would come back, letters there
 * that would go, newlines that stay, or letters that a client wrote since. */
interface Part {
  item: Y.Item;
  text: string;
  is: "back" | "going" | "newline" | number;
}

/** writtenAnew gives the items that a step is to leave as they are. `back` are those
 * that would come back, with what they say, `going` those that would go, `since` tells
 * what others wrote after the step. Newlines count whoever has kept them. */
export function writtenAnew(ytext: Y.Text, back: ReadonlyMap<Y.Item, string>, going: ReadonlySet<Y.Item>, since: (item: Y.Item) => boolean): Set<Y.Item> {
  const found = new Set<Y.Item>();
  let stretch: Part[] = [];
  const end = () => {
    for (const item of anew(stretch)) found.add(item);
    stretch = [];
  };
  for (let item = first(ytext); item; item = item.right) {
    if (back.has(item)) stretch.push({ item, text: back.get(item)!, is: "back" });
    else if (item.deleted || !item.countable) continue;
    else if (going.has(item)) stretch.push({ item, text: textOf(item), is: "going" });
    else if (since(item)) stretch.push({ item, text: textOf(item), is: item.id.client });
    else if (/^\n+$/.test(textOf(item))) stretch.push({ item, text: textOf(item), is: "newline" });
    else end();
  }
  end();
  return found;
}

function anew(stretch: readonly Part[]): Y.Item[] {
  const text = (...kinds: Part["is"][]) => stretch.flatMap(({ text, is }) => (kinds.includes(is) ? text : [])).join("");
  const clients = [...new Set(stretch.map(({ is }) => is))].filter((is) => typeof is === "number");
  if (!clients.length || !text("back")) return [];
  const was = text("back", "newline");
  if (text("going", "newline", ...clients) === was) return stretch.map(({ item }) => item);
  if (clients.some((client) => text("newline", client) === was)) return stretch.flatMap(({ item, is }) => (is === "going" ? [] : item));
  return [];
}
