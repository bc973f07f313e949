// Elements without markup in strings: what people wrote only ever becomes text.
type Child = globalThis.Node | string | null | undefined | false;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attrs: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") el.addEventListener(name, value);
    else if (value === true) el.setAttribute(name, "");
    else if (value !== false) el.setAttribute(name, value);
  }
  for (const child of children) if (child) el.append(child);
  return el;
}

/** fold makes a text comparable whatever its accents and case. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Made once: toLocaleString makes one at each call. */
const NUMBERS = new Intl.NumberFormat("fr-FR");

/** count writes a number with its noun: « 1 thème », « 3 thèmes ». */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${NUMBERS.format(n)}\u00a0${n < 2 ? one : many}`;
}

/** What a name begins with where « de » is elided: a vowel, or the mute h of a French
 * first name; but not « Yannick », whose y is a consonant. */
const ELIDED = /^(?:[aeiouœæ]|y(?![aeiou])|h(?:el|enri|erve|erm|ect|il|ipp|onor|ort|ub|ug|yac))/;

/** of puts « de » before who signs: « d’Inès », « de Nolwenn », « d’une maire ». */
export function of(who: string): string {
  return (ELIDED.test(fold(who)) ? "d’" : "de ") + who.replace(/^Une?(?= )/, (article) => article.toLowerCase());
}
