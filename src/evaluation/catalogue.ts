/** What the report knows of the posts: which could be recommended, and how popular each was. */

/** Posts by how many people liked them before the cut. */
export const POPULARITIES = ["head", "mid", "tail", "cold"] as const;
/**
 * Head: the most liked posts, which share a third of all likes; mid: the next ones, with the second
 * third; tail: all others that somebody liked; cold: those nobody did.
 */
export type PostPopularity = (typeof POPULARITIES)[number];

/** The posts as the report sees them; entry n of every column speaks of row n. */
export type Catalogue = {
  /** Rows that could be recommended. */
  readonly rows: Uint32Array;
  /** How many people liked each post before the cut. */
  readonly likes: ArrayLike<number>;
  /** How many people liked any. */
  readonly people: number;
  /** Of two rows' texts; absent if there are no vectors. */
  readonly similarity?: (a: number, b: number) => number;
};

/** Which group each row belongs to. */
export function popularityOf({ likes }: Pick<Catalogue, "likes">): PostPopularity[] {
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
