// Where the others are: their carets and selections, by relative positions,
// which stay with their letters whatever happens around them.
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { flatIndex, position } from "./flat";
import { idOf } from "./schema";

export interface Person {
  name: string;
  color: string;
  id: string;
}

/** What each page says of itself, beside the text. */
export interface Presence {
  user?: Person;
  cursor?: { anchor: unknown; head: unknown } | null;
}

const key = new PluginKey<DecorationSet>("cursors");

export function cursors(ytext: Y.Text, awareness: Awareness): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => (tr.getMeta(key) as DecorationSet | undefined) ?? set.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      // A caret may be told before the letter that it stands at has come: then
      // it is drawn with the letter. And one goes with letters that are replaced around
      // it, while the other need not tell of it again.
      let early = false;
      let arrivals: Arrivals = new Map();
      const drawn = (state: EditorState) => key.getState(state)!.find().length;
      const redraw = () => {
        if (view.isDestroyed || view.composing) return;
        // Drawing puts back a cursor that a key has moved and that was not read.
        (view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
        const carets = draw(view.state.doc, ytext, awareness, arrivals);
        ({ early, arrivals } = carets);
        view.dispatch(view.state.tr.setMeta(key, carets.set).setMeta("addToHistory", false));
      };
      /** Where one is oneself the browser draws. */
      const hear = (change: Record<"added" | "updated" | "removed", number[]>) => {
        if ([...change.added, ...change.updated, ...change.removed].some((client) => client !== awareness.clientID)) redraw();
      };
      awareness.on("change", hear);
      return {
        update: (now, before) => {
          if (now.state.doc !== before.doc && (early || drawn(now.state) < drawn(before))) queueMicrotask(redraw);
        },
        destroy: () => awareness.off("change", hear),
      };
    },
  });
}

/** visited tells whether another's caret is between two positions. */
export function visited(state: EditorState, from: number, to: number): boolean {
  return !!key.getState(state)?.find(from, to).length;
}

/** tellCursor says where one's own selection is, where that has changed. */
export function tellCursor(state: EditorState, ytext: Y.Text, awareness: Awareness, focused: boolean): void {
  const was = (awareness.getLocalState() as Presence | null)?.cursor ?? null;
  const at = (pos: number) =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(ytext, Math.min(flatIndex(state.doc, pos), ytext.length)));
  const cursor = focused ? { anchor: at(state.selection.anchor), head: at(state.selection.head) } : null;
  if (JSON.stringify(was) !== JSON.stringify(cursor)) awareness.setLocalStateField("cursor", cursor);
}

/** Milliseconds for which a name stands at its caret: it covers words. */
const NAMED = 2_000;

/** In which block each page's caret is, and since when. */
type Arrivals = Map<number, { block: string; at: number }>;

function draw(doc: Node, ytext: Y.Text, awareness: Awareness, before: Arrivals): { set: DecorationSet; early: boolean; arrivals: Arrivals } {
  const arrivals: Arrivals = new Map();
  const decorations: Decoration[] = [];
  let early = false;
  awareness.getStates().forEach((state: Presence, client: number) => {
    if (client === awareness.clientID || !state.cursor || !state.user) return;
    const user = state.user;
    const known = before.get(client);
    if (known) arrivals.set(client, known); // also where its letter has not come yet
    const anchor = place(doc, ytext, state.cursor.anchor);
    const head = place(doc, ytext, state.cursor.head);
    if (anchor === null || head === null) return void (early = true);
    // A caret that has moved is another element. Its name shows where it has come to
    // another block, and not again at each letter.
    const at = JSON.stringify(state.cursor.head);
    const block = idOf(doc.resolve(head).parent);
    const arrival = known?.block === block ? known : { block, at: Date.now() };
    arrivals.set(client, arrival);
    decorations.push(
      Decoration.widget(head, () => caret(user, Math.max(0, NAMED - Date.now() + arrival.at)), { key: `${client}-${user.name}-${at}`, side: 10, ignoreSelection: true }),
    );
    if (anchor !== head)
      decorations.push(
        Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
          class: `peer-selection peer-${hue(user)}`,
          ...(isColor(user.color) ? { style: `--peer: ${user.color}` } : {}),
        }),
      );
  });
  return { set: DecorationSet.create(doc, decorations), early, arrivals };
}

function place(doc: Node, ytext: Y.Text, json: unknown): number | null {
  try {
    const absolute = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), ytext.doc!);
    return absolute?.type === ytext ? position(doc, absolute.index).pos : null;
  } catch {
    return null; // what another program says may be anything
  }
}

/** hue picks one of eight colours of the style sheet for a person, the same
 * on every page; each is legible in both modes. */
export function hue(user: Person): number {
  let sum = 0;
  for (const c of user.id || user.name) sum = (sum * 31 + c.codePointAt(0)!) >>> 0;
  return sum % 8;
}

function isColor(color: unknown): color is string {
  return typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color);
}

/** paint gives an element a person's own colour, through the CSSOM: the page's
 * policy forbids style attributes. */
export function paint(el: HTMLElement, user: Person): void {
  if (isColor(user.color)) el.style.setProperty("--peer", user.color);
}

/** caret is where somebody is, with their name for so many milliseconds. */
function caret(user: Person, named: number): HTMLElement {
  const el = document.createElement("span");
  el.className = `peer-caret peer-${hue(user)}`;
  paint(el, user);
  const name = document.createElement("span");
  name.className = "peer-name";
  name.textContent = user.name;
  name.style.setProperty("animation-delay", `${named}ms`);
  el.append("\u2060", name, "\u2060");
  return el;
}
