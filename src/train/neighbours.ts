/**
 * Which posts are liked by the same people: item-based collaborative filtering.
 *
 * Cosine of the columns of C, shrunk where few people support it.
 *
 * @see Deshpande & Karypis, "Item-Based Top-N Recommendation Algorithms" (TOIS 2004), section 4.
 */
import { transpose, type Csr, type TopTable } from "../math/sparse.ts";
import { topK } from "../math/top-k.ts";

/** What neighbours are tuned by. */
export type NeighbourParams = {
  /** Neighbours kept per post. */
  readonly m: number;
  /** Shared confidence at which a cosine counts half. */
  readonly shrink: number;
  /** A person's newest posts that take part: bounds the cost of the busiest people. */
  readonly perUser: number;
};

/** Defaults. */
export const NEIGHBOURS: NeighbourParams = { m: 100, shrink: 5, perUser: 500 };

/**
 * The `m` nearest neighbours of every post. O(Σ_u n_u²) in time.
 *
 * @param matrix  C, users × posts, entries > 0; a row's entries from oldest to newest.
 */
export function neighbours(matrix: Csr, params: NeighbourParams): TopTable {
  const capped = newest(matrix, params.perUser);
  const byPost = transpose(capped);
  const posts = capped.columnCount;
  const norms = new Float64Array(posts);
  for (const [n, post] of capped.columns.entries()) norms[post]! += capped.values[n]! ** 2;
  const out: TopTable = {
    m: params.m,
    rows: new Uint32Array(posts * params.m),
    scores: new Float32Array(posts * params.m),
  };
  const shared = new Float32Array(posts);
  for (let post = 0; post < posts; post++) {
    const touched = coOccurrence(post, byPost, capped, shared);
    const similarity = Float32Array.from(touched, (other) => {
      if (other === post) return -Infinity;
      const cosine = shared[other]! / Math.sqrt(norms[post]! * norms[other]!);
      return (cosine * shared[other]!) / (shared[other]! + params.shrink);
    });
    for (const [i, place] of topK(similarity, params.m).entries()) {
      out.rows[post * params.m + i] = touched[place]!;
      out.scores[post * params.m + i] = similarity[place]!;
    }
    for (const other of touched) shared[other] = 0;
  }
  return out;
}

/** Adds `Σ_u c_u,post c_u,other` to `shared`, which must be zero; returns the places it touched. */
function coOccurrence(post: number, byPost: Csr, byUser: Csr, shared: Float32Array): number[] {
  const touched: number[] = [];
  for (let n = byPost.rowStart[post]!; n < byPost.rowStart[post + 1]!; n++) {
    const user = byPost.columns[n]!;
    const c = byPost.values[n]!;
    for (let q = byUser.rowStart[user]!; q < byUser.rowStart[user + 1]!; q++) {
      const other = byUser.columns[q]!;
      if (shared[other] === 0) touched.push(other);
      shared[other]! += c * byUser.values[q]!;
    }
  }
  return touched;
}

/** The last `count` entries of every row. */
function newest(matrix: Csr, count: number): Csr {
  const rows = matrix.rowStart.length - 1;
  const rowStart = new Uint32Array(rows + 1);
  const places: number[] = [];
  for (let row = 0; row < rows; row++) {
    const to = matrix.rowStart[row + 1]!;
    for (let n = Math.max(matrix.rowStart[row]!, to - count); n < to; n++) places.push(n);
    rowStart[row + 1] = places.length;
  }
  return {
    columnCount: matrix.columnCount,
    rowStart,
    columns: Uint32Array.from(places, (n) => matrix.columns[n]!),
    values: Float32Array.from(places, (n) => matrix.values[n]!),
  };
}
