// What comes from Word, LibreOffice or a web page, made into the motion's own
// blocks: words, strong, emphasis, links to pages, and nothing else. It is read
// in a document apart, where nothing is loaded and no script runs.
import { Fragment, Slice, type Mark, type Node } from "prosemirror-model";
import type { Kind } from "../binding/schema";
import { freshId, schema } from "../binding/schema";

/** Beyond this, formatting is not read: only the words are taken. */
export const MOST_HTML = 1 << 20;
/** Beyond this many characters nothing is pasted at once. */
export const MOST_TEXT = 200_000;

export interface Pasted {
  blocks: Node[];
  /** What the person must be told, if anything. */
  notice?: string;
}

/** read makes blocks of what the clipboard holds. `inside` is whether it is put among
 * words that stand there: then a lone line keeps the signs that begin it. */
export function read(html: string, text: string, inside = false): Pasted {
  if (text.length > MOST_TEXT)
    return {
      blocks: [],
      notice: `Ce que vous collez compte ${text.length.toLocaleString("fr-FR")} caractères\u00a0: ${MOST_TEXT.toLocaleString("fr-FR")} au plus à la fois. Rien n’a été collé\u00a0; recommencez en plusieurs parties.`,
    };
  if (html.length > MOST_HTML) return { blocks: fromText(text).blocks, notice: "La mise en forme était trop lourde\u00a0: seuls les mots ont été collés." };
  if (!html) return inside && !/[\r\n\u2028\u2029\f\v]/.test(text.trim()) ? lone(text) : fromText(text);
  const pasted = fromTree(new DOMParser().parseFromString(unstyled(html), "text/html").body);
  const size = pasted.blocks.reduce((n, block) => n + block.content.size, 0);
  return size > MOST_TEXT ? read("", pasted.blocks.map((block) => block.textContent).join("\n")) : pasted;
}

/** unstyled keeps what styles and handlers say where the page's policy, which holds in any
 * document that it makes, has nothing to refuse. */
function unstyled(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?(?:<\/style>|$)/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)(?=\s*=)/gi, "$1data-$2"));
}

/** sliceOf joins a lone paragraph to the words around it, and the ends of
 * several; a heading or a point stays a block of its own. */
export function sliceOf(blocks: readonly Node[]): Slice {
  const plain = (block: Node) => String(block.attrs.b).startsWith("paragraph|");
  if (blocks.length === 1) return new Slice(Fragment.from([...blocks]), 1, 1);
  return new Slice(Fragment.from([...blocks]), plain(blocks[0]) ? 1 : 0, plain(blocks[blocks.length - 1]) ? 1 : 0);
}

/** What begins a point: a bullet; or a dash, a star, a number or a letter with a blank behind it. */
const POINT = /^(?:[•◦▪·‣]\s*|(?:[*–—-]|\d{1,2}[.)°]|[a-z]\))\s+)(?=\S)/;
/** What begins a visa, or a recital. */
const LEGAL: readonly [Kind, RegExp][] = [
  ["visa", /^V[Uu]\s/],
  ["recital", /^(?:Considérant|CONSID[ÉE]RANT)[\s,]/],
];

const LEVELS = "La liste avait plusieurs niveaux\u00a0: ses points sont maintenant sur un seul.";
const notes = (n: number) =>
  n < 2
    ? "Une note de bas de page n’a pas été collée, ni son appel\u00a0: une motion n’a pas de notes. Reprenez-la dans le texte si elle compte."
    : `${n}\u00a0notes de bas de page n’ont pas été collées, ni leurs appels\u00a0: une motion n’a pas de notes. Reprenez-les dans le texte si elles comptent.`;

function lone(text: string): Pasted {
  const out = new Writer();
  out.words(text, []);
  out.close();
  return { blocks: out.blocks };
}

/** fromText reads lines of words: a point by what begins it, a visa and a recital by
 * their first word. */
export function fromText(text: string): Pasted {
  const out = new Writer();
  const margins = new Set<number>();
  for (const line of text.split(/\r\n?|[\n\u2028\u2029\f\v]/)) {
    const words = line.trimStart();
    const point = POINT.exec(words);
    if (point) margins.add(line.length - words.length);
    out.open(point ? "item" : (LEGAL.find(([, begins]) => begins.test(words))?.[0] ?? "paragraph"));
    out.words(words.slice(point?.[0].length ?? 0), []);
    out.close();
  }
  return { blocks: out.blocks, ...(margins.size > 1 ? { notice: LEVELS } : {}) };
}

