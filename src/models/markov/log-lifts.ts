/**
 * Log lifts: how much likelier a post is soon after another one than at any time.
 *
 *     L[i → j] = ln(1 + C_ij / (κ p_j)) = ln((C_ij + κ p_j) / (κ p_j)),   C_ij = Σ decay^(gap − 1)
 *
 * over all pairs of a history in which j follows i at most `window` posts later; p_j is j's share of all such
 * pairs as the later post, after `damping` is added to each post's count. Up to a constant for each i, L is
 * the logarithm of P(j | i) / p_j with κ pseudo-counts of p. The sum of log lifts over a history is a product of experts,
 * naive Bayes over its last posts: a post that fits each of them outranks one that fits one well, which
 * the sums of probabilities of a linear model do not tell apart.
 *
 * @see Hinton, "Products of Experts" (ICANN 1999); Rendle, Freudenthaler & Schmidt-Thieme, "Factorizing
 *   Personalized Markov Chains" (WWW 2010), section 4.1, for the Markov chain of sets.
 */
import { entriesByColumn, entryRows, type Csr, type TopTable } from "../../linalg/sparse.ts";
import { topK } from "../../linalg/top-k.ts";
import type { DecayedWindow } from "../../linalg/decayed-window.ts";
import { emptyTable, fillRow } from "../top-tables.ts";

/** One table of log lifts: which pairs count, and how the query weighs its posts. */
type LiftBlock = {
  /** Weights of pairs by their distance, when counting; the decay is below 1. */
  readonly pairs: Pick<DecayedWindow, "decay" | "window">;
  /** κ: pseudo-counts that each row has, distributed as p. */
  readonly pseudoCounts: number;
  /** Weights of a person's posts by their age. */
  readonly query: DecayedWindow;
};

/** Parameters of the tables. */
type LogLiftParams = {
  readonly blocks: readonly LiftBlock[];
  /** Added to a post's count in p: damps rare posts, whose lifts are chance. */
  readonly damping: number;
  /** Posts kept per post and block. */
  readonly m: number;
};

/** Defaults, by nDCG@10 of the blend on ML-1M's last three events but one. */
export const LOG_LIFTS: LogLiftParams = {
  blocks: [
    {
      pairs: { decay: 0.5, window: 4 },
      pseudoCounts: 50,
      query: { decay: 0.6, window: 5, scale: 1 },
    },
    {
      pairs: { decay: 0.9, window: 30 },
      pseudoCounts: 200,
      query: { decay: 0.8, window: 15, scale: 0.6 },
    },
  ],
  damping: 20,
  m: 300,
};

/**
 * The log lifts after every post.
 *
 * @param likes  Users × posts; a row's entries from oldest to newest, values unused.
 * @returns Row `block × posts + post` holds the log lifts of the `m` posts with the largest C L.
 */
export function logLifts(likes: Csr, params: LogLiftParams): TopTable {
  const posts = likes.columnCount;
  const out = emptyTable(params.blocks.length * posts, Math.max(1, Math.min(params.m, posts)));
  const places = { byPost: entriesByColumn(likes), users: entryRows(likes) };
  for (const [block, { pairs, pseudoCounts }] of params.blocks.entries()) {
    const expected = sharesOf(likes, pairs, params.damping);
    for (let post = 0; post < posts; post++) expected[post]! *= pseudoCounts;
    addBlock(likes, places, pairs, expected, { out, at: block * posts });
  }
  return out;
}

/** The entries of each post, and the user of each entry. */
type Places = { readonly byPost: Csr; readonly users: Uint32Array };

/** Counts the successors of each post, and puts the best of post n into row `at + n`. */
function addBlock(
  { columnCount: posts, rowStart, columns }: Csr,
  { byPost, users }: Places,
  { decay, window }: LiftBlock["pairs"],
  expected: Float64Array,
  { out, at }: { readonly out: TopTable; readonly at: number },
): void {
  const found = new Uint32Array(posts);
  const follows = new Float64Array(posts);
  const [lifts, worth] = [new Float32Array(posts), new Float32Array(posts)];
  for (let post = 0; post < posts; post++) {
    let size = 0;
    for (let p = byPost.rowStart[post]!; p < byPost.rowStart[post + 1]!; p++) {
      const place = byPost.columns[p]!;
      const end = Math.min(rowStart[users[place]! + 1]!, place + 1 + window);
      for (let next = place + 1, it = 1; next < end; next++, it *= decay) {
        const other = columns[next]!;
        if (follows[other] === 0) found[size++] = other;
        follows[other]! += it;
      }
    }
    for (let i = 0; i < size; i++) {
      const other = found[i]!;
      lifts[i] = Math.log1p(follows[other]! / expected[other]!);
      worth[i] = follows[other]! * lifts[i]!;
      follows[other] = 0;
    }
    fillRow(out, at + post, topK(worth.subarray(0, size), out.m), found, lifts);
  }
}

/** p: each post's damped share of all pairs, as the later post. */
function sharesOf(
  { columnCount, rowStart, columns }: Csr,
  { decay, window }: LiftBlock["pairs"],
  damping: number,
): Float64Array {
  const shares = new Float64Array(columnCount).fill(damping);
  let total = damping * columnCount;
  for (let user = 0; user < rowStart.length - 1; user++)
    for (let n = rowStart[user]!; n < rowStart[user + 1]!; n++) {
      const before = Math.min(window, n - rowStart[user]!);
      const count = (1 - decay ** before) / (1 - decay);
      shares[columns[n]!]! += count;
      total += count;
    }
  for (let post = 0; post < columnCount; post++) shares[post]! /= total;
  return shares;
}
