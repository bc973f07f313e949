// The text itself on the page: ProseMirror over the binding.
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { Plugin, Selection, type Command, type EditorState } from "prosemirror-state";
import { EditorView, type DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { APART, Binding } from "../binding/binding";
import { enter, moveSelected, setKind, unmark } from "../binding/blocks";
import type { Quote } from "../binding/cite";
import { cursors, tellCursor } from "../binding/cursors";
import { KINDS, schema } from "../binding/schema";
import { SEGMENT_TYPE } from "./panel";
import { dragging } from "./drag";
import { dropping } from "./dropping";
import { commentMarks, type Shown } from "./marks";
import { MOST_HTML, read, sliceOf } from "./paste";
import { Pause } from "./pause";
import type { Sight } from "./sight";
import { support } from "./support";
import { typing } from "./typing";
import { typography } from "./typography";

export interface TextOptions {
  place: HTMLElement;
  ytext: Y.Text;
  awareness: Awareness;
  editable(): boolean;
  /** While an input method composes, what arrives waits. */
  hold(): void;
  release(): void;
  /** The segment that was dropped into the text. */
  verbatim(segment: string): Quote;
  /** Called when one was dropped there. */
  cited?(quote: Quote): void;
  /** Opens find and replace. */
  find(): void;
  /** Comments on the selection, or answers the thread under the cursor. */
  comment(): void;
  comments: Shown;
  /** Marks what was found. */
  found(state: EditorState): DecorationSet | null;
  /** Whether what supports each sentence is shown. */
  supported(): boolean;
  /** Tells the person something that is not about the line. */
  say(words: string): void;
  /** What covers the edges of the window; none where nothing does. */
  sight?: Sight;
}

export class Text {
  readonly binding: Binding;
  readonly view: EditorView;
  private readonly telling = new Pause(80, () => tellCursor(this.view.state, this.options.ytext, this.options.awareness, this.view.hasFocus()));

  constructor(private readonly options: TextOptions) {
    const undo: Command = () => this.binding.undo();
    const redo: Command = () => this.binding.redo();
    this.binding = new Binding(options.ytext, {
      editable: options.editable,
      plugins: [
        keymap({
          Enter: enter,
          "Shift-Enter": enter,
          Backspace: unmark,
          "Mod-z": undo,
          "Mod-y": redo,
          "Shift-Mod-z": redo,
          "Mod-f": () => (options.find(), true),
          "Mod-b": toggleMark(schema.marks.strong),
          "Mod-i": toggleMark(schema.marks.em),
          "Alt-ArrowUp": moveSelected(-1),
          "Alt-ArrowDown": moveSelected(1),
        }),
        keymap(baseKeymap),
        cursors(options.ytext, options.awareness),
        this.gate(), // reads where the cursor is, before that decides what is drawn
        typing(),
        typography(),
        support(options.supported, (segment) => options.verbatim(segment).text),
        commentMarks(options.comments),
        dragging(options.editable),
        dropping(options.editable, options.verbatim, options.cited),
      ],
    });
    this.view = new EditorView(options.place, {
      state: this.binding.state,
      dispatchTransaction: this.binding.dispatch,
      editable: options.editable,
      get scrollMargin() {
        return options.sight?.margins() ?? 5;
      },
      get scrollThreshold() {
        return options.sight?.margins() ?? 0;
      },
      // Where one writes, Sight follows the line anyway, once a frame.
      handleScrollToSelection: (view) => {
        if (!options.sight || !view.state.selection.empty || !view.hasFocus() || view.composing) return false;
        options.sight.soon(view);
        return true;
      },
      decorations: options.found,
      attributes: {
        id: "motion-texte",
        class: "motion-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": "Texte de la motion",
        lang: "fr",
        spellcheck: "true",
      },
      handleKeyDown: (_view, event) => this.kindKey(event),
      // Before ProseMirror reads it: it would build what was pasted, styles and all.
      handleDOMEvents: {
        paste: (_view, event) => this.take(event, event.clipboardData),
        drop: (view, event) => {
          if (view.dragging || event.dataTransfer?.types.includes(SEGMENT_TYPE)) return false;
          return this.take(event, event.dataTransfer, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos);
        },
      },
    });
    options.sight?.keep(this.view);
  }

  /** flush reads what the browser has already put on the page. It must be
   * written before anything that arrives, since it was typed before. */
  flush(): void {
    (this.view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
  }

  run(command: Command): boolean {
    if (!this.options.editable()) return false;
    const done = command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
    return done;
  }

  /** Other pages hear of the cursor a little later, and once. */
  tell(): void {
    this.telling.again();
  }

  /** take puts in what comes from elsewhere. What was cut or copied in a motion
   * keeps its citations: that is the editor's own to read. */
  private take(event: Event, data: DataTransfer | null, at?: number): boolean {
    const html = data?.getData("text/html") ?? "";
    const text = data?.getData("text/plain") ?? "";
    if ((!html && !text) || /<[^<>]+ data-pm-slice=/.test(html.slice(0, MOST_HTML))) return false;
    event.preventDefault();
    if (!this.options.editable()) return true;
    const tr = this.view.state.tr;
    if (at !== undefined) tr.setSelection(Selection.near(tr.doc.resolve(at)));
    const { $from } = tr.selection;
    const { blocks, notice } = read(html, text, $from.parent.content.size > 0);
    this.options.say(notice ?? "");
    if (!blocks.length) return true;
    tr.replaceSelection(sliceOf(blocks)).setMeta("paste", true).setMeta("uiEvent", "paste").setMeta(APART, true);
    this.view.dispatch(tr.scrollIntoView());
    return true;
  }

  /** Ctrl+Alt+1 to 7, by the key and not by its letter: on a French keyboard
   * the digits are shifted. AltGr looks the same but says so. And Ctrl+Alt+M,
   * which comments. */
  private kindKey(event: KeyboardEvent): boolean {
    const chord = event.altKey && (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
    if (chord && event.key.toLowerCase() === "m") return this.options.comment(), true;
    const digit = /^(?:Digit|Numpad)([1-7])$/.exec(event.code);
    if (!digit || !chord) return false;
    this.run(setKind(KINDS[Number(digit[1]) - 1]));
    return true;
  }

  private gate(): Plugin {
    const later = (view: EditorView) => {
      window.setTimeout(() => (view.isDestroyed || !view.composing ? this.options.release() : later(view)), 60);
      return false;
    };
    return new Plugin({
      props: {
        handleDOMEvents: {
          // Where keys follow each other faster than the browser tells of the
          // selection, Home and Backspace would delete the letter before the
          // place that one has just left: read it first. And within a moment of the
          // focus ProseMirror takes a cursor at the text's beginning for one that the
          // browser has put there, and puts it back: not where a key has.
          keydown: (view) => {
            (view as unknown as { input: { lastFocus: number } }).input.lastFocus = 0;
            if (!view.composing) this.flush();
            return false;
          },
          compositionstart: () => (this.options.hold(), false),
          compositionend: later,
          blur: (view) => (this.tell(), later(view)),
          focus: () => (this.tell(), false),
        },
      },
    });
  }
}
