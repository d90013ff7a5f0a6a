/**
 * Item neighbours: posts liked by the same people, by item-based collaborative filtering.
 *
 * Cosine of the columns of C, shrunk where few people support it.
 *
 * @see Deshpande & Karypis, "Item-Based Top-N Recommendation Algorithms" (TOIS 2004), section 4.
 */
import { onlyEntries, transpose, type Csr, type TopTable } from "../../linalg/sparse.ts";
import { bestRows } from "../top-tables.ts";

/** Parameters of item neighbours. */
type NeighbourParams = {
  /** Neighbours kept per post. */
  readonly m: number;
  /** Shared confidence at which a cosine counts half. */
  readonly shrink: number;
  /** Most posts per person, their newest: bounds the cost of heavy users. */
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
  const { m, shrink } = params;
  const capped = newest(matrix, params.perUser);
  const byPost = transpose(capped);
  const posts = capped.columnCount;
  const norms = normsOf(capped);
  const { table, found, scores, keep } = bestRows(posts, m);
  const shared = new Float32Array(posts);
  for (let post = 0; post < posts; post++) {
    const size = coOccurrence(post, byPost, capped, shared, found);
    for (let n = 0; n < size; n++) {
      const other = found[n]!;
      const cosine = shared[other]! / Math.sqrt(norms[post]! * norms[other]!);
      scores[n] =
        other === post ? -Infinity : (cosine * shared[other]!) / (shared[other]! + shrink);
      shared[other] = 0;
    }
    keep(post, size);
  }
  return table;
}

function normsOf({ columnCount, columns, values }: Csr): Float64Array {
  const norms = new Float64Array(columnCount);
  for (let n = 0; n < columns.length; n++) norms[columns[n]!]! += values[n]! ** 2;
  return norms;
}

/**
 * Adds `Σ_u c_u,post c_u,other` to `shared`, which must be zero. Lists the posts with an entry in
 * `touched`, and returns their number.
 */
function coOccurrence(
  post: number,
  byPost: Csr,
  byUser: Csr,
  shared: Float32Array,
  touched: Uint32Array,
): number {
  const { rowStart, columns, values } = byUser;
  let size = 0;
  for (let n = byPost.rowStart[post]!; n < byPost.rowStart[post + 1]!; n++) {
    const c = byPost.values[n]!;
    const end = rowStart[byPost.columns[n]! + 1]!;
    for (let q = rowStart[byPost.columns[n]!]!; q < end; q++) {
      const other = columns[q]!;
      if (shared[other] === 0) touched[size++] = other;
      shared[other]! += c * values[q]!;
    }
  }
  return size;
}

/** The last `count` entries of every row. */
function newest(matrix: Csr, count: number): Csr {
  const isKept = new Uint8Array(matrix.columns.length);
  for (let row = 0; row < matrix.rowStart.length - 1; row++) {
    const [from, to] = [matrix.rowStart[row]!, matrix.rowStart[row + 1]!];
    isKept.fill(1, Math.max(from, to - count), to);
  }
  return onlyEntries(matrix, (n) => isKept[n] === 1);
}
