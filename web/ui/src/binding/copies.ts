// Which letters are copies of which. The text knows no move: a block that goes
// elsewhere is written again there, and its letters are deleted where they were.
// Whoever writes letters again says in the same transaction of which they are
// copies, in a map beside the text, so that all pages know alike that two letters
// are the same: by their names, never by a guess.
//
// Copies of one letter form a tree under the one that was typed. Two people who copy
// a letter at once give it two branches. One letter of the tree stands for all: from
// the root on, of several copies that of the lowest client, down to one that nobody
// copied. What a page takes for a copy that does not stand has a lower branch beside
// it, or was copied further; knowing more only adds branches; so whatever pages have
// heard of so far, none takes away the one that stands.
import * as Y from "yjs";
import { after } from "./write";

/** Name of the map. A key is the first copy, behind a "+" where letters were only taken
 * along with a block; a value the runs of one move, "CLIENT:CLOCK+LENGTH=CLIENT:CLOCK"
 * joined by ";", numbers in base 36: copies, then of what. */
const COPIES = "copies";

/** Letters, and those that were written for them. */
export interface Pair {
  from: Y.ID;
  to: Y.ID;
  length: number;
}

/** What was copied at once, in the order of the text. */
export type Move = readonly Pair[];

/** More copies of one letter than there can be, unless what another program wrote
 * goes in circles. */
const DEEPEST = 1000;

export class Copies {
  private readonly map: Y.Map<unknown>;
  private readonly read = new Set<string>();
  private readonly followers = new Set<Move>();
  private readonly up = new Index((pair) => pair.to);
  private readonly down = new Index((pair) => pair.from);
  /** What others have moved, not looked at so far. */
  fresh: Move[] = [];

  constructor(private readonly doc: Y.Doc) {
    this.map = doc.getMap(COPIES);
    for (const key of this.map.keys()) this.learn(key);
    doc.on("beforeObserverCalls", this.hear);
  }

  destroy(): void {
    this.doc.off("beforeObserverCalls", this.hear);
  }

  /** record says of which letters others are copies, within the transaction that
   * wrote them: of a block that moves, or of what is taken along with one. */
  record(pairs: Move, along = false): void {
    if (!pairs.length) return;
    const key = (along ? "+" : "") + write(pairs[0].to);
    this.map.set(key, merged(pairs).map(({ from, to, length }) => `${write(to)}+${length.toString(36)}=${write(from)}`).join(";"));
    this.learn(key);
  }

  /** isAlong tells whether letters were only taken along with a block. */
  isAlong(move: Move): boolean {
    return this.followers.has(move);
  }

  /** source gives the letter that one is a copy of. */
  source(id: Y.ID): Y.ID | null {
    const [found] = this.up.at(id);
    return found ? after(found.pair.from, id.clock - found.pair.to.clock) : null;
  }

  /** movedIn gives what a letter was copied in. */
  movedIn(id: Y.ID): Move | null {
    return this.up.at(id)[0]?.move ?? null;
  }

  /** movesOf gives what a letter was copied by. */
  movesOf(id: Y.ID): Move[] {
    return this.down.at(id).map(({ move }) => move);
  }

  /** stand gives the letter that stands for one. */
  stand(id: Y.ID): Y.ID {
    let stand = this.root(id);
    for (let hops = 0; hops < DEEPEST; hops++) {
      const [first] = this.made(stand).sort((a, b) => a.client - b.client || b.clock - a.clock);
      if (!first) break;
      stand = first;
    }
    return stand;
  }

  /** root gives the letter that one is in the end a copy of. */
  root(id: Y.ID): Y.ID {
    for (let hops = 0; hops < DEEPEST; hops++) {
      const source = this.source(id);
      if (!source) break;
      id = source;
    }
    return id;
  }

  /** below gives a letter and its copies, and theirs. */
  below(id: Y.ID): Y.ID[] {
    const out = [id];
    for (let i = 0; i < out.length && out.length < DEEPEST; i++) out.push(...this.made(out[i]));
    return out;
  }

  private made(id: Y.ID): Y.ID[] {
    return this.down.at(id).map(({ pair }) => after(pair.to, id.clock - pair.from.clock));
  }

  private readonly hear = (tr: Y.Transaction): void => {
    for (const key of tr.changed.get(this.map as unknown as Y.AbstractType<Y.YEvent<any>>) ?? []) {
      const move = key === null ? [] : this.learn(key);
      if (move.length) this.fresh.push(move);
    }
  };

  /** learn reads one entry, once. What another program wrote may be anything. */
  private learn(key: string): Move {
    const value = this.map.get(key);
    if (this.read.has(key) || typeof value !== "string") return [];
    this.read.add(key);
    const move = value.split(";").flatMap(parse).filter(({ from, to }) => !same(from, to));
    if (key.startsWith("+")) this.followers.add(move);
    for (const pair of move) {
      this.up.add(pair, move);
      this.down.add(pair, move);
    }
    return move;
  }
}

interface Entry {
  pair: Pair;
  move: Move;
}

/** Index finds pairs by the letters of one of their two sides. */
class Index {
  /** Pairs by the stretches of letters that they touch. */
  private readonly stretches = new Map<string, Entry[]>();

  constructor(private readonly side: (pair: Pair) => Y.ID) {}

  add(pair: Pair, move: Move): void {
    const { client, clock } = this.side(pair);
    for (let n = stretch(clock); n <= stretch(clock + pair.length - 1); n++) {
      const key = `${client}:${n}`;
      this.stretches.set(key, [...(this.stretches.get(key) ?? []), { pair, move }]);
    }
  }

  at({ client, clock }: Y.ID): Entry[] {
    return (this.stretches.get(`${client}:${stretch(clock)}`) ?? []).filter(({ pair }) => {
      const first = this.side(pair).clock;
      return first <= clock && clock < first + pair.length;
    });
  }
}

const stretch = (clock: number) => Math.floor(clock / 256);

/** merged joins pairs that follow each other on both sides. */
export function merged(pairs: Move): Pair[] {
  const out: Pair[] = [];
  for (const pair of pairs) {
    const last = out[out.length - 1];
    if (last && same(after(last.from, last.length), pair.from) && same(after(last.to, last.length), pair.to)) last.length += pair.length;
    else out.push({ ...pair });
  }
  return out;
}

export const same = (a: Y.ID, b: Y.ID) => a.client === b.client && a.clock === b.clock;

const write = ({ client, clock }: Y.ID) => `${client.toString(36)}:${clock.toString(36)}`;

function parse(text: string): Pair[] {
  const m = /^([0-9a-z]{1,11}):([0-9a-z]{1,10})\+([0-9a-z]{1,4})[=^]([0-9a-z]{1,11}):([0-9a-z]{1,10})$/.exec(text);
  if (!m) return [];
  const [a, b, length, c, d] = m.slice(1).map((digits) => parseInt(digits, 36));
  return length ? [{ to: Y.createID(a, b), from: Y.createID(c, d), length }] : [];
}
