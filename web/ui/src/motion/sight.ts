// The line that one writes on stays in sight: neither under the toolbar, which
// sticks to the top of the window, nor under what sticks to its bottom: the sources,
// which come and go with the sentence, and the comment that one writes.
import type { EditorView } from "prosemirror-view";

/** Pixels kept free around the line. */
const AROUND = 8;

/** Sight knows what covers the window's edges. */
export class Sight {
  private asked = 0;

  constructor(
    private readonly above: readonly HTMLElement[],
    private readonly below: HTMLElement,
  ) {}

  /** margins are the pixels that are covered, and a little more. */
  margins(): { top: number; right: number; bottom: number; left: number } {
    const below = this.below.offsetHeight ? this.below.getBoundingClientRect().top : innerHeight;
    return {
      top: Math.max(0, ...this.above.map((el) => el.getBoundingClientRect().bottom)) + AROUND,
      right: AROUND,
      bottom: Math.max(0, innerHeight - below) + AROUND,
      left: AROUND,
    };
  }

  /** hold changes the page and leaves what one reads where it is: the line of the
   * cursor where that is in sight, else the first one. */
  hold(view: EditorView, change: () => void): void {
    const { top, bottom } = this.margins();
    const seen = (y: number) => y >= top && y < innerHeight - bottom;
    const head = view.state.selection.head;
    const pos = view.hasFocus() && seen(view.coordsAtPos(head).top) ? head : view.posAtCoords({ left: view.dom.getBoundingClientRect().left + AROUND, top })?.pos;
    const was = pos === undefined ? 0 : view.coordsAtPos(pos).top;
    change();
    if (pos !== undefined) scrollBy({ top: view.coordsAtPos(pos).top - was, behavior: "instant" });
  }

  /** bring scrolls so that the selected words are in sight, their beginning at least. */
  bring(view: EditorView): void {
    const { from, to } = view.state.selection;
    const first = view.coordsAtPos(from).top;
    const last = view.coordsAtPos(to, -1).bottom;
    const { top, bottom } = this.margins();
    const by = last - innerHeight + bottom;
    if (first < top || by > 0) scrollBy({ top: Math.min(by > 0 ? by : first - top, first - top), behavior: "instant" });
  }

  /** keep follows the person's own keys, and what comes up over the line; what
   * others write moves nothing. */
  keep(view: EditorView): void {
    const soon = () => this.soon(view);
    view.dom.addEventListener("keydown", soon);
    view.dom.addEventListener("input", soon);
    new ResizeObserver(() => {
      if (!view.hasFocus()) return;
      const line = view.coordsAtPos(view.state.selection.head);
      if (line.bottom > 0 && line.top < innerHeight) this.look(view); // else the person reads elsewhere
    }).observe(this.below);
  }

  /** soon has the line in sight by the next frame: where it is is known then, and
   * not before the page has been laid out. */
  soon(view: EditorView): void {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      if (!view.isDestroyed) this.look(view);
    });
  }

  private look(view: EditorView): void {
    if (!view.hasFocus() || view.composing) return;
    const line = view.coordsAtPos(view.state.selection.head);
    const { top, bottom } = this.margins();
    if (line.bottom > innerHeight - bottom) scrollBy({ top: line.bottom - innerHeight + bottom, behavior: "instant" });
    else if (line.top < top) scrollBy({ top: line.top - top, behavior: "instant" });
  }
}
