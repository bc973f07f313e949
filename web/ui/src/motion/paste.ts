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

export function read(html: string, text: string): Pasted {
  if (text.length > MOST_TEXT)
    return {
      blocks: [],
      notice: `Ce que vous collez compte ${text.length.toLocaleString("fr-FR")} caractères\u00a0: ${MOST_TEXT.toLocaleString("fr-FR")} au plus à la fois. Rien n’a été collé\u00a0; recommencez en plusieurs parties.`,
    };
  if (html.length > MOST_HTML) return { blocks: fromText(text), notice: "La mise en forme était trop lourde\u00a0: seuls les mots ont été collés." };
  if (!html) return { blocks: fromText(text) };
  const blocks = fromTree(new DOMParser().parseFromString(unstyled(html), "text/html").body);
  const size = blocks.reduce((n, block) => n + block.content.size, 0);
  return size > MOST_TEXT ? read("", blocks.map((block) => block.textContent).join("\n")) : { blocks };
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

const BULLET = /^[•◦▪·‣]\s*/;

export function fromText(text: string): Node[] {
  const out = new Writer();
  for (const line of text.split(/\r\n?|[\n\u2028\u2029\f\v]/)) {
    const words = line.trimStart();
    const item = BULLET.test(words);
    out.open(item ? "item" : "paragraph");
    out.words(item ? words.replace(BULLET, "") : line, []);
    out.close();
  }
  return out.blocks;
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
}

export function fromTree(root: Element): Node[] {
  const out = new Writer();
  walk(root, { kind: "paragraph", marks: [], pre: false }, out);
  out.close();
  return out.blocks;
}

function walk(el: Element, inside: Inside, out: Writer): void {
  for (const node of el.childNodes) {
    if (node.nodeType === 3) {
      const words = node.nodeValue!;
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
  if (/^h[1-3]$/.test(name) || /\bMsoTitle\b/.test(classes)) next.kind = "axis";
  else if (/^h[4-6]$/.test(name)) next.kind = "paragraph";
  else if (name === "li" || /\bMsoList/.test(classes) || /mso-list:\s*l\d/.test(style)) next.kind = "item";
  if (next.kind !== "axis") next.marks = marked(el, name, style, inside.marks);
  if (block) out.close();
  walk(el, next, out);
  if (block) out.close();
}

function marked(el: Element, name: string, style: string, marks: readonly Mark[]): readonly Mark[] {
  const { strong, em, link } = schema.marks;
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1];
  if (weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : name === "strong" || name === "b") marks = strong.create().addToSet(marks);
  else if (weight === "normal" || weight === "400") marks = strong.removeFromSet(marks);
  const slant = /font-style:\s*(\w+)/.exec(style)?.[1];
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
