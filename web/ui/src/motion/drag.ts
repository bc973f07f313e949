// Dragging a block by its handle, with a mouse, a pen or a finger. There is one
// handle: beside the block under the mouse, else beside the one that has the
// cursor. By keyboard a block is moved with Alt+↑ and Alt+↓, or by the toolbar;
// wherever a block has gone to is told to screen readers.
//
// What moves is the block as it is when it is dropped: it is followed while it
// is held, and what others have put into it meanwhile goes with it.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { moveBlock, MOVED, selectBlock, start } from "../binding/blocks";
import { h } from "./dom";

interface Hold {
  /** Before the block that is held. */
  at: number | null;
  /** How many moves there were, and where the last one led. */
  moves: number;
  to: number;
}

const key = new PluginKey<Hold>("drag");

/** Pixels that a pointer may tremble without dragging. */
const STILL = 4;
/** Pixels from the window's edges within which it scrolls. */
const EDGE = 70;

export function dragging(editable: () => boolean): Plugin<Hold> {
  return new Plugin<Hold>({
    key,
    state: {
      init: () => ({ at: null, moves: 0, to: 0 }),
      apply: (tr, hold) => {
        const told = tr.getMeta(key) as { at: number | null } | undefined;
        const to = tr.getMeta(MOVED) as number | undefined;
        let at = told ? told.at : hold.at;
        if (!told && at !== null && tr.docChanged) {
          const { pos, deletedAfter } = tr.mapping.mapResult(at, 1);
          at = deletedAfter || tr.doc.resolve(pos).depth ? null : pos;
        }
        if (to === undefined) return at === hold.at ? hold : { ...hold, at };
        return { at, moves: hold.moves + 1, to };
      },
    },
    props: {
      decorations: (state) => {
        const at = key.getState(state)!.at;
        const block = at === null ? null : state.doc.nodeAt(at);
        return block ? DecorationSet.create(state.doc, [Decoration.node(at!, at! + block.nodeSize, { class: "held" })]) : null;
      },
    },
    view: (view) => new Handle(view, editable),
  });
}

class Handle {
  private readonly place: HTMLElement;
  private readonly line = h("div", { class: "drop-line", "aria-hidden": "true" });
  private readonly told = h("p", { class: "visually-hidden", role: "status" });
  private readonly el = h("div", { class: "block-handle", "aria-hidden": "true", title: "Glisser pour déplacer le bloc (Alt+↑, Alt+↓)" });
  private readonly listening = new AbortController();
  private hovered: Element | null = null;
  /** Where the pointer that holds the handle went down, and is. */
  private from: { x: number; y: number } | null = null;
  private y = 0;
  private frame = 0;

  constructor(
    private readonly view: EditorView,
    private readonly editable: () => boolean,
  ) {
    this.place = view.dom.parentElement!;
    this.place.append(this.el, this.line, this.told);
    this.el.hidden = this.line.hidden = true;
    const on = <E extends Event>(target: EventTarget, name: string, act: (event: E) => void) =>
      target.addEventListener(name, act as (event: Event) => void, { signal: this.listening.signal });
    on<PointerEvent>(this.place, "pointermove", (e) => e.pointerType === "mouse" && this.hover(this.blockAt(e.clientY)));
    on(this.place, "pointerleave", () => this.hover(null));
    on(view.dom, "focusin", () => this.draw());
    on(view.dom, "focusout", () => this.draw());
    on(window, "resize", () => this.draw());
    on<PointerEvent>(this.el, "pointerdown", (e) => this.take(e));
    on<PointerEvent>(this.el, "pointermove", (e) => this.move(e));
    on<PointerEvent>(this.el, "pointerup", () => this.drop());
    on(this.el, "pointercancel", () => this.leave());
    on<KeyboardEvent>(document, "keydown", (e) => {
      if (e.key === "Escape" && this.from) e.preventDefault(), this.leave();
    });
  }

  update(view: EditorView, before: EditorState): void {
    const now = key.getState(view.state)!;
    if (now.moves !== key.getState(before)!.moves) this.told.textContent = `Bloc déplacé\u00a0: ${now.to + 1} sur ${view.state.doc.childCount}.`;
    this.draw();
  }

  destroy(): void {
    this.listening.abort();
    cancelAnimationFrame(this.frame);
    for (const el of [this.el, this.line, this.told]) el.remove();
  }