// Names in small letters: a document of another kind writes them so.
const DROPPED = new Set(
  "script style head title meta link xml template noscript svg math canvas iframe object embed audio video img button input select textarea del s strike".split(" "),
);
const BLOCKS = new Set(
  "p div section article aside main header footer nav address blockquote pre figure figcaption li dd dt ul ol dl table caption thead tbody tfoot tr h1 h2 h3 h4 h5 h6 hr form fieldset body".split(" "),
);

interface Inside {
  kind: Kind;
  marks: readonly Mark[];
  pre: boolean;
  /** Raised or lowered letters: their digits keep it. */
  script?: "sup" | "sub";
}

export function fromTree(root: Element): Pasted {
  const out = new Writer();
  const left = withoutNotes(root);
  walk(root, { kind: "paragraph", marks: [], pre: false }, out);
  out.close();
  const told = [left && notes(left), levels(root) && LEVELS].filter(Boolean);
  return { blocks: out.blocks, ...(told.length ? { notice: told.join(" ") } : {}) };
}

/** Where a call leads, and where its note leads back: Word, LibreOffice, Google Docs,
 * Wikipedia. */
const CALL = /#(?:_(?:ftn|edn)\d|ftnt\d|sd(?:foot|end)note\d+sym|cite_note-)/;
const BACK = /#(?:_(?:ftn|edn)ref|ftnt_ref|sd(?:foot|end)note\d+anc|cite_ref-)/;

/** withoutNotes takes notes and their calls away, and returns how many notes. */
function withoutNotes(root: Element): number {
  const links = (to: RegExp) => [...root.querySelectorAll("a[href]")].filter((a) => to.test(a.getAttribute("href")!));
  const calls = links(CALL);
  for (const a of calls) (a.closest("sup") ?? a).remove();
  const held = new Set(links(BACK).map((a) => a.parentElement!.closest('[id^="ftn"], [id^="edn"], [id^="sdfootnote"], [id^="sdendnote"], p, li')));
  for (const note of held) note?.remove();
  for (const el of root.querySelectorAll("[data-style]")) if (/mso-element:\s*(?:foot|end)note-list/i.test(el.getAttribute("data-style")!)) el.remove();
  return Math.max(calls.length, held.size);
}

/** levels is whether a list holds another. */
function levels(root: Element): boolean {
  return !!root.querySelector(":is(ul, ol) :is(ul, ol)") || [...root.querySelectorAll("[data-style]")].some((el) => /mso-list:[^;]*\blevel[2-9]/i.test(el.getAttribute("data-style")!));
}

function walk(el: Element, inside: Inside, out: Writer): void {
  for (const node of el.childNodes) {
    if (node.nodeType === 3) {
      const words = inside.script ? scripted(node.nodeValue!, inside.script) : node.nodeValue!;
      if (!inside.pre) out.words(words, inside.marks, inside.kind);
      else words.split(/\r\n?|\n/).forEach((line, i) => (i && out.close(), out.words(line, inside.marks, inside.kind)));
    } else if (node.nodeType === 1) element(node as Element, inside, out);
  }
}

