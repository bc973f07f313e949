// Which letters stand on one line, and in which order: as people see their own copies
// between two moments at which all have the same text. What others would find wrong is
// what none of them has made.
import type { Node } from "prosemirror-model";
import { idOf } from "../src/binding/schema";

/** Where letters stand: on which line, and how far in it. */
type Places = ReadonlyMap<string, readonly [line: number, at: number]>;

/** Pairs of letters that are not as anybody left them, told by their two letters. */
export interface Wrong {
  /** Neighbours on a line that nobody put on one. */
  together: string[];
  /** Neighbours that everybody who had both on one line had the other way round. */
  turned: string[];
  /** Letters on another line than both that they were typed between. */
  left: string[];
}

export class Lines {
  /** Letters and the blocks that they are in, by what was made one. */
  private up = new Map<string, string>();
  /** Blocks that somebody deleted whole: what another writes there has lost its line. */
  private readonly gone = new Set<string>();
  private views: Places[] = [];
  private readonly typed = new Map<string, [string | undefined, string | undefined]>();

  /** begin is called when all have the same text. */
  begin(doc: Node): void {
    this.up = new Map();
    this.views = [placesOf(doc)];
    this.gone.clear();
    this.typed.clear();
    for (const [letter, id] of blocksOf(doc)) this.unite(letter, id);
  }

  /** did hears what somebody did to his own copy. */
  did(before: Node, after: Node): void {
    const [was, is] = [placesOf(before), placesOf(after)];
    this.views.push(was, is);
    const [had, has] = [blocksOf(before), blocksOf(after)];
    for (const [letter, id] of has) if (had.get(letter) !== id) this.unite(letter, id);
    const there = new Set([...after.children.map(nameOf), ...[...had].flatMap(([letter, id]) => (has.has(letter) ? id : []))]);
    for (const id of before.children.map(nameOf)) if (!there.has(id)) this.gone.add(id);
    for (const [a, b] of pairsOf(after)) {
      if (onOne(was, a, b)) continue;
      this.unite(a, b);
      if (!was.has(b)) this.typed.set(b, [a, this.typed.get(b)?.[1]]);
      if (!was.has(a)) this.typed.set(a, [this.typed.get(a)?.[0], b]);
    }
  }

  /** look gives what is wrong in the text that all have then. */
  look(doc: Node): Wrong {
    const is = placesOf(doc);
    const gone = new Set([...this.gone].map((id) => this.find(id)));
    const pairs = pairsOf(doc);
    const names = (list: (readonly [string, string])[]) => list.map(([a, b]) => a + b);
    const before = (a: string, b: string) => this.views.some((view) => onOne(view, a, b) && view.get(a)![1] < view.get(b)![1]);
    return {
      together: names(pairs.filter(([a, b]) => this.find(a) !== this.find(b) && !gone.has(this.find(a)) && !gone.has(this.find(b)))),
      turned: names(pairs.filter(([a, b]) => before(b, a) && !before(a, b))),
      left: [...this.typed].filter(([letter, beside]) => {
        const there = beside.filter((other) => other && is.has(other));
        return is.has(letter) && there.length && !there.some((other) => onOne(is, other!, letter));
      }).map(([letter]) => letter),
    };
  }

  private unite(a: string, b: string): void {
    this.up.set(this.find(a), this.find(b));
  }

  private find(letter: string): string {
    for (let up = this.up.get(letter); up !== undefined && up !== letter; up = this.up.get(letter)) letter = up;
    return letter;
  }
}

const lettersIn = (block: Node) => Array.from(block.textContent).filter((c) => c > "\u4dff");

const nameOf = (block: Node) => `¶${idOf(block)}`;

/** blocksOf gives the block that each letter is in. */
const blocksOf = (doc: Node) => new Map(doc.children.flatMap((block) => lettersIn(block).map((letter) => [letter, nameOf(block)] as const)));

function placesOf(doc: Node): Places {
  const out = new Map<string, [number, number]>();
  doc.forEach((block, _offset, line) => lettersIn(block).forEach((letter, at) => out.set(letter, [line, at])));
  return out;
}

function pairsOf(doc: Node): (readonly [string, string])[] {
  return doc.children.flatMap((block) => {
    const letters = lettersIn(block);
    return letters.slice(1).map((letter, i) => [letters[i], letter] as const);
  });
}

function onOne(places: Places, a: string, b: string): boolean {
  const [x, y] = [places.get(a), places.get(b)];
  return !!x && !!y && x[0] === y[0];
}
