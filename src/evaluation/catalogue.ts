/** The posts of an evaluation: which may be recommended, and how popular each was before the cut. */

/** Groups of posts by popularity before the cut, see {@link popularityGroups}. */
export const POPULARITY_GROUPS = ["head", "mid", "tail", "cold"] as const;
export type PostPopularity = (typeof POPULARITY_GROUPS)[number];

/** Catalogue columns that the report reads, one entry a row. */
export type Catalogue = {
  /** Rows that may be recommended. */
  readonly rows: Uint32Array;
  /** Number of people who liked each post before the cut. */
  readonly likes: ArrayLike<number>;
  /** Number of people who liked at least one post. */
  readonly people: number;
  /** Cosine of two rows' text vectors; absent without vectors. */
  readonly similarity?: (a: number, b: number) => number;
};

/**
 * The group of each row. Head: the most liked posts, which together have a third of all likes; mid:
 * the next ones, with the second third; tail: the others with a like; cold: posts without one.
 */
export function popularityGroups({ likes }: Pick<Catalogue, "likes">): PostPopularity[] {
  const rows = Array.from(likes).keys().toArray();
  const total = rows.reduce((sum, row) => sum + likes[row]!, 0);
  const out: PostPopularity[] = rows.map(() => "cold");
  let above = 0;
  for (const row of rows.sort((a, b) => likes[b]! - likes[a]! || a - b)) {
    if (likes[row] === 0) break;
    out[row] = above < total / 3 ? "head" : above < (2 * total) / 3 ? "mid" : "tail";
    above += likes[row]!;
  }
  return out;
}
