// Blocks that two people move at once, and what others did meanwhile in a block that
// is moved. Each page looks after its own acts, as soon as it hears of another's:
//
//   both move the block           of two copies that of the lower client stays; the
//                                 other's author takes his own away, and what was put
//                                 into that one goes to the one that stays
//   one moves it, the other       his letters and breaks go where their neighbours
//     writes or breaks in it      have gone (gather.ts)
//   one moves it, the other       they are deleted there too; a whole block goes with
//     deletes letters of it       its newline
//   one moves it, the other       given there too, where nobody gave anything else
//     cites, or chooses a kind
//   one moves it, the other       the join is void: what has gone leaves its newline
//     joins it to a neighbour     behind, and no words run together
//   one moves it, the other       letters come back where they were last, wherever
//     undoes what he did in it    that is (history.ts)
//
// What an author who has gone left behind another page looks after, in a quiet
// moment. Two pages that do so at once make two copies, and of these one stays.
import * as Y from "yjs";
import type { Copies, Copy } from "./copies";
import { elsewhere, gather, isNewline, lineOf, type Goes } from "./gather";
import { blockBefore, type History } from "./history";
import { insertBefore } from "./insert";
import { linesOf } from "./lines";
import { REPAIR } from "./repair";
import { equalValue, type Attrs } from "./schema";
import { after, dress, first, piece, textOf, type Change } from "./write";

export class Settling {
  /** Runs that others wrote, not looked at so far. */
  private fresh: Copy[] = [];
  /** Whether others have deleted copies since that do not stand. */
  private bereft = false;
  /** Whether one's own acts are being looked after. */
  private busy = false;
  /** Copies of what one had deleted, deleted likewise. */
  private readonly again = new Set<string>();
  /** One's own clock when one first looked after what a block was moved in. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly ytext: Y.Text,
    private readonly copies: Copies,
    private readonly history: History,
    private readonly present: (client: number) => boolean,
  ) {}

  /** Whether something new was heard that was not looked at. */
  get stirred(): boolean {
    return this.fresh.length > 0 || this.bereft || this.busy;
  }

  hear(runs: readonly Copy[]): void {
    this.fresh.push(...runs);
  }

  /** miss hears what others deleted: a copy in which one wrote may have gone. */
  miss(tr: Y.Transaction): void {
    if (this.copies.none || this.bereft) return;
    for (const [client, ranges] of tr.deleteSet.clients)
      for (const { clock, len } of ranges) for (const { id, at } of this.copies.stands(Y.createID(client, clock), len)) this.bereft ||= !Y.compareIDs(id, Y.createID(client, clock + at));
  }

  /** share gives what one just gave to letters of a copy that is about to go to those
   * that stand for them. */
  share(): void {
    const { changes } = this.history.acts[this.history.acts.length - 1];
    if (this.copies.none || !changes.length) return;
    const away = ({ id, length }: Change) => [...this.copies.stands(id, length)].some((part) => !Y.compareIDs(part.id, after(id, part.at)));
    const shared = changes.filter(away);
    if (shared.length) this.doc.transact((tr) => this.apply(tr, shared, () => true), REPAIR);
  }

  /** own looks after one's own acts, where something new was heard. */
  own(): void {
    const fresh = new Set(this.fresh);
    const bereft = this.bereft;
    this.fresh = [];
    this.bereft = false;
    const { store, clientID } = this.doc;
    if ((!fresh.size && !bereft) || !(store.clients.has(clientID) || this.history.acts.length)) return;
    this.busy = true;
    this.doc.transact((tr) => {
      this.deleteAgain(tr, fresh);
      this.drop(tr, (client) => client === clientID);
      gather(tr, this.ytext, this.copies, this.unaware(clientID));
      this.part(tr, fresh);
      this.apply(tr, this.history.acts.flatMap((act) => act.changes), (item) => this.isFresh(item.id, fresh));
    }, REPAIR);
    this.busy = false;
  }

  /** gather takes one's own letters along that came back where a block was: those
   * written from a clock on. */
  gather(since: number): void {
    const { clientID } = this.doc;
    if (!this.copies.none) this.doc.transact((tr) => void gather(tr, this.ytext, this.copies, ({ id }) => id.client === clientID && id.clock >= since), REPAIR);
  }

