/** Held-out cases scored term by term, and the lists that weights make of them. */
import { nDcg } from "../evaluation/metrics.ts";
import { ranking } from "../evaluation/ranking.ts";
import { DEPTH } from "../evaluation/systems.ts";
import { valuesAt } from "../linalg/vector.ts";
import { TERMS } from "../models/models.ts";
import { knotShares } from "../ranking/blend.ts";

/** One held-out case, scored term by term. */
export type ScoredCase = {
  /** Posts in the history that scoring was allowed to see. */
  readonly length: number;
  /** One standardised column a term, in the order of {@link TERMS}; all equally long. */
  readonly columns: readonly Float32Array[];
  /** Entries of the relevant posts in the columns; an entry past the end stands for a post not found. */
  readonly relevant: ReadonlySet<number>;
};

/** Weights `[knots][terms]`. */
export type Weights = readonly (readonly number[])[];

/** A term's weights at a history length, in the order of {@link TERMS}. */
export function rowAt(weights: Weights, length: number): number[] {
  const shares = knotShares(length);
  return TERMS.map((_, term) =>
    shares.reduce((total, share, knot) => total + share * weights[knot]![term]!, 0),
  );
}

/** The weighted sum of columns. */
export function blend(columns: ScoredCase["columns"], weights: readonly number[]): Float32Array {
  const total = new Float32Array(columns[0]!.length);
  for (const [term, column] of columns.entries()) {
    const weight = weights[term]!;
    if (weight !== 0) for (let n = 0; n < total.length; n++) total[n]! += weight * column[n]!;
  }
  return total;
}

/** The case with its `count` best candidates by `weights` alone, and all that tie with the last of them. */
export function headOf(it: ScoredCase, weights: Weights, count: number): ScoredCase {
  const { rows } = ranking(blend(it.columns, rowAt(weights, it.length)), count);
  const columns = it.columns.map((column) => valuesAt(column, rows));
  const relevant = new Set([...rows.keys()].filter((place) => it.relevant.has(rows[place]!)));
  return { length: it.length, columns, relevant };
}

/** nDCG@20 of the ranking by `scores`. */
export function nDcgOf(scores: Float32Array, relevant: ReadonlySet<number>): number {
  const { rows, scores: best } = ranking(scores, DEPTH);
  return nDcg(rows, relevant, DEPTH, best);
}
