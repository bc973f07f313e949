// Searching everything that was contributed: the server knows more than the first
// verbatims of each theme, which are all that the page has.
import type { Verbatim } from "./themes";

/** What a search gave: the phrases, with the theme of each, "" none, and how many
 * there are in all. */
export interface Found {
  verbatims: (Verbatim & { theme: string })[];
  total: number;
}

export async function fetchFound(url: string, words: string, filters: URLSearchParams): Promise<Found> {
  const query = new URLSearchParams(filters);
  query.set("q", words);
  const response = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  const answer = (await response.json()) as Partial<Found>;
  const verbatims = answer.verbatims ?? [];
  return { verbatims, total: answer.total ?? verbatims.length };
}
