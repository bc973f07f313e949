// The line that one writes on stays in sight: neither under the toolbar, which
// sticks to the top of the window, nor under the sources, which stick to its
// bottom and come and go with the sentence.
import type { EditorView } from "prosemirror-view";

/** Pixels kept free around the line. */
const AROUND = 8;

/** Sight knows what covers the window's edges. */
export class Sight {
  private asked = 0;

  constructor(
    private readonly above: HTMLElement,
    private readonly below: HTMLElement,
  ) {}

  /** margins are the pixels that are covered, and a little more. */
  margins(): { top: number; right: number; bottom: number; left: number } {
    const below = this.below.hidden ? innerHeight : this.below.getBoundingClientRect().top;
    return {
      top: Math.max(0, this.above.getBoundingClientRect().bottom) + AROUND,
      right: AROUND,
      bottom: Math.max(0, innerHeight - below) + AROUND,
      left: AROUND,
    };
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