  /** unaware tells which of one's own letters were written before one heard of what
   * a block was moved in. */
  private unaware(client: number): Goes {
    const now = Y.getState(this.doc.store, client);
    return ({ id }, key) => {
      if (id.client !== client) return false;
      if (!this.known.has(key)) this.known.set(key, now);
      return id.clock < this.known.get(key)!;
    };
  }

  /** quiet looks after what those who are not there have left behind. Returns how
   * many pieces were taken away or along. */
  quiet(): number {
    if (this.copies.none) return 0;
    const theirs = (client: number) => client === this.doc.clientID || !this.present(client);
    return this.doc.transact((tr) => this.drop(tr, theirs) + gather(tr, this.ytext, this.copies, ({ id }) => id.client !== this.doc.clientID && theirs(id.client) && !this.copies.source(id).run), REPAIR);
  }

  private get doc(): Y.Doc {
    return this.ytext.doc!;
  }

  /** drop takes away copies that do not stand. */
  private drop(tr: Y.Transaction, theirs: (client: number) => boolean): number {
    let count = 0;
    for (const client of [...this.copies.clients()].filter(theirs))
      for (const { copy, length } of this.copies.copiedBy(client))
        for (const { item: stands, at } of [...this.copies.standing(tr, copy, length)])
          for (const item of itemsAt(tr, after(copy, at), stands.length))
            if (!item.deleted && !Y.compareIDs(item.id, after(stands.id, item.id.clock - copy.clock - at))) {
              item.delete(tr);
              count++;
            }
    return count;
  }

  /** deleteAgain deletes what others moved while one deleted it. */
  private deleteAgain(tr: Y.Transaction, fresh: ReadonlySet<Copy>): void {
    const mine = Y.mergeDeleteSets(this.history.acts.flatMap(({ deletions }) => deletions ?? []));
    if (!mine.clients.size && !this.again.size) return;
    const took = (id: Y.ID) => (Y.isDeleted(mine, id) || this.again.has(name(id))) && !this.copies.made(id).some(({ back }) => back);
    const gone: { id: Y.ID; length: number }[] = [];
    for (const run of fresh)
      for (let at = 0; at < (run.back ? 0 : run.length); at++) {
        const [source, copy] = [after(run.source, at), after(run.copy, at)];
        if (!this.branches(source, copy).some(took)) continue;
        const [{ id }] = this.copies.stands(copy, 1);
        if (!this.forward(id, copy)) continue;
        const last = gone[gone.length - 1];
        if (last && Y.compareIDs(after(last.id, last.length), id)) last.length++;
        else gone.push({ id, length: 1 });
      }
    const items = gone.flatMap(({ id, length }) => [...itemsAt(tr, id, length)]).flatMap((item) => (item.deleted ? [] : linesOf(tr, item)));
    for (const item of items) if (!isNewline(item)) this.remove(tr, item);
    // A newline goes with the last of its letters, or two blocks would be one.
    for (const item of items) if (isNewline(item) && lineOf(item).length === 1) this.remove(tr, item);
  }

  private remove(tr: Y.Transaction, item: Y.Item): void {
    for (let at = 0; at < item.length; at++) this.again.add(name(after(item.id, at)));
    item.delete(tr);
  }

  /** branches gives a letter and all copies of it, but for one and its copies. */
  private branches(id: Y.ID, but: Y.ID): Y.ID[] {
    const out: Y.ID[] = [];
    const todo = [id];
    for (let next = todo.pop(); next && out.length < 1000; next = todo.pop()) {
      if (Y.compareIDs(next, but)) continue;
      out.push(next);
      for (const { copy, source } of this.copies.made(next)) todo.push(after(copy, next.clock - source.clock));
    }
    return out;
  }

  /** forward tells whether a letter was copied from another without ever having
   * been brought back between. */
  private forward(id: Y.ID, from: Y.ID): boolean {
    for (let hops = 0; hops < 1000; hops++) {
      if (Y.compareIDs(id, from)) return true;
      const { run } = this.copies.source(id);
      if (!run || run.back) return false;
      id = after(run.source, id.clock - run.copy.clock);
    }
    return false;
  }

