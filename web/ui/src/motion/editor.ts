// The page on which a motion is written together. The server gives one element,
// <div id="editeur" data-motion data-sync data-themes …>; everything in it is
// made here, since nothing of it works without a script.
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { selectBlock } from "../binding/blocks";
import { citations, insertQuote, release, support, wholeWords, type Quote } from "../binding/cite";
import { bear, hold, show as select, threadAt } from "../binding/comment";
import type { Person, Presence } from "../binding/cursors";
import { hue, paint } from "../binding/cursors";
import { altered, quotes } from "../binding/quotes";
import { kindOf } from "../binding/schema";
import { sentenceAt } from "../binding/sentences";
import { Comments } from "./comments";
import { Device } from "./device";
import { h, of } from "./dom";
import { Finder } from "./finder";
import { commentOf, deviceOf } from "../app/kept";
import { Impasse, titleOf, wordsOf, type Why } from "./impasse";
import { redraw } from "./marks";
import { closing, Notice } from "./notice";
import { Outline } from "./outline";
import { Panel } from "./panel";
import { Pause } from "./pause";
import { project } from "./projection";
import { Line, type LineState } from "./provider";
import { Sight } from "./sight";
import { fetchFound } from "./search";
import { Sources } from "./sources";
import { Unsent } from "./unsent";
import { Text } from "./view";
import { CLAIMS, remark } from "./support";
import { fetchSources, fetchThemes, MOST, Themes } from "./themes";
import { nameOf, Toolbar } from "./toolbar";

/** Where this device keeps whether sources are shown. */
const SUPPORT = "congres-sources";

/** Milliseconds after which all is said to be kept, if nothing more is written. */
const CALM = 300;

/** Milliseconds between two looks at the whole text for what stands around it, while
 * letters come. */
const FOLLOW = 300;

/** Said when words that were left here without a line are kept. */
const FOUND = "Le texte écrit hors connexion sur cet appareil a été retrouvé et envoyé.";

/** Said in place of what is kept where nothing is to be. */
const READONLY = "Texte figé\u00a0: lecture seule";

/** Said in place of that once the text has been opened again. */
const REOPENED = "Texte rouvert\u00a0: rechargez cette page pour y écrire";

const place = document.getElementById("editeur");
if (place) mount(place);
const screen = document.getElementById("projection");
if (screen) project(screen);

