// Binding ties an editor's state to a shared text, with or without a page.
//
// What always holds between two calls: the document is what docOf reads from
// the text. Local transactions are written at once, so nothing local is ever
// pending when something arrives, and no transformation is needed.
import { EditorState, Selection, TextSelection, type Plugin, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { Slice, type Node } from "prosemirror-model";
import * as Y from "yjs";
import { MOVED } from "./blocks";
import { Copies, same } from "./copies";
import { deltaOf, type Op } from "./delta";
import { docOf, flatIndex, flatLength, position, sameDoc } from "./flat";
import { History, KNOWN } from "./history";
import { newIds } from "./ids";
import { push } from "./local";
import { pull, REMOTE } from "./remote";
import { REPAIR, repair } from "./repair";
import { Revival } from "./revive";
import { newlineOf } from "./schema";
import { Settling } from "./settle";
import { after, first } from "./write";

export interface Options {
  plugins?: readonly Plugin[];
  /** Milliseconds within which what one types is undone together: 500. */
  captureTimeout?: number;
  /** Whether this page may write, now: it may, if this is not given. */
  editable?: () => boolean;
}

/** A letter that one end of the selection is at, and whether behind it or before. */
interface Held {
  id: Y.ID | null;
  behind: boolean;
}

/** Metadata of a transaction that is undone by itself, whatever stands before
 * and after it. */
export const APART = "motion$apart";

export class Binding {
  state: EditorState;
  readonly undoManager: History;
  /** Called after every new state, local or not. */
  onState: (state: EditorState) => void = () => {};
  /** Called when the document had to be read again, which is a defect. */
  onMismatch: (where: string) => void = () => {};

  private readonly copies: Copies;
  private readonly settling: Settling;
  private readonly revival: Revival;
  private length: number;
  /** Whether letters are being taken elsewhere. */
  private settles = false;
  /** Where one last wrote, in the document that it left. */
  private written: { doc: Node; from: number; to: number } | null = null;
  private readonly observer = (event: Y.YTextEvent, tr: Y.Transaction) => {
    if (tr.origin === this) return;
    const ops = deltaOf(this.ytext, event);
    if (!tr.local) this.undoManager.overrule(tr, ops);
    const held = this.moving ? this.hold(event) : null;
    this.receive(ops, tr.origin === this.undoManager);
    if (held) this.follow(held);
  };

  constructor(
    readonly ytext: Y.Text,
    private readonly options: Options = {},
  ) {
    this.state = EditorState.create({ doc: docOf(ytext), plugins: [...(options.plugins ?? []), newIds()] });
    this.length = ytext.length;
    this.copies = new Copies(ytext.doc!);
    this.undoManager = new History(ytext, this.copies, {
      trackedOrigins: new Set([this]),
      captureTimeout: options.captureTimeout ?? 500,
    });
    this.settling = new Settling(ytext, this.copies, this.undoManager);
    this.revival = new Revival(ytext, this.undoManager);
    ytext.observe(this.observer);
    ytext.doc!.on("afterTransaction", untidied);
    ytext.doc!.on("afterAllTransactions", this.settleHeard);
  }

  destroy(): void {
    this.ytext.unobserve(this.observer);
    this.ytext.doc!.off("afterTransaction", untidied);
    this.ytext.doc!.off("afterAllTransactions", this.settleHeard);
    this.copies.destroy();
    this.undoManager.destroy();
  }

  /** dispatch applies a transaction here and writes it to the text. */
  readonly dispatch = (tr: Transaction): void => {
    if (tr.getMeta(MOVED) !== undefined) this.close();
    const { state, transactions } = this.state.applyTransaction(tr);
    this.state = state;
    const local = transactions.filter((t) => t.docChanged && !t.getMeta(REMOTE));
    if (local.length) {
      if (!this.continues(local)) this.undoManager.stopCapturing();
      const moves = local.some((t) => t.getMeta(MOVED) !== undefined);
      this.undoManager.write(this, moves, (note) => local.forEach((t) => push(this.ytext, t, note)));
      this.length = this.ytext.length;
      this.checkLength("local");
    }
    this.onState(this.state);
  };

  undo(): boolean {
    return this.takeBack(() => this.undoManager.undo());
  }

  redo(): boolean {
    return this.takeBack(() => this.undoManager.redo());
  }

  /** settle takes away letters that two people brought back, once too often. It
   * cannot be undone. Returns how many. */
  settle(): number {
    return this.revival.settle();
  }

  /** repairIds gives blocks without or with a doubled identifier one of their
   * own, the same on every client. It cannot be undone. Returns how many. */
  repairIds(): number {
    let total = 0;
    // A new name may be one that a copy of the same newline already bears, so
    // again; each round gives newlines their own names for good.
    for (let n, round = 0; round < 8 && (n = repair(this.ytext, this.state.doc)) > 0; round++) total += n;
    return total;
  }

  /** verify compares document and text whole, and reads the text again where
   * they differ: what is shared is the truth. */
  verify(where = "verify"): boolean {
    const doc = docOf(this.ytext);
    if (sameDoc(doc, this.state.doc)) return true;
    this.onMismatch(where);
    const start = this.state.doc.content.findDiffStart(doc.content);
    if (start !== null) {
      const tr = this.state.tr.setMeta(REMOTE, true).setMeta("addToHistory", false);
      tr.step(new ReplaceStep(0, this.state.doc.content.size, new Slice(doc.content, 0, 0)));
      this.state = this.state.apply(tr);
    }
    this.length = this.ytext.length;
    this.onState(this.state);
    return false;
  }

  private takeBack(act: () => ReturnType<History["undo"]>): boolean {
    this.revival.adopt();
    const { clientID, store } = this.ytext.doc!;
    const since = Y.getState(store, clientID);
    const step = act();
    if (step) this.move(() => this.settling.gather(since, step.meta.get(KNOWN)));
    return step !== null;
  }

  private readonly settleHeard = (_doc: Y.Doc, transactions: readonly Y.Transaction[]): void => {
    if (this.options.editable?.() === false) return;
    if (this.copies.fresh.length) this.move(() => this.settling.settle());
    const heard = transactions.find(({ local }) => !local);
    if (heard) this.revival.settle(heard.beforeState);
  };

  /** move does something that may take letters elsewhere. */
  private move(act: () => void): void {
    this.settles = true;
    act();
    this.settles = false;
  }

  private get moving(): boolean {
    return this.settles || this.copies.fresh.length > 0;
  }

  /** hold gives the letters that the selection's ends stand behind, or before at a
   * block's head, as they were before a change. */
  private hold(event: Y.YTextEvent): Held[] {
    const { doc, selection } = this.state;
    return [selection.anchor, selection.head].map((pos) => {
      const behind = doc.resolve(pos).parentOffset > 0;
      let index = flatIndex(doc, pos) - (behind ? 1 : 0);
      for (let item = first(this.ytext); item; item = item.right) {
        if (!item.countable || event.adds(item) || (item.deleted && !event.deletes(item))) continue;
        if (index < item.length) return { id: after(item.id, index), behind };
        index -= item.length;
      }
      return { id: null, behind };
    });
  }

  /** follow takes the selection to where the letters that it was at have gone. */
  private follow(held: readonly Held[]): void {
    const { doc, selection } = this.state;
    const [anchor, head] = held.map(({ id, behind }, i) => {
      const index = id && this.indexOf(this.copies.stand(id));
      return index === null || same(this.copies.stand(id!), id!) ? [selection.anchor, selection.head][i] : position(doc, index + (behind ? 1 : 0)).pos;
    });
    if (anchor === selection.anchor && head === selection.head) return;
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))).setMeta(REMOTE, true).setMeta("addToHistory", false));
    this.onState(this.state);
  }

  /** indexOf gives a letter's place, if it is there. */
  private indexOf({ client, clock }: Y.ID): number | null {
    let index = 0;
    for (let item = first(this.ytext); item; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const at = item.id.client === client ? clock - item.id.clock : -1;
      if (at >= 0 && at < item.length) return index + at;
      index += item.length;
    }
    return null;
  }

  /** close writes the text's last newline where it is only supposed: a block is
   * moved with its own. */
  private close(): void {
    const { doc } = this.state;
    if (this.ytext.length < flatLength(doc)) this.ytext.doc!.transact(() => this.ytext.insert(this.ytext.length, "\n", newlineOf(doc.lastChild!)), REPAIR);
  }

  /** continues tells whether one is still at the same piece of writing: letters
   * put in or taken out where the last ones were. Anything else, a split, a
   * move, a citation, is undone by itself. */
  private continues(transactions: readonly Transaction[]): boolean {
    const was = this.written;
    this.written = null;
    if (transactions[0].getMeta(APART)) return false;
    const step = transactions.length === 1 && transactions[0].steps.length === 1 ? transactions[0].steps[0] : null;
    if (!(step instanceof ReplaceStep) || step.slice.content.childCount > 1 || step.slice.openStart) return false;
    const { from, to } = step;
    if (from !== to && !transactions[0].docs[0].resolve(from).sameParent(transactions[0].docs[0].resolve(to))) return false;
    this.written = { doc: transactions[0].doc, from, to: from + step.slice.size };
    return !!was && was.doc === transactions[0].docs[0] && from <= was.to && to >= was.from;
  }

  private receive(delta: readonly Op[], own: boolean): void {
    const length = this.length;
    this.length = this.ytext.length;
    let tr: Transaction;
    try {
      tr = pull(this.state, delta, length);
    } catch (error) {
      this.verify(String(error));
      return;
    }
    if (own) follow(tr);
    else stay(tr, this.state);
    const w = this.written;
    this.written = w && !own && w.doc === tr.before ? { doc: tr.doc, from: tr.mapping.map(w.from), to: tr.mapping.map(w.to, -1) } : null;
    this.state = this.state.apply(tr);
    if (this.checkLength("remote")) this.onState(this.state);
  }

  private checkLength(where: string): boolean {
    const missing = flatLength(this.state.doc) - this.ytext.length;
    return missing === 0 || missing === 1 ? true : this.verify(where);
  }
}

/** untidied keeps Yjs from tidying marks after what others sent: each page would
 * take away signs that another still counts on. */
function untidied(tr: Y.Transaction): void {
  (tr as unknown as { _needFormattingCleanup: boolean })._needFormattingCleanup = false;
}

/** follow puts the selection where an undo or redo has changed something. */
function follow(tr: Transaction): void {
  let pos = -1;
  tr.mapping.maps.forEach((map, i) => map.forEach((_a, _b, _from, to) => (pos = tr.mapping.slice(i + 1).map(to))));
  if (pos >= 0) tr.setSelection(Selection.near(tr.doc.resolve(pos), -1)).scrollIntoView();
}

/** stay keeps the selection out of what others wrote right at it. A caret stays before
 * it, so that the letters of two people who write at one place are not mixed; and
 * nothing that others add comes to be selected, since the next key would delete it. */
function stay(tr: Transaction, { selection }: EditorState): void {
  if (!(selection instanceof TextSelection) || !tr.docChanged) return;
  const to = tr.mapping.map(selection.to, -1);
  const from = selection.empty ? to : Math.min(tr.mapping.map(selection.from, 1), to);
  const [anchor, head] = selection.anchor < selection.head ? [from, to] : [to, from];
  tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
}
