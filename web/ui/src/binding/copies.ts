// Which letters are copies of which. The text knows no move: a block that goes
// elsewhere is written again there, and its letters are deleted where they were; so
// is what an undo brings back. Whoever writes letters again says in the same
// transaction of which they are copies, in a map beside the text, so that all pages
// know alike that two letters are the same: by their names, never by a guess.
//
// Copies of one letter form a tree under the one that was typed, its root. Two
// people who copy a letter at once give it two branches. One letter of the tree
// stands for all: from the root on, of several copies that of the lowest client, of
// one client's the latest, down to one that nobody copied. The others go (settle.ts).
// The one that stands is never among those that a page takes away, whatever it has
// heard of so far: what a page takes away has a lower branch beside it, and knowing
// more only adds branches.
import * as Y from "yjs";
import { after, first, piece } from "./write";

/** Name of the map. A key is the first copy, a value the runs of one transaction,
 * "CLIENT:CLOCK+LENGTH=CLIENT:CLOCK" joined by ";", numbers in base 36: copies, then
 * of what; "^" in place of "=" where deleted letters were brought back. */
export const COPIES = "copies";

/** A run of letters written for others, and those. */
export interface Copy {
  copy: Y.ID;
  source: Y.ID;
  length: number;
  /** Whether the letters were deleted, knowingly, before they were copied. */
  back: boolean;
  /** What was copied at once has one. */
  key?: string;
}

/** A part of a run of letters, `at` letters from its beginning. */
export interface Part {
  id: Y.ID;
  at: number;
  length: number;
}

/** More copies of one letter than there can be, unless a record goes in circles. */
const DEEPEST = 10_000;

export class Copies {
  private readonly map: Y.Map<unknown>;
  private readonly read = new Set<string>();
  private readonly up = new Index((run) => run.copy);
  private readonly down = new Index((run) => run.source);
  /** Runs that a transaction has brought, before its events are told. */
  onFresh: (runs: readonly Copy[], tr: Y.Transaction) => void = () => {};

  constructor(private readonly doc: Y.Doc) {
    this.map = doc.getMap(COPIES);
    for (const key of this.map.keys()) this.learn(key);
    doc.on("beforeObserverCalls", this.hear);
  }

  destroy(): void {
    this.doc.off("beforeObserverCalls", this.hear);
  }

  /** Whether nothing was ever copied. */
  get none(): boolean {
    return !this.read.size;
  }

  /** record says of which letters others are copies, within a transaction. */
  record(runs: readonly Copy[]): void {
    if (!runs.length) return;
    const text = merged(runs).map(({ copy, source, length, back }) => `${write(copy)}+${length.toString(36)}${back ? "^" : "="}${write(source)}`);
    const key = write(runs[0].copy);
    this.map.set(key, text.join(";"));
    this.learn(key);
  }

  /** source is what letters were copied from at once, as far as one run says. */
  source(id: Y.ID, length = 1): { run: Copy | null; part: Part } {
    return this.up.at(id, length, () => 0);
  }

  /** root is what a letter is in the end a copy of. */
  root(id: Y.ID): Y.ID {
    for (const part of this.roots(id, 1)) return part.id;
    return id;
  }

  *roots(id: Y.ID, length: number): Generator<Part> {
    for (let at = 0; at < length; ) {
      let here = after(id, at);
      let n = length - at;
      for (let hops = 0; hops < DEEPEST; hops++) {
        const { run, part } = this.source(here, n);
        n = part.length;
        if (!run) break;
        here = after(run.source, here.clock - run.copy.clock);
      }
      yield { id: here, at, length: n };
      at += n;
    }
  }

  /** lasts gives what stands for letters among the copies that were made of them,
   * letters that are no root included. */
  *lasts(id: Y.ID, length: number): Generator<Part> {
    for (let at = 0; at < length; ) {
      let here = after(id, at);
      let n = length - at;
      for (let hops = 0; hops < DEEPEST; hops++) {
        const { run, part } = this.down.at(here, n, (a, b) => a.copy.client - b.copy.client || b.copy.clock - b.source.clock - (a.copy.clock - a.source.clock));
        n = part.length;
        if (!run) break;
        here = after(run.copy, here.clock - run.source.clock);
      }
      yield { id: here, at, length: n };
      at += n;
    }
  }

  /** stands gives what stands for letters, for each the one of its whole tree. */
  *stands(id: Y.ID, length: number): Generator<Part> {
    for (const root of this.roots(id, length)) for (const last of this.lasts(root.id, root.length)) yield { ...last, at: root.at + last.at };
  }

  /** standing gives the items that stand for letters, cut to them, living or not. */
  *standing(tr: Y.Transaction, id: Y.ID, length: number): Generator<{ item: Y.Item; at: number }> {
    for (const part of [...this.stands(id, length)])
      for (let done = 0; done < part.length; ) {
        const here = after(part.id, done);
        if (here.clock >= Y.getState(tr.doc.store, here.client)) break; // another program's word
        const item = Y.getItemCleanStart(tr, here);
        if (!(item instanceof Y.Item)) break;
        const cut = piece(tr, here, part.length - done);
        yield { item: cut, at: part.at + done };
        done += cut.length;
      }
  }

