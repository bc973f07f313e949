// What this device keeps of texts under way: the words, under a key that names
// the form and its author, and the form itself, so that both are there without
// the network. Wiped when one signs out.
export type Fields = Record<string, string[]>;

export interface Kept {
  fields: Fields;
  /** Set once the person has sent it: the form is to be posted as it is. */
  send?: boolean;
  /** Set when it left for the server: a receipt then takes it away. */
  left?: boolean;
  /** Set once the server has answered that it has these very words. */
  held?: boolean;
  /** The words that the server has, or may have, from this device. Where it
   * gives others back, they were written elsewhere. */
  base?: string[];
}

/** A form as the server gave it, for its author alone. */
export interface Form {
  key: string;
  person: string;
  path: string;
  title: string;
  html: string;
  at: number;
}

const DRAFT = "congres:brouillon:";
const FORM = "congres:formulaire:";
const UNSENT = "congres:motion:";
const PERSON = "congres:personne";
const COMMENT = "congres-commentaire-";
/** Forms kept at a time: each may hold a whole contribution. */
const FORMS = 6;

export const read = (key: string) => get<Kept>(DRAFT + key);
export const write = (key: string, kept: Kept) => put(DRAFT + key, kept);

/** forget takes a text away, and the form that it was written in. */
export function forget(key: string): void {
  drop(DRAFT + key);
  for (const form of forms()) if (form.key === key) drop(FORM + form.person + form.path);
}

/** remember keeps a form, and lets the oldest go. */
export function remember(form: Form): void {
  put(FORM + form.person + form.path, form);
  for (const old of forms().sort((a, b) => b.at - a.at).slice(FORMS)) drop(FORM + old.person + old.path);
}

export function forms(): Form[] {
  return names(FORM).flatMap((name) => get<Form>(name) ?? []);
}

/** The text of a motion as it was on this device, with words that the server does
 * not have: of one person, for that person. */
export interface Unsent {
  motion: string;
  person: string;
  title: string;
  text: string;
  /** What the server and the device's own store may lack, as base64 of an update
   * of the shared text. */
  update?: string;
}

export const unsent = (motion: string, person: string) => textOf(UNSENT + motion + ":" + person);
/** keepUnsent keeps the words alone where the device has no room for the update. */
export function keepUnsent({ motion, person, title, text, update }: Unsent): void {
  const name = UNSENT + motion + ":" + person;
  if (!put(name, { title, text, update })) put(name, { title, text });
}
export const dropUnsent = (motion: string, person: string) => drop(UNSENT + motion + ":" + person);
/** allUnsent gives what a person has left unsent here, motion by motion. */
export function allUnsent(person: string): Unsent[] {
  return names(UNSENT).flatMap((name) => {
    const [motion, who] = name.slice(UNSENT.length).split(":");
    const kept = who === person ? textOf(name) : null;
    return kept ? [{ motion, person, ...kept }] : [];
  });
}

/** What signing out would lose: its name, and the page that sends it. */
export interface Waiting {
  title: string;
  path: string;
}

/** waiting lists what a person has written here that the server is not known to
 * have: texts of motions, texts under way, comments begun in this tab. */
export function waiting(person: string): Waiting[] {
  const seen = new Map<string, Waiting>();
  for (const { motion, title } of allUnsent(person)) seen.set(motion, { title: title || "Motion en cours de rédaction", path: `/motion/${motion}/rediger` });
  for (const name of names(DRAFT)) {
    const key = name.slice(DRAFT.length).replace(/:.*/, "");
    const kept = get<Kept>(name);
    if (!key.endsWith(`-${person}`) || !kept || kept.held || !kept.fields.texte?.[0]?.trim()) continue;
    const id = key.slice(0, -person.length - 1);
    const path = id === "nouvelle" ? "/contributions/nouvelle" : `/contributions/${id}/modifier`;
    seen.set(key, { title: id === "nouvelle" ? "Une contribution" : "Une contribution modifiée", path });
  }
  for (const name of names(COMMENT, () => sessionStorage)) {
    const [motion, who] = name.slice(COMMENT.length).split("-");
    if (who === person) seen.set(COMMENT + motion, { title: "Un commentaire sur la motion", path: `/motion/${motion}/rediger` });
  }
  return [...seen.values()];
}

/** commentOf names what a tab keeps of a person's comment on a motion; what it keeps of
 * an answer adds the thread behind a hyphen. */
export const commentOf = (motion: string, person: string) => `${COMMENT}${motion}-${person}`;

/** textOf reads a text that was kept; an earlier release kept it without a title. */
function textOf(name: string): Pick<Unsent, "title" | "text" | "update"> | null {
  const kept = get<string | Pick<Unsent, "title" | "text" | "update">>(name);
  return typeof kept === "string" ? { title: "", text: kept } : kept;
}

/** deviceOf names the store of a motion's text on this device: one a motion and
 * person, so that a shared computer never shows one's words to another. */
export const deviceOf = (motion: string, person: string) => `congres-motion-${motion}-${person}`;

/** Who was last seen signed in here: the one whose texts may be shown when the
 * server cannot be asked. */
export const person = () => get<string>(PERSON);
export const meet = (id: string | undefined) => (id ? void put(PERSON, id) : drop(PERSON));

/** wipe leaves nothing of anybody. The server asks for it too, by
 * Clear-Site-Data, which not every browser heeds. */
export async function wipe(): Promise<void> {
  for (const name of names("congres:")) drop(name);
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("congres-")) sessionStorage.removeItem(name);
    for (const { name } of await indexedDB.databases()) if (name?.startsWith("congres-")) indexedDB.deleteDatabase(name);
  } catch {
    // nothing was kept there
  }
}

function names(prefix: string, store = () => localStorage): string[] {
  try {
    return Object.keys(store()).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function get<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function put(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function drop(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}
