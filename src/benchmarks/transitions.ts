/**
 * Transitions: counts of posts that came soon after another one.
 *
 *     T[i → j] = Σ 1 / gap / √(n_j + damping)
 *
 * over all pairs of a history in which j follows i at most `window` posts later; n_j is the number of
 * histories with j. A transition table after Rendle, Freudenthaler & Schmidt-Thieme,
 * "Factorizing Personalized Markov Chains" (WWW 2010), section 4.1, widened and damped.
 */
import { entriesByColumn, entryRows, type Csr, type TopTable } from "../linalg/sparse.ts";
import { bestRows } from "../models/top-tables.ts";
import type { DecayedWindow } from "../linalg/decayed-window.ts";

/** Parameters of the table. */
type TransitionParams = {
  /** Successors kept per post. */
  readonly m: number;
  /** Largest distance of two posts in a history that counts as following. */
  readonly window: number;
  /** Added to a post's count before its root divides: damps rare posts, whose scores are chance. */
  readonly damping: number;
};

/** Weights of a query to the table: the newest five posts. */
export const TRANSITIONS: readonly DecayedWindow[] = [{ decay: 0.6, window: 5, scale: 1 }];

/** Default parameters of the table. */
export const TABLE: TransitionParams = { m: 100, window: 5, damping: 20 };

/**
 * The `m` likeliest successors of every post.
 *
 * @param matrix  C, users × posts; a row's entries from oldest to newest.
 */
export function successors(matrix: Csr, params: TransitionParams): TopTable {
  const posts = matrix.columnCount;
  const count = new Float64Array(posts);
  for (let n = 0; n < matrix.columns.length; n++) count[matrix.columns[n]!]!++;
  const entriesOf = entriesByColumn(matrix);
  const userOfEntry = entryRows(matrix);
  const { table, found, scores, keep } = bestRows(posts, params.m);
  const follows = new Float64Array(posts);
  for (let post = 0; post < posts; post++) {
    let size = 0;
    for (let p = entriesOf.rowStart[post]!; p < entriesOf.rowStart[post + 1]!; p++) {
      const n = entriesOf.columns[p]!;
      const end = Math.min(matrix.rowStart[userOfEntry[n]! + 1]!, n + 1 + params.window);
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
