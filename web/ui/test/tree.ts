// The peer: y-prosemirror, the usual binding, which keeps the document as a
// tree of elements. The same schema, plugins as its documentation has them.
import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { redo, undo, ySyncPlugin, yUndoPlugin, yUndoPluginKey, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { canonical } from "../src/binding/flat";
import { schema } from "../src/binding/schema";
import { Hands } from "./hands";

export class Tree extends Hands {
  protected readonly view: EditorView;
  private readonly fragment: Y.XmlFragment;

  constructor(ydoc: Y.Doc, place: HTMLElement) {
    super(ydoc);
    this.fragment = ydoc.getXmlFragment("prosemirror");
    this.view = new EditorView(place, {
      state: EditorState.create({
        schema,
        plugins: [
          ySyncPlugin(this.fragment),
          yUndoPlugin({ protectedNodes: new Set(["block"]) }),
          keymap({ "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo }),
          keymap(baseKeymap),
        ],
      }),
    });
    this.undoManager.captureTimeout = 0;
  }

  private get undoManager(): Y.UndoManager {
    return yUndoPluginKey.getState(this.view.state)!.undoManager;
  }

  pause(): void {
    this.undoManager.stopCapturing();
  }

  tidy(): void {}

  shared(): string {
    this.flush();
    return canonical(yXmlFragmentToProseMirrorRootNode(this.fragment, schema));
  }
}