function mount(el: HTMLElement): void {
  const data = el.dataset;
  const readonly = data.readonly !== undefined && data.readonly !== "false";
  const person: Person = { name: data.userName ?? "Quelqu’un", id: data.userId ?? "", color: data.userColor ?? "" };

  const doc = new Y.Doc();
  const ytext = doc.getText("motion");
  const awareness = new Awareness(doc);
  awareness.setLocalStateField("user", person);

  let refused = false;
  let reopened = false;
  let themes = new Themes([]);
  const editable = () => !readonly && !refused;

  // The text on the device.
  let device: "opening" | "ready" | "none" = "opening";
  let local: Device | null = null;

  const state = h("p", { class: "editor-status", role: "status", "aria-live": "polite" }, "Connexion…");
  const notice = new Notice(() => editor.view.focus());
  // Somebody put an earlier text in place of this one, or froze it: where that was
  // before this page, the server has said so in it.
  const back = el.querySelector<HTMLElement>(".editor-back") ?? h("p", { class: "editor-back", role: "status" });
  const people = h("p", { class: "editor-people" });
  const text = h("div", { class: "editor-text" });
  const outline = new Outline((block) => {
    show("texte");
    editor.view.dispatch(editor.view.state.tr);
    selectBlock(block)(editor.view.state, editor.view.dispatch);
    editor.view.focus();
  });
  const sources = new Sources((segment) => {
    const { doc, selection } = editor.view.state;
    const at = sentenceAt(doc, selection.from)?.sentence.cites.get(segment);
    if (at !== undefined) editor.run(release(segment, at));
  });
  const impasse = new Impasse(async () => {
    line.destroy();
    unsent.forget();
    await empty(local?.db);
    location.reload();
  }, readonly);
  let supported = true;
  try {
    supported = localStorage.getItem(SUPPORT) !== "non";
  } catch {
    // A device that keeps nothing shows them.
  }
  const panel = new Panel({
    cite: (v) => (show("texte"), editor.run(insertQuote(v)) && cited(v)),
    support: (v) => (show("texte"), editor.run(support(v.segment, wholeWords(editor.view.state.doc, editor.view.state.selection))) && tell(`Sélection appuyée par le verbatim${by(v)}.`)),
  });
  /** tell has a screen reader say what one's own act has done, the same words again too. */
  const told = h("p", { class: "visually-hidden", role: "status" });
  const tell = (words: string) => {
    told.textContent = "";
    requestAnimationFrame(() => (told.textContent = words));
  };
  const by = ({ who }: Quote) => (who ? ` ${of(who)}` : "");
  const cited = (quote: Quote) => {
    // Only now that the text has the focus does ProseMirror know where to scroll.
    editor.view.dispatch(editor.view.state.tr.scrollIntoView());
    const { doc: whole, selection } = editor.view.state;
    tell(`Verbatim${by(quote)} cité dans le bloc ${selection.$head.index(0) + 1} sur ${whole.childCount}.`);
  };
  const toolbar = new Toolbar({
    run: (command) => editor.run(command),
    undo: () => editable() && (editor.binding.undo(), editor.view.focus()),
    redo: () => editable() && (editor.binding.redo(), editor.view.focus()),
    find: () => finder.open(),
    comment: () => comment(),
    supported: () => supported,
    support: () => {
      supported = !supported;
      try {
        localStorage.setItem(SUPPORT, supported ? "oui" : "non");
      } catch {
        // Then for this page only.
      }
      remark(editor.view);
      standing();
    },
    can: () => ({ undo: editor.binding.undoManager.canUndo(), redo: editor.binding.undoManager.canRedo() }),
  });
  const finder = new Finder({
    state: () => editor.binding.state,
    run: (command) => command(editor.view.state, editor.view.dispatch, editor.view),
    bring: () => sight.bring(editor.view),
    editable,
    leave: () => editor.view.focus(),
    redraw: () => {
      editor.flush(); // drawing puts back a cursor that has not been read
      editor.view.updateState(editor.binding.state);
    },
    keep: () => keepVersion(data.versions),
  });
  const comments = new Comments(data.comments, commentOf(data.motion ?? "", person.id), data.userName ?? "", {
    hold: () => {
      const { selection, doc: whole } = editor.view.state;
      if (selection.empty || !editable()) return null;
      const span = wholeWords(whole, selection);
      const place = hold(editor.view.state, ytext, span);
      return { words: whole.textBetween(span.from, span.to, " "), place: () => place(editor.binding.state) };
    },
    bear: (id, span) => editor.run(bear(id, span.from, span.to)),
    go: (span) => {
      show("texte");
      select(span)(editor.view.state, editor.view.dispatch);
      editor.view.focus();
    },
    show: () => show("commentaires"),
    back: () => editor.view.focus(),
    redraw: () => redraw(editor.view),
    bring: () => sight.bring(editor.view),
    still: (change) => sight.hold(editor.view, change),
    top: (pos) => editor.view.coordsAtPos(Math.min(pos, editor.view.state.doc.content.size)).top,
  });
  const comment = () => comments.write(editor.view.state.selection.empty ? threadAt(editor.view.state.doc, editor.view.state.selection.from) : null);
  const bar = h("div", { class: "editor-line" }, state, impasse.bar);
  // Under 900 px one column is shown at a time.
  const columns = { plan: "Plan", texte: "Texte", themes: "Thèmes", commentaires: "Commentaires" };
  type Column = keyof typeof columns;
  const tabs = (Object.keys(columns) as Column[]).map((name) => h("button", { type: "button", class: "button small", "data-tab": name, click: () => show(name) }, columns[name]));
  const show = (name: Column) => {
    if (el.dataset.column === name) return;
    el.dataset.column = name;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.tab === name));
  };
  const above = h("div", { class: "editor-top" }, readonly ? null : toolbar.el, back, notice.el, told);
  const below = h("div", { class: "editor-below" }, comments.here, sources.el, comments.sheet);
  const sight = new Sight([above, finder.el], below);
  show("texte");
  el.classList.add("editor");
  el.replaceChildren(
    h("div", { class: "editor-bar" }, bar, comments.calls, people),
    h("div", { class: "editor-tabs", role: "group", "aria-label": "Colonne affichée" }, ...tabs),
    h("div", { class: "editor-columns" }, outline.el, h("div", { class: "editor-middle" }, above, finder.el, impasse.el, h("div", { class: "editor-page" }, text, comments.el), below), panel.el),
  );

  const editor = new Text({
    place: text,
    ytext,
    awareness,
    editable,
    hold: () => line.hold(),
    release: () => line.release(),
    verbatim: (segment) => themes.source(segment),
    cited,
    say: (words) => notice.say(words),
    supported: () => supported,
    sight,
    find: () => finder.open(),
    comment: () => comment(),
    comments: { resolved: (id) => comments.resolved(id), current: () => comments.current },
    found: (now) => finder.decorations(now),
  });
  const url = new URL(data.sync ?? "", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const unsent = new Unsent(data.motion ?? "", person.id, doc, (origin) => origin === local || origin === line, () => {
    if (!editor.view.composing) editor.flush();
    return { title: titleOf(editor.binding.state.doc), text: wordsOf(editor.binding.state.doc) };
  });
  const line = new Line({ url: url.href, doc, awareness, onState: status, flush: () => editor.flush() });
  const opened = (how: "ready" | "none") => {
    device = how;
    unsent.open();
    status(line.state);
  };
  try {
    local = new Device(deviceOf(data.motion ?? "", person.id), doc, () => !heard(line.state));
    local.whenSynced.then(() => opened("ready"));
    (local as unknown as { _db: Promise<unknown> })._db.catch(() => opened("none"));
  } catch {
    opened("none");
  }

  let calm = 0;
  /** status says how the line is; that all is kept once one pauses, rather than at
   * each letter. */
  function status(now: LineState): void {
    clearTimeout(calm);
    unsent.follow(now.kind);
    if (!heard(now)) local?.write();
    if (now.kind === "saved" && bar.dataset.state === "saving") calm = window.setTimeout(() => showStatus(now), CALM);
    else showStatus(now);
  }

  function showStatus(now: LineState): void {
    let words: string;
    switch (now.kind) {
      case "saved":
        words = readonly ? READONLY : "Tout est enregistré";
        break;
      case "saving":
        words = readonly ? READONLY : "Enregistrement…";
        break;
      case "connecting":
        words = "Connexion…";
        break;
      case "offline":
        words =
          device === "none"
            ? "Hors connexion\u00a0: gardez cette page ouverte, votre texte n’est pas encore enregistré"
            : "Hors connexion\u00a0: votre texte est gardé sur cet appareil";
        break;
      case "refused":
        words = refusal(now.code, now.reason);
    }
    if (reopened && !editable()) words = REOPENED;
    if (refused !== (now.kind === "refused")) {
      refused = !refused;
      editor.view.setProps({ editable });
      writable();
      impasse.show(now.kind === "refused" ? WHY.get(now.code) : undefined, editor.view.state.doc);
    }
    if (state.textContent !== words) state.textContent = words;
    // And not around the text, whose style would be sought again.
    if (bar.dataset.state !== now.kind) bar.dataset.state = now.kind;
    if (now.kind === "saved") comments.online();
    if (now.kind === "saved" && device === "ready" && unsent.found) {
      unsent.found = false;
      notice.say(FOUND, true);
    }
  }

  /** writable shows what can be done here: where nothing can be written, no
   * button that would. */
  function writable(): void {
    for (const part of [toolbar, finder, panel]) part.setWritable(editable());
  }
  writable();

  let counted: Map<string, number> | null = null;
  let citedDoc: unknown = null;
  // Spread, so that usually one page repairs and the others hear of it.
  const repairing = new Pause(2000 + Math.random() * 3000, tidy);
  const asking = new Pause(500, quoting);
  editor.binding.onMismatch = (where) => console.warn("le texte a été relu :", where);
  const update = () => {
    const now = editor.binding.state;
    toolbar.update(now, entered);
    outline.update(now, entered);
    finder.update();
    comments.update(now.doc, entered && now.selection.empty ? threadAt(now.doc, now.selection.from) : null);
    panel.setSelection(editable() && !now.selection.empty);
    standing();
    if (citedDoc !== now.doc) {
      citedDoc = now.doc;
      const next = citations(now.doc);
      if (!counted || next.size !== counted.size || [...next.keys()].some((k) => !counted!.has(k))) panel.setCited((counted = next));
      repairing.again();
      asking.again();
    }
  };
  let overridden = "";
  editor.binding.undoManager.onOverridden = (type) => {
    overridden = `Rien à ${type === "undo" ? "annuler" : "rétablir"}\u00a0: une autre personne a repris ou changé cela depuis.`;
    // Emptied first, or the same words would not be read out a second time.
    notice.say("");
    requestAnimationFrame(() => notice.say(overridden));
    update();
  };
  editor.binding.undoManager.on("stack-item-added", () => (notice.over(overridden), notice.wrote()));
  // The page around the text follows the cursor once a frame, and letters now and then.
  let drawn = 0;
  let waiting = 0;
  let followed = -FOLLOW;
  const follow = () => {
    clearTimeout(waiting);
    waiting = 0;
    drawn ||= requestAnimationFrame((now) => {
      drawn = 0;
      followed = now;
      update();
    });
  };
  editor.binding.onState = (next) => {
    const was = editor.view.state;
    const left = next.doc === was.doc ? 0 : followed + FOLLOW - performance.now();
    editor.view.updateState(next);
    // Where others are, or a mark of this page, changes nothing around the text.
    if (next.doc === was.doc && next.selection.eq(was.selection) && next.storedMarks === was.storedMarks) return;
    editor.tell();
    if (left <= 0) follow();
    else waiting ||= window.setTimeout(follow, left);
  };
  function tidy(): void {
    if (editor.view.composing) return repairing.again();
    editor.flush();
    editor.binding.verify("quiet");
    if (!editable() || !line.synced) return;
    editor.binding.settle();
    editor.binding.repairIds();
  }
  const asked = new Set<string>();
  const words = (segment: string) => themes.source(segment).text;
  // Nobody has put the cursor anywhere before the text has had the focus.
  let entered = false;
  editor.view.dom.addEventListener("focus", () => ((entered = true), update()), { once: true });
  /** The kind of the block under the cursor, once it has been told: a screen reader
   * sees all but titles and axes as paragraphs. */
  let kind = "";
  /** standing tells where the cursor is, and shows who stands behind its sentence. */
  function standing(): void {
    const { doc: whole, selection } = editor.binding.state;
    const now = entered ? kindOf(whole.child(Math.min(selection.$head.index(0), whole.childCount - 1))) : "";
    if (now !== kind) tell(nameOf((kind = now)));
    const at = entered && selection.empty && sentenceAt(whole, selection.from);
    if (!at) return sources.show([], false, false);
    const segments = [...at.sentence.cites.keys()];
    const { from, to } = at.sentence;
    const wrong = altered(at.block, whole.resolve(from).before(1), words).some((quote) => quote.from < to && quote.to > from);
    sources.show(segments.map((segment) => themes.source(segment)), editable(), editable() && supported && CLAIMS.has(kindOf(at.block)), wrong);
    ask(segments);
  }
  /** ask has the server say the words of segments that no theme holds. */
  function ask(segments: readonly string[]): void {
    const now = themes.unknown(segments).filter((s) => !asked.has(s)).slice(0, MOST);
    if (!now.length || !data.sources) return;
    for (const s of now) asked.add(s);
    fetchSources(data.sources, now).then(
      (list) => {
        themes.learn(list);
        standing();
        if (!editor.view.composing) remark(editor.view);
        ask(segments);
      },
      () => now.forEach((s) => asked.delete(s)),
    );
  }
  /** quoting asks for what is quoted anywhere: whether it is still said right is
   * shown in the text. */
  function quoting(): void {
    const segments = new Set<string>();
    editor.binding.state.doc.forEach((block, before) => quotes(block, before).forEach((quote) => quote.segments.forEach((s) => segments.add(s))));
    ask([...segments]);
  }

  panel.onMissing = (n) => {
    tabs[2].textContent = n ? `Thèmes (${n} à refléter)` : "Thèmes";
  };
  tabs[3].hidden = true;
  comments.onCount = (open, all) => {
    tabs[3].hidden = !all;
    const words = open ? `Commentaires (${open})` : "Commentaires";
    if (tabs[3].textContent !== words) tabs[3].textContent = words;
  };
  if (data.search) panel.onSearch = (words, query) => fetchFound(data.search!, words, query);
  let filters = "";
  panel.onFilter = (query) => {
    filters = query.size ? `?${query}` : "";
    void load();
  };
  const load = async () => {
    if (!data.themes) return;
    const wanted = filters;
    try {
      const next = await fetchThemes(data.themes + filters);
      if (wanted !== filters) return; // another was chosen meanwhile
      panel.show((themes = next));
      asked.clear();
      update();
      quoting();
      if (!editor.view.composing) remark(editor.view);
    } catch {
      panel.fail();
    }
  };
  addEventListener("online", () => (void load(), void comments.load()));
  addEventListener("resize", () => comments.align());
  // The page's live line tells when the themes have changed.
  document.addEventListener("congres:live", (event) => {
    const kind = String((event as CustomEvent<{ kind?: unknown }>).detail?.kind ?? "");
    const about = (event as CustomEvent<{ id?: unknown }>).detail?.id;
    if (["resync", "words.changed"].includes(kind) || (kind === "motion.comment" && about === data.motion)) void comments.load();
    if ((kind === "motion.restored" || kind === "motion.frozen") && about === data.motion)
      back.replaceChildren(
        ...wentBack((event as CustomEvent<{ text?: unknown; address?: unknown }>).detail),
        " ",
        closing(() => (back.replaceChildren(), editor.view.focus())),
      );
    if (kind === "motion.frozen" && about === data.motion) {
      reopened = (event as CustomEvent<{ address?: unknown }>).detail?.address === location.pathname;
      if (reopened) impasse.show(undefined, editor.view.state.doc); // the page sends its words when loaded again
      showStatus(line.state);
    }
    if (["themes.changed", "words.changed", "resync", "analysis.done"].includes(kind)) void load();
  });

  let present = "";
  awareness.on("change", () => {
    const others = new Map<string, Person>();
    awareness.getStates().forEach((s: Presence, client: number) => {
      if (client !== doc.clientID && s.user && (s.user.id || "?") !== person.id) others.set(s.user.id || String(client), s.user);
    });
    const now = JSON.stringify([...others.values()]);
    if (now === present) return; // somebody's caret has moved
    present = now;
    people.replaceChildren(
      ...(others.size ? ["Avec vous\u00a0: "] : []),
      ...[...others.values()].flatMap((p, i) => {
        const tag = h("span", { class: `peer-tag peer-${hue(p)}` }, p.name);
        paint(tag, p);
        return [i ? ", " : "", tag];
      }),
    );
  });

  addEventListener("beforeunload", (event) => {
    if (device !== "ready" && (line.state.kind === "saving" || line.state.kind === "offline")) event.preventDefault();
  });
  void load();
  void comments.load();
  update();
}

