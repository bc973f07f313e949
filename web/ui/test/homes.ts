// Blocks that letters were typed in. A letter belongs to its block for good, wherever
// that goes; blocks that somebody made of one, or made one of, count as one; and what
// is typed into a block that another deletes has lost its home.
import type { Node } from "prosemirror-model";
import { idOf } from "../src/binding/schema";

export class Homes {
  private readonly up = new Map<string, string>();
  private readonly gone = new Set<string>();
  private readonly home = new Map<string, string>();

  /** note hears what somebody did to a document. */
  note(before: Node, after: Node): void {
    const [was, is] = [blocksOf(before), blocksOf(after)];
    const there = new Set<string>();
    for (const [letter, id] of is.of) {
      const old = was.of.get(letter);
      if (old !== undefined) there.add(old);
      if (old !== undefined && old !== id) this.up.set(this.find(old), this.find(id));
      if (!this.home.has(letter)) this.home.set(letter, id);
    }
    // What is left of a block by its letters is one with where they are.
    for (const id of was.all) if (!is.all.has(id) && !there.has(id)) this.gone.add(id);
  }

  /** astray gives the letters that are in a block where nobody put them. */
  astray(doc: Node): string[] {
    const gone = new Set([...this.gone, ""].map((id) => this.find(id)));
    return [...blocksOf(doc).of].filter(([letter, id]) => {
      const home = this.find(this.home.get(letter) ?? "");
      return !gone.has(home) && home !== this.find(id);
    }).map(([letter]) => letter);
  }

  private find(id: string): string {
    for (let up = this.up.get(id); up !== undefined && up !== id; up = this.up.get(id)) id = up;
    return id;
  }
}

function blocksOf(doc: Node): { all: Set<string>; of: Map<string, string> } {
  const all = new Set<string>();
  const of = new Map<string, string>();
  doc.forEach((block) => {
    all.add(idOf(block));
    for (const letter of Array.from(block.textContent)) if (letter > "\u4dff") of.set(letter, idOf(block));
  });
  return { all, of };
}
