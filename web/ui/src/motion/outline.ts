// The outline: the title, the axes, their recitals and the proposals, as buttons
// that lead there. Rebuilt only when it would read otherwise.
import type { Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import { kindOf } from "../binding/schema";
import { count, h } from "./dom";

function roman(n: number): string {
  const signs: [number, string][] = [[50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  let out = "";
  for (const [value, sign] of signs) for (; n >= value; n -= value) out += sign;
  return out;
}

/** begin gives a text's first words, cut between two of them. */
function begin(text: string, most = 80): string {
  return text.length <= most ? text : `${text.slice(0, text.lastIndexOf(" ", most) + 1 || most).trimEnd()}…`;
}

const begun = new WeakMap<Node, string>();

/** beginning gives a block's first words, cut once while it stays. */
function beginning(block: Node): string {
  let words = begun.get(block);
  if (words === undefined) begun.set(block, (words = begin(block.textContent.trim())));
  return words;
}

const counted = new WeakMap<Node, number>();

/** What the server counts as a word (motion, token.go): « l’ » and « eau » are two,
 * « élu·es » and « peut-être » one each. testdata/words.json holds for both. */
const WORD = /[\p{L}\p{M}\p{Nd}](?:[\p{L}\p{M}\p{Nd}]|[·-](?=[\p{L}\p{M}\p{Nd}])|\.(?=\p{Nd}))*/gu;

/** wordCount counts as the page of versions does. A block is counted once while it
 * stays. */
export function wordCount(doc: Node): number {
  let total = 0;
  doc.forEach((block) => {
    let n = counted.get(block);
    if (n === undefined) counted.set(block, (n = block.textContent.match(WORD)?.length ?? 0));
    total += n;
  });
  return total;
}

export class Outline {
  readonly el: HTMLElement;
  private readonly list = h("ol", { class: "plain" });
  private readonly size = h("p", { class: "hint" });
  private shown = "";

  constructor(private readonly go: (block: number) => void) {
    this.el = h("nav", { class: "editor-outline", "aria-labelledby": "plan-titre" }, h("h2", { id: "plan-titre" }, "Plan"), this.list, this.size);
  }

  /** update follows the text, and the cursor once one has put it somewhere. */
  update(state: EditorState, entered: boolean): void {
    const at = entered ? state.selection.$from.index(0) : -1;
    const words = wordCount(state.doc);
    // Read with care, a text goes at some 200 words a minute.
    const size = `${count(words, "mot")}, ${words < 200 ? "moins d’une minute" : `environ ${count(Math.round(words / 200), "minute")}`} de lecture`;
    if (this.size.textContent !== size) this.size.textContent = size;
    const rows: { block: number; kind: string; text: string; current: boolean }[] = [];
    let axis = 0;
    let proposal = 0;
    let recitals = 0;
    state.doc.forEach((block, _pos, k) => {
      const kind = kindOf(block);
      const words = beginning(block);
      let text = "";
      if (kind === "title") text = words || "Titre";
      else if (kind === "axis") (text = `${roman(++axis)}. ${words}`), (recitals = 0);
      else if (kind === "proposal") text = `${++proposal}. ${words}`;
      else if (kind === "recital" && !recitals++) text = "Considérants";
      else {
        if (rows.length && at === k) rows[rows.length - 1].current = true;
        return;
      }
      rows.push({ block: k, kind, text, current: at === k });
    });
    const shown = JSON.stringify(rows);
    if (shown === this.shown) return;
    this.shown = shown;
    const focused = [...this.list.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    this.list.replaceChildren(
      ...rows.map((row) =>
        h(
          "li",
          { "data-kind": row.kind },
          h("button", { type: "button", class: "button link", ...(row.current ? { "aria-current": "true" } : {}), click: () => this.go(row.block) }, row.text),
        ),
      ),
    );
    if (!rows.length) this.list.append(h("li", { class: "hint" }, "Les axes et les propositions apparaîtront ici."));
    if (focused >= 0) this.list.querySelectorAll("button")[focused]?.focus();
  }
}