function element(el: Element, inside: Inside, out: Writer): void {
  const name = el.nodeName.toLowerCase();
  const style = (el.getAttribute("data-style") ?? "").toLowerCase();
  const classes = el.getAttribute("class") ?? "";
  // Word's own bullets, its comments and their anchors, and what is not shown.
  if (DROPPED.has(name) || /mso-list:\s*ignore|mso-element:\s*comment|mso-hide:\s*all|display:\s*none/.test(style)) return;
  if (/\bmso(?:com|annot)|\bsdcomment/i.test(classes) || el.hasAttribute("hidden") || name === "o:p") return;
  if (name === "br") return out.close();
  if (name === "td" || name === "th") {
    if (el.previousElementSibling) out.words(" | ", inside.marks, inside.kind);
    // A cell's paragraphs are one line with the rest of its row.
    return void out.line(() => walk(el, inside, out));
  }
  const block = BLOCKS.has(name);
  const next = { ...inside, pre: inside.pre || name === "pre" };
  const script = /vertical-align:\s*(super|sub|baseline)/.exec(style)?.[1] ?? name;
  if (/^su(?:p|per|b)$/.test(script)) next.script = script === "sub" ? "sub" : "sup";
  else if (script === "baseline") next.script = undefined;
  if (/^h[1-3]$/.test(name) || /\bMsoTitle\b/.test(classes)) next.kind = "axis";
  else if (/^h[4-6]$/.test(name)) next.kind = "paragraph";
  else if (name === "li" || /\bMsoList/.test(classes) || /mso-list:\s*l\d/.test(style)) next.kind = "item";
  if (next.kind !== "axis") next.marks = marked(el, name, style, inside.marks);
  if (block) out.close();
  walk(el, next, out);
  if (block) out.close();
}

const DIGITS = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹", sub: "₀₁₂₃₄₅₆₇₈₉" };

/** scripted raises or lowers digits, and the sign before them; letters stand as they
 * are: « 1er », « m² », « CO₂ », « 10⁻³ ». */
function scripted(words: string, script: "sup" | "sub"): string {
  const signs = script === "sup" ? { "+": "⁺", "-": "⁻" } : { "+": "₊", "-": "₋" };
  return words.replace(/([+−-]?)(\d+)/g, (_, sign: string, digits: string) => {
    return (sign && signs[sign === "+" ? "+" : "-"]) + digits.replace(/\d/g, (d) => DIGITS[script][Number(d)]);
  });
}

function marked(el: Element, name: string, style: string, marks: readonly Mark[]): readonly Mark[] {
  const { strong, em, link } = schema.marks;
  const said = (property: string) => new RegExp(`(?:^|[;\\s])${property}:\\s*(\\w+)`).exec(style)?.[1]; // not Word's mso-bidi-font-weight
  const weight = said("font-weight");
  if (weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : name === "strong" || name === "b") marks = strong.create().addToSet(marks);
  else if (weight === "normal" || weight === "400") marks = strong.removeFromSet(marks);
  const slant = said("font-style");
  if (slant ? slant !== "normal" : name === "em" || name === "i" || name === "cite") marks = em.create().addToSet(marks);
  const href = name === "a" ? (el.getAttribute("href") ?? "").trim() : "";
  if (/^(https?:\/\/|mailto:)/i.test(href) && href.length <= 2000) marks = link.create({ href }).addToSet(marks);
  return marks;
}

/** Writer gathers words into blocks; blanks are as a page shows them. */
class Writer {
  readonly blocks: Node[] = [];
  private runs: { text: string; marks: readonly Mark[] }[] = [];
  private kind: Kind = "paragraph";
  private held = 0;

  open(kind: Kind): void {
    this.close();
    this.kind = kind;
  }

  words(raw: string, marks: readonly Mark[], kind: Kind = this.kind): void {
    // What is never seen, and what stands for another program's object.
    let text = raw.replace(/[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ufffc]/g, "").replace(/[ \t\r\n\f\v]+/g, " ");
    const last = this.runs[this.runs.length - 1];
    if (!last || last.text.endsWith(" ")) text = text.replace(/^ /, "");
    if (!text) return;
    if (!last) this.kind = kind;
    if (last && last.marks === marks) last.text += text;
    else this.runs.push({ text, marks });
  }

  close(): void {
    if (this.held) {
      const last = this.runs[this.runs.length - 1];
      if (last && !last.text.endsWith(" ")) last.text += " ";
      return;
    }
    const last = this.runs[this.runs.length - 1];
    if (last) last.text = last.text.replace(/ $/, "");
    const runs = this.runs.filter((run) => run.text);
    this.runs = [];
    if (!/[^\s|]/.test(runs.map((run) => run.text).join(""))) return;
    const words = runs.map((run) => schema.text(run.text, run.marks));
    this.blocks.push(schema.nodes.block.create({ b: `${this.kind}|${freshId()}` }, words));
  }

  /** line holds what is written meanwhile on one line. */
  line(write: () => void): void {
    this.held++;
    write();
    this.held--;
  }
}
