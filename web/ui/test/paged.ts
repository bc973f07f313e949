// The motion's own editor on a page, as editor.ts makes it but for what stands
// around the text.
import { DecorationSet } from "prosemirror-view";
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { tellCursor } from "../src/binding/cursors";
import { canonical, docOf } from "../src/binding/flat";
import { Text } from "../src/motion/view";
import { Hands } from "./hands";

export class Paged extends Hands {
  private readonly text: Text;
  private readonly awareness: Awareness;

  /** `present` are those who see each other's carets. */
  constructor(ydoc: Y.Doc, fault: (what: string) => void, place: HTMLElement, private readonly present: Set<Paged>) {
    super(ydoc);
    const ytext = ydoc.getText("motion");
    this.awareness = new Awareness(ydoc);
    this.awareness.setLocalStateField("user", { name: `n${ydoc.clientID}`, id: `p${ydoc.clientID}`, color: "" });
    const nothing = () => {};
    this.text = new Text({
      place,
      ytext,
      awareness: this.awareness,
      editable: () => true,
      hold: nothing,
      release: nothing,
      verbatim: (segment) => ({ segment, text: "", who: "" }),
      find: nothing,
      comment: nothing,
      comments: { resolved: () => false, current: () => null },
      found: () => DecorationSet.empty,
      supported: () => true,
      say: nothing,
    });
    this.text.binding.undoManager.captureTimeout = 0;
    this.text.binding.onMismatch = (where) => fault(`document and text differ after ${where}`);
    this.text.binding.onState = (state) => {
      this.text.view.updateState(state);
      tellCursor(state, ytext, this.awareness, true);
    };
    this.awareness.on("update", (change: Record<"added" | "updated" | "removed", number[]>, origin: unknown) => {
      if (origin !== "local") return;
      const update = encodeAwarenessUpdate(this.awareness, [...change.added, ...change.updated, ...change.removed]);
      for (const other of present) if (other !== this) other.see(update);
    });
    present.add(this);
  }

  private see(update: Uint8Array): void {
    this.flush(); // between two tasks a browser has told of all keys
    applyAwarenessUpdate(this.awareness, update, this);
  }

  protected get view() {
    return this.text.view;
  }

  pause(): void {
    this.text.binding.undoManager.stopCapturing();
  }

  tidy(): void {
    this.flush();
    this.text.binding.settle();
    this.text.binding.repairIds();
  }

  shared(): string {
    this.flush();
    return canonical(docOf(this.text.binding.ytext));
  }

  override destroy(): void {
    this.present.delete(this);
    this.awareness.destroy();
    super.destroy();
    this.text.binding.destroy();
  }
}
