// What the congress said, as the server gives it beside the motion.

export interface Verbatim {
  segment: string;
  text: string;
  who: string;
  contribution: string;
}

export interface Theme {
  id: string;
  label: string;
  axis?: string;
  elus?: number;
  communes?: number;
  contributions?: number;
  segments: string[];
  verbatims: Verbatim[];
  /** Whom it speaks for, as numbers that mean nothing else. */
  reach?: { contributions: number[] | null; elus: number[] | null };
}

export interface Choice {
  value: string;
  label: string;
}

/** What the verbatims may be narrowed by, and the whole that a share is of. */
export interface Around {
  choices?: { axes?: Choice[]; departments?: Choice[]; sizes?: Choice[] };
  contributions?: number;
  elus?: number;
  /** Why nothing fits. */
  problem?: string;
}

export class Themes {
  readonly verbatims = new Map<string, Verbatim>();

  constructor(
    readonly list: Theme[],
    readonly around: Around = {},
  ) {
    for (const theme of list) for (const v of theme.verbatims) this.verbatims.set(v.segment, v);
  }

  /** reflected tells whether any segment of a theme is cited. */
  reflected(theme: Theme, cited: ReadonlyMap<string, number>): boolean {
    return theme.segments.some((s) => cited.has(s)) || theme.verbatims.some((v) => cited.has(v.segment));
  }

  /** unknown are the segments of which the themes do not hold the words. */
  unknown(segments: Iterable<string>): string[] {
    return [...segments].filter((s) => !this.verbatims.has(s));
  }

  /** learn takes what the server said of segments. */
  learn(list: readonly Verbatim[]): void {
    for (const v of list) this.verbatims.set(v.segment, v);
  }

  /** covered counts the contributions and élus of the reflected themes. */
  covered(cited: ReadonlyMap<string, number>): { contributions: number; elus: number } {
    const contributions = new Set<number>();
    const elus = new Set<number>();
    for (const theme of this.list) {
      if (!this.reflected(theme, cited)) continue;
      for (const n of theme.reach?.contributions ?? []) contributions.add(n);
      for (const n of theme.reach?.elus ?? []) elus.add(n);
    }
    return { contributions: contributions.size, elus: elus.size };
  }

  missing(cited: ReadonlyMap<string, number>): Theme[] {
    return this.list.filter((theme) => !this.reflected(theme, cited));
  }

  /** source gives what is known of a segment, and always where it comes from. */
  source(segment: string): Verbatim {
    return (
      this.verbatims.get(segment) ?? {
        segment,
        text: "",
        who: "",
        contribution: `/contributions/${encodeURIComponent(segment.split("@")[0])}`,
      }
    );
  }
}

/** readThemes takes what the server sent; a field that is missing is empty. */
export function readThemes(json: unknown): Themes {
  const answer = (json ?? {}) as Around & { themes?: Partial<Theme>[] };
  const list = answer.themes ?? [];
  return new Themes(
    list.map((t) => ({
      ...t,
      id: String(t.id),
      label: String(t.label ?? ""),
      segments: t.segments ?? [],
      verbatims: t.verbatims ?? [],
    })),
    answer,
  );
}

export async function fetchThemes(url: string): Promise<Themes> {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return readThemes(await response.json());
}

/** As many segments as the server tells of at once. */
export const MOST = 60;

/** fetchSources asks who stands behind segments, MOST of them. */
export async function fetchSources(url: string, segments: readonly string[]): Promise<Verbatim[]> {
  const query = new URLSearchParams(segments.slice(0, MOST).map((s) => ["s", s]));
  const response = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return ((await response.json()) as { sources?: Verbatim[] }).sources ?? [];
}