/** wentBack is what the server says of a way back to an earlier text, and the
 * link to the one that was in its place; or that the text is frozen, or opened
 * again, and the link by which one may write. */
function wentBack({ text, address }: { text?: unknown; address?: unknown }): (string | HTMLElement)[] {
  const to = String(address ?? "");
  if (!to.startsWith("/") || to.startsWith("//")) return [String(text ?? "")];
  if (to === location.pathname) return [String(text ?? ""), " ", h("a", { href: to }, "Recharger la page")];
  return [String(text ?? ""), " ", h("a", { href: to, target: "_blank", rel: "noopener" }, "Voir ce qui a changé")];
}

/** empty takes the updates out of y-indexeddb's store. Deleting the store would
 * close it under this person's other tabs. */
function empty(db: IDBDatabase | null | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!db) return resolve();
    const transaction = db.transaction(["updates"], "readwrite");
    transaction.oncomplete = transaction.onabort = () => resolve();
    transaction.objectStore("updates").clear();
  });
}

/** keepVersion has the server keep the text as it is. */
async function keepVersion(url: string | undefined): Promise<boolean> {
  if (!url) return false;
  try {
    const response = await fetch(url, { method: "POST", body: new URLSearchParams({ cause: "remplacement" }), signal: AbortSignal.timeout(4000), redirect: "manual" });
    return response.type === "opaqueredirect" || response.ok;
  } catch {
    return false;
  }
}

/** Close codes that leave this device with words that the server does not have. */
const WHY = new Map<number, Why>([
  [1009, "too large"],
  [4413, "too large"],
  [4403, "withdrawn"],
]);

/** heard tells whether the server hears each letter at once. */
function heard({ kind }: LineState): boolean {
  return kind === "saved" || kind === "saving";
}

function refusal(code: number, reason: string): string {
  if (code === 4401) return "Votre session est terminée. Votre texte est gardé sur cet appareil\u00a0: entrez de nouveau, puis rouvrez cette page.";
  if (WHY.get(code) === "too large") return "Le texte est trop long pour être enregistré. Il est gardé sur cet appareil\u00a0: voyez ci-dessous comment continuer.";
  if (code === 4403) return reason || "Vous ne pouvez plus modifier cette motion\u00a0: voyez ci-dessous comment garder vos mots.";
  return "Cette page est trop ancienne. Votre texte est gardé sur cet appareil\u00a0: rechargez la page.";
}