  private hover(block: Element | null): void {
    if (block === this.hovered || this.from) return;
    this.hovered = block;
    this.draw();
  }

  /** blockAt is the block at a height of the window, if there is one. */
  private blockAt(y: number): Element | null {
    for (const block of this.view.dom.children) {
      const box = block.getBoundingClientRect();
      if (box.top <= y && y < box.bottom) return block;
    }
    return null;
  }

  private indexOf(block: Element): number {
    return this.view.state.doc.resolve(this.view.posAtDOM(block, 0)).index(0);
  }

  private take(event: PointerEvent): void {
    const block = this.current();
    if (event.button || !block) return;
    event.preventDefault(); // the cursor stays where it is
    this.el.setPointerCapture(event.pointerId);
    this.from = { x: event.clientX, y: (this.y = event.clientY) };
    this.tell({ at: start(this.view.state.doc, this.indexOf(block)) });
  }

  private move(event: PointerEvent): void {
    if (!this.from) return;
    this.y = event.clientY;
    if (Math.hypot(event.clientX - this.from.x, event.clientY - this.from.y) > STILL) this.el.classList.add("dragging");
    this.draw();
  }

  private drop(): void {
    const at = key.getState(this.view.state)!.at;
    const dragged = this.el.classList.contains("dragging");
    const gap = this.gap();
    if (!this.from) return;
    this.leave();
    if (at === null || !this.editable()) return;
    const { state, dispatch } = this.view;
    const index = state.doc.resolve(at).index(0);
    if (dragged) moveBlock(index, gap)(state, dispatch);
    else if (selectBlock(index)(state, dispatch)) this.view.focus();
  }

  private leave(): void {
    if (!this.from) return;
    this.from = this.hovered = null;
    this.el.classList.remove("dragging");
    this.tell({ at: null });
  }

  /** tell notes what is held; first it reads the key that the browser has not
   * told of yet, or drawing would lose it. */
  private tell(hold: { at: number | null }): void {
    (this.view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
    this.view.dispatch(this.view.state.tr.setMeta(key, hold).setMeta("addToHistory", false));
  }

  /** gap is before which block one would drop. */
  private gap(): number {
    const blocks = [...this.view.dom.children];
    const k = blocks.findIndex((block) => {
      const box = block.getBoundingClientRect();
      return this.y < (box.top + box.bottom) / 2;
    });
    return k < 0 ? this.view.state.doc.childCount : this.indexOf(blocks[k]);
  }

  /** current is the block that the handle stands beside. */
  private current(): Element | null {
    if (this.hovered?.isConnected) return this.hovered;
    if (!this.view.hasFocus()) return null;
    const { $head } = this.view.state.selection;
    return this.view.nodeDOM($head.depth ? $head.before(1) : 0) as Element | null;
  }

  /** draw follows once a frame. */
  private draw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.view.isDestroyed) this.paint();
    });
  }

  private paint(): void {
    const { at } = key.getState(this.view.state)!;
    const block = at === null ? this.current() : (this.view.nodeDOM(at) as Element | null);
    const dragging = this.el.classList.contains("dragging") && at !== null;
    // Where nothing changes nothing is written: style would be sought again, and the
    // page laid out again.
    const hide = (el: HTMLElement, hidden: boolean) => void (el.hidden !== hidden && (el.hidden = hidden));
    hide(this.el, !block || !this.editable());
    hide(this.line, !dragging);
    const origin = this.place.getBoundingClientRect();
    const text = this.view.dom.getBoundingClientRect();
    const set = (el: HTMLElement, name: string, pixels: number) => {
      const value = `${Math.round(pixels)}px`;
      if (el.style.getPropertyValue(name) !== value) el.style.setProperty(name, value);
    };
    const put = (el: HTMLElement, top: number) => {
      set(el, "top", top - origin.top);
      set(el, "left", text.left - origin.left);
    };
    if (block) put(this.el, block.getBoundingClientRect().top);
    if (!dragging) return;
    const next = this.view.dom.children[this.gap()];
    put(this.line, next ? next.getBoundingClientRect().top : this.view.dom.lastElementChild!.getBoundingClientRect().bottom);
    set(this.line, "width", text.width);
    if (this.y < EDGE) scrollBy(0, -12);
    else if (this.y > innerHeight - EDGE) scrollBy(0, 12);
    else return;
    this.draw();
  }
}