  /** moved gives the index of what stands for a deleted letter, null where it is
   * still there or nothing is. */
  moved(ytext: Y.Text, id: Y.ID): number | null {
    const [{ id: stands }] = this.stands(id, 1);
    if (Y.compareIDs(stands, id)) return null;
    let index = 0;
    for (let item = first(ytext); item; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const at = item.id.client === stands.client ? stands.clock - item.id.clock : -1;
      if (at >= 0 && at < item.length) return index + at;
      index += item.length;
    }
    return null;
  }

  /** made gives the runs that say what a letter was copied to. */
  made(id: Y.ID): Copy[] {
    return this.down.all(id);
  }

  /** descends tells whether a letter is another, or a copy of it. */
  descends(id: Y.ID, of: Y.ID): boolean {
    for (let hops = 0; hops < DEEPEST; hops++) {
      if (Y.compareIDs(id, of)) return true;
      const { run } = this.source(id);
      if (!run) return false;
      id = after(run.source, id.clock - run.copy.clock);
    }
    return false;
  }

  /** copiedBy gives the runs that a client wrote as copies. */
  copiedBy(client: number): readonly Copy[] {
    return this.up.of(client);
  }

  clients(): Iterable<number> {
    return this.up.clients();
  }

  private readonly hear = (tr: Y.Transaction): void => {
    const fresh = [...(tr.changed.get(this.map as unknown as Y.AbstractType<Y.YEvent<any>>) ?? [])].flatMap((key) => (key === null ? [] : this.learn(key)));
    if (fresh.length) this.onFresh(fresh, tr);
  };

  /** learn reads one entry, once. What another program wrote may be anything. */
  private learn(key: string): Copy[] {
    const value = this.map.get(key);
    if (this.read.has(key) || typeof value !== "string") return [];
    this.read.add(key);
    const runs = value.split(";").flatMap(parse);
    for (const run of runs) {
      run.key = key;
      this.up.add(run);
      this.down.add(run);
    }
    return runs;
  }
}

/** Index finds runs by one of their two sides. */
class Index {
  /** For each client its runs by clock, and the length of the longest. */
  private readonly runs = new Map<number, { list: Copy[]; longest: number }>();

  constructor(private readonly side: (run: Copy) => Y.ID) {}

  add(run: Copy): void {
    const { client, clock } = this.side(run);
    let known = this.runs.get(client);
    if (!known) this.runs.set(client, (known = { list: [], longest: 0 }));
    known.list.splice(this.find(known.list, clock + 1), 0, run);
    known.longest = Math.max(known.longest, run.length);
  }

  of(client: number): readonly Copy[] {
    return this.runs.get(client)?.list ?? [];
  }

  clients(): Iterable<number> {
    return this.runs.keys();
  }

  /** all gives the runs that a letter is in. */
  all(id: Y.ID): Copy[] {
    const known = this.runs.get(id.client);
    const out: Copy[] = [];
    if (known)
      for (let i = this.find(known.list, id.clock - known.longest + 1); i < known.list.length && this.side(known.list[i]).clock <= id.clock; i++)
        if (this.side(known.list[i]).clock + known.list[i].length > id.clock) out.push(known.list[i]);
    return out;
  }

  /** at gives the run that a letter is in, the first by an order where there are
   * several, and how many letters from there on it is the same for. */
  at(id: Y.ID, length: number, order: (a: Copy, b: Copy) => number): { run: Copy | null; part: Part } {
    const known = this.runs.get(id.client);
    let run: Copy | null = null;
    let n = length;
    if (known)
      for (let i = this.find(known.list, id.clock - known.longest + 1); i < known.list.length; i++) {
        const other = known.list[i];
        const from = this.side(other).clock - id.clock;
        if (from >= n) break;
        if (from > 0) n = from;
        else if (from + other.length > 0) {
          n = Math.min(n, from + other.length);
          if (!run || order(other, run) < 0) run = other;
        }
      }
    return { run, part: { id, at: 0, length: n } };
  }

  /** find is the place of the first run from a clock on. */
  private find(list: readonly Copy[], clock: number): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.side(list[middle]).clock < clock) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** merged joins runs that follow each other on both sides. */
function merged(runs: readonly Copy[]): Copy[] {
  const out: Copy[] = [];
  for (const run of runs) {
    const last = out[out.length - 1];
    const follows = (a: Y.ID, b: Y.ID) => a.client === b.client && a.clock + last.length === b.clock;
    if (last && last.back === run.back && follows(last.copy, run.copy) && follows(last.source, run.source)) last.length += run.length;
    else out.push({ ...run });
  }
  return out;
}

const write = ({ client, clock }: Y.ID) => `${client.toString(36)}:${clock.toString(36)}`;

function parse(text: string): Copy[] {
  const m = /^([0-9a-z]{1,8}):([0-9a-z]{1,10})\+([0-9a-z]{1,6})([=^])([0-9a-z]{1,8}):([0-9a-z]{1,10})$/.exec(text);
  if (!m) return [];
  const [a, b, length, c, d] = [m[1], m[2], m[3], m[5], m[6]].map((digits) => parseInt(digits, 36));
  return length ? [{ copy: Y.createID(a, b), source: Y.createID(c, d), length, back: m[4] === "^" }] : [];
}
