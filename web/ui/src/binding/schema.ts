// The motion's flat schema: a document is a list of blocks, a block is a run
// of marked text. It mirrors the shared text one to one: a block's `b` is the
// attribute of the newline that ends it ("KIND|ID"), a mark is an attribute of
// a run. What this page does not know is carried along and never dropped.
import { Schema, type Mark, type Node } from "prosemirror-model";

export const KINDS = ["title", "visa", "recital", "axis", "paragraph", "proposal", "item"] as const;
export type Kind = (typeof KINDS)[number];

/** Attributes of a run or of a newline, as Yjs keeps them. */
export type Attrs = Record<string, unknown>;

const tags: Record<string, string> = { title: "h1", axis: "h2" };

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    block: {
      content: "text*",
      marks: "_",
      defining: true,
      attrs: {
        b: { default: "paragraph|", validate: "string" },
        // Attributes of the newline that are not ours.
        more: { default: null },
      },
      parseDOM: [
        { tag: "[data-b]", getAttrs: (el) => ({ b: el.getAttribute("data-b") ?? "paragraph|" }) },
        { tag: "h1", attrs: { b: "title|" } },
        { tag: "h2, h3, h4", attrs: { b: "axis|" } },
        { tag: "li", attrs: { b: "item|" } },
        { tag: "p, div, blockquote, pre", attrs: { b: "paragraph|" } },
      ],
      toDOM: (node) => {
        const kind = kindOf(node);
        return [tags[kind] ?? "p", { "data-b": node.attrs.b, "data-kind": kind, class: "block" }, 0];
      },
    },
    text: {},
  },
  marks: {
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
    em: {
      parseDOM: [{ tag: "em" }, { tag: "i" }],
      toDOM: () => ["em", 0],
    },
    link: {
      attrs: { href: { validate: "string" } },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (el) => ({ href: el.getAttribute("href") }) }],
      // A link to anything but a page is shown as text only.
      toDOM: (mark) => {
        const href = String(mark.attrs.href);
        return /^(https?:|mailto:|\/(?!\/))/i.test(href)
          ? ["a", { href, rel: "noopener noreferrer" }, 0]
          : ["span", { class: "link" }, 0];
      },
    },
    // Several citations may hold the same words: neither excludes the other.
    cite: {
      attrs: { segment: { validate: "string" } },
      excludes: "",
      inclusive: false,
      parseDOM: [{ tag: "[data-cite]", getAttrs: (el) => ({ segment: el.getAttribute("data-cite") }) }],
      toDOM: (mark) => ["span", { "data-cite": mark.attrs.segment, class: "cite", role: "mark", "aria-description": "appuyé par une contribution" }, 0],
    },
    comment: {
      attrs: { id: { validate: "string" } },
      excludes: "",
      inclusive: false,
      parseDOM: [{ tag: "[data-comment]", getAttrs: (el) => ({ id: el.getAttribute("data-comment") }) }],
      toDOM: (mark) => ["span", { "data-comment": mark.attrs.id, class: "comment" }, 0],
    },
    /** An attribute that another program wrote: key, and value as JSON. */
    other: {
      attrs: { key: {}, value: {} },
      excludes: "",
      inclusive: false,
      toDOM: () => ["span", 0],
    },
  },
});

const CITE = "cite--";
const COMMENT = "comment--";

function isOurs(key: string): boolean {
  return key === "strong" || key === "em" || key === "link" || key.startsWith(CITE) || key.startsWith(COMMENT);
}

/** marksOf reads a run's attributes. Keys are sorted: several citations may
 * have arrived in any order, and every client must build the same marks. */
export function marksOf(attrs: Attrs | undefined): readonly Mark[] {
  if (!attrs) return [];
  const marks: Mark[] = [];
  for (const key of Object.keys(attrs).sort()) {
    const value = attrs[key];
    if (key === "b" || value === null || value === undefined) continue;
    marks.push(markOf(key, value));
  }
  // Stable, so the keys' order holds among marks of one type.
  const rank = Object.keys(schema.marks);
  return marks.sort((a, b) => rank.indexOf(a.type.name) - rank.indexOf(b.type.name));
}

export function markOf(key: string, value: unknown): Mark {
  if (key === "strong") return schema.marks.strong.create();
  if (key === "em") return schema.marks.em.create();
  if (key === "link") return schema.marks.link.create({ href: String(value) });
  if (key.startsWith(CITE)) return schema.marks.cite.create({ segment: key.slice(CITE.length) });
  if (key.startsWith(COMMENT)) return schema.marks.comment.create({ id: key.slice(COMMENT.length) });
  return schema.marks.other.create({ key, value: JSON.stringify(value) });
}

/** keyOf is the attribute that a mark stands for. */
export function keyOf(mark: Mark): string {
  switch (mark.type.name) {
    case "cite":
      return CITE + mark.attrs.segment;
    case "comment":
      return COMMENT + mark.attrs.id;
    case "other":
      return mark.attrs.key;
    default:
      return mark.type.name;
  }
}

/** attrsOf writes marks as a run's attributes. */
export function attrsOf(marks: readonly Mark[]): Attrs {
  const attrs: Attrs = {};
  for (const mark of marks) {
    const key = keyOf(mark);
    if (mark.type.name === "link") attrs[key] = mark.attrs.href;
    else if (mark.type.name === "other") attrs[key] = JSON.parse(mark.attrs.value);
    else attrs[key] = true;
  }
  return attrs;
}

/** blockOf reads a newline's attributes; marks on a newline mean nothing. */
export function blockOf(attrs: Attrs | undefined): { b: string; more: Attrs | null } {
  let b = "paragraph|";
  let more: Attrs | null = null;
  for (const key of Object.keys(attrs ?? {}).sort()) {
    const value = attrs![key];
    if (value === null || value === undefined) continue;
    if (key === "b") b = typeof value === "string" && value.includes("|") ? value : "paragraph|";
    else if (!isOurs(key)) (more ??= {})[key] = value;
  }
  return { b, more };
}

/** newlineOf writes a block's attributes as its newline's. */
export function newlineOf(block: Node): Attrs {
  return { ...(block.attrs.more as Attrs | null), b: block.attrs.b };
}

export function kindOf(block: Node): string {
  const b = block.attrs.b as string;
  return b.slice(0, b.indexOf("|"));
}

export function idOf(block: Node): string {
  const b = block.attrs.b as string;
  return b.slice(b.indexOf("|") + 1);
}

/** freshId makes an identifier for a block: 60 random bits are plenty for the
 * blocks of one document. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (n) => "abcdefghijklmnopqrstuvwxyz234567"[n & 31]).join("");
}

export function equalAttrs(a: Attrs, b: Attrs): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && equalValue(a[k], b[k]));
}

export function equalValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}
