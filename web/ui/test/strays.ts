// Letters under a citation that nobody put there. Where two write at once a letter
// may come between cited ones: then it is cited with them, and that is right. One
// that is typed right beside them may be taken for one of them: no rule can tell.
// Anything else has strayed.
import * as Y from "yjs";

interface Given {
  ids: Y.ID[];
  /** What the person had heard of. */
  since: ReadonlyMap<number, number>;
}

export class Strays {
  /** For each mark the letters that somebody gave it to, each time. */
  private readonly given = new Map<string, Given[]>();

  /** note hears what somebody did: letters bear marks that they did not bear, or
   * were written with them since. */
  note(ydoc: Y.Doc, before: ReadonlyMap<string, ReadonlySet<string>>, since: ReadonlyMap<number, number>): void {
    const given = new Map<string, Y.ID[]>();
    for (const { letter, id, marks } of lettersOf(ydoc))
      for (const mark of marks) {
        if ((before.get(letter) ?? before.get(nameOf(id)))?.has(mark) && id.clock < (since.get(id.client) ?? 0)) continue;
        given.set(mark, [...(given.get(mark) ?? []), id]);
      }
    for (const [mark, ids] of given) this.given.set(mark, [...(this.given.get(mark) ?? []), { ids, since }]);
  }

  /** find gives the letters that have strayed, and counts those beside. */
  find(ydoc: Y.Doc): { strayed: string[]; beside: number } {
    const all = [...items(ydoc)];
    const place = placesOf(all);
    const strayed: string[] = [];
    const ranges = new Map([...this.given].map(([mark, times]) => [mark, times.map((time) => rangeOf(time, all, place))]));
    let beside = 0;
    for (const { letter, id, marks } of lettersOf(ydoc))
      for (const mark of marks) {
        const at = place(id);
        const near = (ranges.get(mark) ?? []).filter(({ from, to }) => from <= at && at <= to);
        if (!near.length) strayed.push(letter + mark);
        else if (!near.some(({ first, last }) => first <= at && at <= last)) beside++;
      }
    return { strayed, beside };
  }
}

/** rangeOf is from the first to the last letter that was given a mark, and what
 * others had put right before and behind these. */
function rangeOf({ ids, since }: Given, all: readonly Y.Item[], place: (id: Y.ID) => number): Record<"from" | "first" | "last" | "to", number> {
  const places = ids.map(place);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const known = ({ id }: Y.Item) => id.clock < (since.get(id.client) ?? 0);
  let [from, to] = [-Infinity, Infinity];
  for (const item of all) {
    if (!known(item)) continue;
    const at = place(item.id);
    if (at + item.length - 1 < first) from = at + item.length;
    else if (at > last) {
      to = at - 1;
      break;
    }
  }
  return { from, first, last, to };
}

/** marksIn gives what each letter that is there bears, by its name: it may be there
 * twice for a moment. */
export function marksIn(ydoc: Y.Doc): Map<string, Set<string>> {
  return new Map([...lettersOf(ydoc)].map(({ id, marks }) => [nameOf(id), marks]));
}

const nameOf = ({ client, clock }: Y.ID) => `${client}:${clock}`;

function* items(ydoc: Y.Doc): Generator<Y.Item> {
  for (let item = (ydoc.getText("motion") as unknown as { _start: Y.Item | null })._start; item; item = item.right) yield item;
}

/** lettersOf gives each letter that is there, and the marks that it bears. */
function* lettersOf(ydoc: Y.Doc): Generator<{ letter: string; id: Y.ID; marks: Set<string> }> {
  const marks = new Set<string>();
  for (const item of items(ydoc)) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      const mark = /^(?:cite|comment)--(.*)/.exec(item.content.key)?.[1];
      if (mark && item.content.value === null) marks.delete(mark);
      else if (mark) marks.add(mark);
    } else if (item.content instanceof Y.ContentString) {
      let at = 0;
      for (const letter of item.content.str) {
        if (letter > "\u4dff") yield { letter, id: Y.createID(item.id.client, item.id.clock + at), marks: new Set(marks) };
        at += letter.length;
      }
    }
  }
}

/** placesOf tells where a letter stands among all that ever were. */
function placesOf(all: readonly Y.Item[]): (id: Y.ID) => number {
  const runs = new Map<number, { clock: number; length: number; place: number }[]>();
  let place = 0;
  for (const { id, length } of all) {
    if (!runs.has(id.client)) runs.set(id.client, []);
    runs.get(id.client)!.push({ clock: id.clock, length, place });
    place += length;
  }
  for (const list of runs.values()) list.sort((a, b) => a.clock - b.clock);
  return ({ client, clock }) => {
    const list = runs.get(client)!;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (list[middle].clock <= clock) low = middle;
      else high = middle - 1;
    }
    return list[low].place + clock - list[low].clock;
  };
}
