// What one does with blocks: commands in ProseMirror's sense.
import { Fragment, Slice, type Node } from "prosemirror-model";
import { Selection, TextSelection, type Command, type EditorState } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { visited } from "./cursors";
import { freshId, idOf, kindOf, schema, type Kind } from "./schema";

/** What comes after a block when one presses Enter at its end. */
const next: Record<string, Kind> = {
  title: "visa",
  visa: "visa",
  recital: "recital",
  axis: "proposal",
  proposal: "paragraph",
  item: "item",
};

/** Kinds that Enter in an empty block leaves for a paragraph. */
const left = new Set(["visa", "recital", "proposal", "item"]);

/** What is behind a split: while it is as Enter left it, Backspace undoes the split. */
const split = new WeakSet<Node>();

/** enter splits the block at the selection. In the middle, the head becomes a
 * new block and the tail keeps its newline, kind and identifier; at the end a
 * new block is inserted behind. */
export const enter: Command = (state, dispatch) => {
  const tr = state.tr;
  if (!state.selection.empty) tr.deleteSelection();
  const { $from } = tr.selection;
  if ($from.depth !== 1) return false;
  const block = $from.parent;
  const before = $from.before(1);
  if (!block.content.size && left.has(kindOf(block))) {
    tr.setNodeAttribute(before, "b", `paragraph|${idOf(block)}`);
  } else if ($from.parentOffset === block.content.size) {
    const at = $from.after(1);
    tr.insert(at, schema.nodes.block.create({ b: `${next[kindOf(block)] ?? "paragraph"}|${freshId()}` }));
    tr.setSelection(TextSelection.create(tr.doc, at + 1));
  } else {
    // One step from the block's beginning on: written to the text, only a
    // newline remains of it.
    const head = block.copy(block.content.cut(0, $from.parentOffset));
    const named = schema.nodes.block.create({ b: `${kindOf(block)}|${freshId()}` }, head.content);
    tr.step(new ReplaceStep(before, $from.pos, new Slice(Fragment.from([named, block.copy()]), 0, 1)));
    tr.setSelection(TextSelection.create(tr.doc, before + named.nodeSize + 1));
  }
  split.add(tr.selection.$from.parent);
  tr.setStoredMarks(state.storedMarks);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** setKind changes the kind of the selected blocks. */
export function setKind(kind: Kind): Command {
  return (state, dispatch) => {
    const tr = state.tr;
    eachSelected(state, (block, pos) => {
      if (kindOf(block) !== kind) tr.setNodeAttribute(pos, "b", `${kind}|${idOf(block)}`);
    });
    if (!tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
}

/** selectedKind is the kind that all selected blocks share, if they do. */
export function selectedKind(state: EditorState): string | null {
  const kinds = new Set<string>();
  eachSelected(state, (block) => kinds.add(kindOf(block)));
  return kinds.size === 1 ? [...kinds][0] : null;
}

function eachSelected(state: EditorState, visit: (block: Node, pos: number) => void): void {
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type === schema.nodes.block) visit(node, pos);
    return false;
  });
}

/** Metadata of a transaction that moves a block: where it then is. */
export const MOVED = "motion$moved";

/** moveBlock takes a block before another (or to the end), words, citations
 * and identifier with it. What another types into a block while it is moved
 * follows once that page hears of the move (settle.ts); of two neighbours that
 * change places the one is moved in which nobody else is, so that nothing need. */
export function moveBlock(from: number, to: number): Command {
  return (state, dispatch) => {
    const { doc } = state;
    if (from === to || from + 1 === to || from >= doc.childCount || to < 0 || to > doc.childCount || doc.childCount < 2) return false;
    const down = from < to;
    let [taken, before] = [from, to];
    if (to === (down ? from + 2 : from - 1)) {
      const neighbour = down ? from + 1 : to;
      if (isVisited(state, from) && !isVisited(state, neighbour)) [taken, before] = [neighbour, down ? from : from + 1];
    }
    const block = doc.child(taken);
    const at = start(doc, taken);
    const inside = state.selection.from - at - 1;
    const tr = state.tr.delete(at, at + block.nodeSize);
    const target = tr.mapping.map(start(doc, before), taken < before ? -1 : 1);
    tr.insert(target, block);
    if (inside >= 0 && inside <= block.content.size)
      tr.setSelection(TextSelection.create(tr.doc, target + 1 + inside));
    dispatch?.(tr.setMeta(MOVED, down ? to - 1 : to).scrollIntoView());
    return true;
  };
}

function isVisited(state: EditorState, k: number): boolean {
  const at = start(state.doc, k);
  return visited(state, at + 1, at + state.doc.child(k).nodeSize - 1);
}

export function moveSelected(by: -1 | 1): Command {
  return (state, dispatch) => {
    const k = state.selection.$from.index(0);
    return moveBlock(k, by < 0 ? k - 1 : k + 2)(state, dispatch);
  };
}

/** Backspace at the beginning of a special block first makes it ordinary, unless Enter
 * has just made it. */
export const unmark: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || $from.parentOffset || kindOf($from.parent) === "paragraph") return false;
  if (!left.has(kindOf($from.parent)) || split.has($from.parent)) return false;
  return setKind("paragraph")(state, dispatch);
};

/** joinAt takes away the boundary before block k; the first block's kind and
 * identifier stay. */
export function joinAt(k: number): Command {
  return (state, dispatch) => {
    if (k < 1 || k >= state.doc.childCount) return false;
    dispatch?.(state.tr.join(start(state.doc, k)));
    return true;
  };
}

/** start is the position before block k, or the document's end. */
export function start(doc: Node, k: number): number {
  let pos = 0;
  for (let i = 0; i < k && i < doc.childCount; i++) pos += doc.child(i).nodeSize;
  return pos;
}

/** select puts the cursor at a block's beginning. */
export function selectBlock(k: number): Command {
  return (state, dispatch) => {
    if (k >= state.doc.childCount) return false;
    dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve(start(state.doc, k) + 1))).scrollIntoView());
    return true;
  };
}