  /** part undoes one's own joins of what others moved meanwhile. */
  private part(tr: Y.Transaction, fresh: ReadonlySet<Copy>): void {
    const moved = (id: Y.ID) => this.copies.made(id).some((run) => !run.back && fresh.has(run));
    for (const act of this.history.acts)
      for (const newline of act.newlines) {
        const [last] = this.copies.standing(tr, newline, 1);
        if (!last) continue;
        const gap = moved(newline) || !last.item.deleted ? null : this.gap(tr, last.item, moved);
        if (gap) {
          const copy = insertBefore(tr, this.ytext, gap, [{ text: "\n", newline: true, attrs: worn(this.ytext, last.item) }])[0];
          this.copies.record([{ copy: copy.id, source: last.item.id, length: 1, back: true }]);
        }
        if (gap || moved(newline)) this.takeBack(tr, this.history.forgo(act));
      }
  }

  /** gap gives where a block ended that was joined to one that has gone: before the
   * first letter of that. */
  private gap(tr: Y.Transaction, newline: Y.Item, moved: (id: Y.ID) => boolean): Y.Item | null {
    const there = (item: Y.Item) => !item.deleted && item.countable;
    const away = (item: Y.Item) => (item.deleted ? elsewhere(tr, this.copies, item) : []);
    let letters = false;
    for (let item = newline.left; item; item = item.left) {
      if (there(item)) letters = !textOf(item).endsWith("\n");
      else {
        const last = away(item).pop();
        if (!last || !textOf(last).endsWith("\n")) continue;
      }
      break;
    }
    for (let item = newline.right; item; item = item.right)
      if (there(item)) {
        if (textOf(item).includes("\n")) return null;
        letters = true;
      } else if (away(item).length) return letters && moved(item.id) ? item : null;
    return null;
  }

  /** takeBack gives letters the values of before, where they have those of after. */
  private takeBack(tr: Y.Transaction, changes: readonly Change[]): void {
    for (const { id, length, key, was, is } of changes)
      for (const { item } of [...this.copies.standing(tr, id, length)])
        if (!item.deleted) dress(this.ytext, new Map([[item, (now: Attrs) => (equalValue(now[key] ?? null, is) ? { [key]: was } : {})]]));
  }

  /** apply gives what one gave to letters to those that now stand for them. */
  private apply(tr: Y.Transaction, changes: readonly Change[], meant: (item: Y.Item) => boolean): void {
    const rules = new Map<Y.Item, Change[]>();
    for (const { id, length } of changes) for (const _ of this.copies.standing(tr, id, length));
    for (const change of changes)
      for (const { item } of this.copies.standing(tr, change.id, change.length)) if (!item.deleted && meant(item)) rules.set(item, [...(rules.get(item) ?? []), change]);
    dress(this.ytext, new Map([...rules].map(([item, list]) => [item, (now) => then(now, list)])));
  }

  private isFresh(id: Y.ID, fresh: ReadonlySet<Copy>): boolean {
    for (let hops = 0; hops < 1000; hops++) {
      const { run } = this.copies.source(id);
      if (!run) return false;
      if (fresh.has(run)) return true;
      id = after(run.source, id.clock - run.copy.clock);
    }
    return false;
  }
}

/** then gives the values after some changes, each where the one of before is. */
function then(now: Attrs, changes: readonly Change[]): Attrs {
  const out: Attrs = {};
  for (const { key, was, is } of changes) {
    const value = (key in out ? out[key] : now[key]) ?? null;
    out[key] = key === "b" ? blockBefore(value, is, was) : equalValue(value, was) ? is : value;
  }
  for (const key of Object.keys(out)) if (equalValue(out[key], now[key] ?? null)) delete out[key];
  return out;
}

/** worn gives the attributes that a place has. */
function worn(ytext: Y.Text, place: Y.Item): Attrs {
  const now: Attrs = {};
  for (let item = first(ytext); item && item !== place; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat) {
      if (item.content.value === null) delete now[item.content.key];
      else now[item.content.key] = item.content.value;
    }
  return now;
}

/** itemsAt gives the items of letters, cut to them. */
function* itemsAt(tr: Y.Transaction, id: Y.ID, length: number): Generator<Y.Item> {
  for (let at = 0; at < length; ) {
    const here = after(id, at);
    if (here.clock >= Y.getState(tr.doc.store, here.client)) return; // another program's word
    const item = Y.getItemCleanStart(tr, here);
    if (!(item instanceof Y.Item)) return;
    const cut = piece(tr, here, length - at);
    yield cut;
    at += cut.length;
  }
}

const name = ({ client, clock }: Y.ID) => `${client}:${clock}`;
