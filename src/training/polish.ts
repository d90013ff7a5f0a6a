/** Polishes blend weights: raises or lowers terms as a whole where nDCG@20 of some held-out cases rises. */
import { nDcg } from "../evaluation/metrics.ts";
import { ranking } from "../evaluation/ranking.ts";
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

const K = 20;
/** Factors that a term's weights are multiplied by at all history lengths. */
const FACTORS = [0, 0.5, 2, 4];
/** Factor by which nDCG must rise: less is noise. */
const GAIN = 1.01;

/**
 * Coordinate ascent on nDCG@20, a term at a time. The likelihood counts every relevant post, nDCG@20 those
 * on the first screen only.
 */
export function polished(cases: readonly ScoredCase[], start: Weights): Weights {
  let weights = start;
  const totals = cases.map(({ length, columns }) => blend(columns, rowAt(weights, length)));
  const qualityWith = (term: number, more: number) => {
    let sum = 0;
    for (const [n, { length, columns, relevant }] of cases.entries())
      sum += nDcgOf(
        plus(totals[n]!, columns[term]!, more * rowAt(weights, length)[term]!),
        relevant,
      );
    return sum;
  };
  let quality = qualityWith(0, 0);
  for (const term of [...TERMS.keys(), ...TERMS.keys()]) {
    const tried = FACTORS.map((factor) => qualityWith(term, factor - 1));
    const best = tried.indexOf(Math.max(...tried));
    if (!(tried[best]! > GAIN * quality)) continue;
    const factor = FACTORS[best]!;
    for (const [n, { length, columns }] of cases.entries())
      totals[n] = plus(totals[n]!, columns[term]!, (factor - 1) * rowAt(weights, length)[term]!);
    weights = weights.map((row) => row.map((it, t) => (t === term ? factor * it : it)));
    quality = tried[best]!;
  }
  return weights;
}

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

/** nDCG@20 of the ranking by `scores`. */
export function nDcgOf(scores: Float32Array, relevant: ReadonlySet<number>): number {
  const { rows, scores: best } = ranking(scores, K);
  return nDcg(rows, relevant, K, best);
}

function plus(total: Float32Array, column: Float32Array, weight: number): Float32Array {
  if (weight === 0) return total;
  const out = total.slice();
  for (let n = 0; n < out.length; n++) out[n]! += weight * column[n]!;
  return out;
}
