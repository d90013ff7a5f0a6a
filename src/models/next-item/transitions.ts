/**
 * Transitions: how often a post came soon after another one.
 *
 *     T[i → j] = Σ 1 / gap / √(n_j + damping)
 *
 * over all pairs in which j follows i in somebody's history at most `window` places later; n_j is
 * how often j was touched at all. A transition table after Rendle, Freudenthaler & Schmidt-Thieme,
 * "Factorizing Personalized Markov Chains" (WWW 2010), section 4.1, widened and damped.
 */
import { transpose, type Csr, type TopTable } from "../../linalg/sparse.ts";
import { bestRows } from "../top-tables.ts";

/** One way to look back on a history: the newest `window` posts, each counting `decay` of the next newer one. */
export type LookBack = {
  readonly decay: number;
  readonly window: number;
  /** Weight of the block as a whole. */
  readonly scale: number;
};

/** Parameters of the table. */
type SequenceParams = {
  /** Successors kept per post. */
  readonly m: number;
  /** Places between two posts of a history that still count as following. */
  readonly window: number;
  /** Added to a post's count before its root divides: keeps rare posts from winning by chance. */
  readonly damping: number;
};

/** A look-up reads the newest five posts, each counting 0.6 of the next newer one. */
export const TRANSITIONS: readonly LookBack[] = [{ decay: 0.6, window: 5, scale: 1 }];

/** Defaults. */
export const SEQUENCE: SequenceParams = { m: 100, window: 5, damping: 20 };

/**
 * The `m` likeliest successors of every post.
 *
 * @param matrix  C, users × posts; a row's entries from oldest to newest.
 */
export function successors(matrix: Csr, params: SequenceParams): TopTable {
  const posts = matrix.columnCount;
  const count = new Float64Array(posts);
  for (let n = 0; n < matrix.columns.length; n++) count[matrix.columns[n]!]!++;
  const places = transpose(placesOf(matrix));
  const rowOfPlace = rowsOf(matrix);
  const { table, found, scores, keep } = bestRows(posts, params.m);
  const follows = new Float64Array(posts);
  for (let post = 0; post < posts; post++) {
    let size = 0;
    for (let p = places.rowStart[post]!; p < places.rowStart[post + 1]!; p++) {
      const n = places.columns[p]!;
      const end = Math.min(matrix.rowStart[rowOfPlace[n]! + 1]!, n + 1 + params.window);
      for (let next = n + 1; next < end; next++) {
        const other = matrix.columns[next]!;
        if (follows[other] === 0) found[size++] = other;
        follows[other]! += 1 / (next - n);
      }
    }
    for (let i = 0; i < size; i++) {
      const other = found[i]!;
      scores[i] = follows[other]! / Math.sqrt(count[other]! + params.damping);
      follows[other] = 0;
    }
    keep(post, size);
  }
  return table;
}

/** One row an entry of `matrix`, holding only that entry's column: transposed, it finds a post's places. */
function placesOf(matrix: Csr): Csr {
  return { ...matrix, rowStart: new Uint32Array(matrix.columns.length + 1).map((_, n) => n) };
}

/** The row of each entry. */
function rowsOf(matrix: Csr): Uint32Array {
  const rows = new Uint32Array(matrix.columns.length);
  for (let row = 0; row < matrix.rowStart.length - 1; row++)
    rows.fill(row, matrix.rowStart[row]!, matrix.rowStart[row + 1]!);
  return rows;
}
