/**
 * Fit the blend: weights by history length that rank held-out cases best.
 *
 * Coordinate ascent on nDCG@20 itself, which has no gradient: one weight of one knot at a time
 * (Metzler & Croft, "Linear feature-based models for information retrieval", 2007, section 4.2).
 */
import { nDcg } from "../evaluate/metrics.ts";
import { topK } from "../math/top-k.ts";
import { knotShares, SHIPPED_BLEND, weightRows } from "../rank/blend.ts";
import { KNOTS, TERMS, type Blend, type Term } from "../snapshot/model.ts";

/** One held-out case, scored term by term. */
export type ScoredCase = {
  /** Posts in the history that scoring was allowed to see. */
  readonly length: number;
  /** One standardised column a term, in the order of {@link TERMS}; all equally long. */
  readonly columns: readonly Float32Array[];
  /** Places of the relevant posts in the columns; one past their end stands for one not found. */
  readonly relevant: ReadonlySet<number>;
};

/** Cases under which the shipped weights are used as they are. */
export const CASES_ENOUGH = 50;
/** Cases near a knot that weigh as much as the shipped weights there. */
const PRIOR_CASES = 30;
/** What is reported is the quality of a screen or two; what is fitted looks deeper, for less noise. */
const K = 20;
const FIT_K = 100;
const ROUNDS = 3;
/** What is tried in a weight's place: itself times one of these, or one of the others. */
const FACTORS = [0, 0.5, 0.75, 1.33, 2];
const VALUES = [0.1, 0.4, 1];

/** Weights `[knots][terms]`. */
type Weights = readonly (readonly number[])[];

/**
 * @returns the better of the fitted weights and the shipped ones, or the best single term's if
 *   neither beats it; the shipped ones without enough cases.
 */
export function fitBlend(cases: readonly ScoredCase[], onRound?: (round: number) => void): Blend {
  if (cases.length < CASES_ENOUGH) return { ...SHIPPED_BLEND, cases: cases.length };
  const shipped = weightRows(SHIPPED_BLEND);
  const fitted = ascend(cases, shipped, onRound);
  const shrunk = fitted.map((row, knot) => {
    const near = cases.reduce((sum, it) => sum + knotShares(it.length)[knot]!, 0);
    const share = near / (near + PRIOR_CASES);
    return row.map((it, term) => share * it + (1 - share) * shipped[knot]![term]!);
  });
  const singles = TERMS.map((_, term) => KNOTS.map(() => TERMS.map((__, t) => Number(t === term))));
  const quality = [shrunk, shipped, ...singles].map((it) => meanNDcg(cases, it, K));
  const best = quality.indexOf(Math.max(...quality));
  const nDcgOf = Object.fromEntries(TERMS.map((term, n) => [term, quality[n + 2]!]));
  return {
    weights: named([shrunk, shipped, ...singles][best]!),
    fitted: best !== 1,
    cases: cases.length,
    nDcg: { blend: quality[best]!, ...nDcgOf },
  };
}

function ascend(
  cases: readonly ScoredCase[],
  start: Weights,
  onRound?: (round: number) => void,
): number[][] {
  const weights = start.map((row) => [...row]);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const knot of KNOTS.keys()) {
      const near = cases.filter((it) => knotShares(it.length)[knot]! > 0);
      if (near.length === 0) continue;
      let best = meanNDcg(near, weights, FIT_K);
      for (const term of TERMS.keys()) {
        const before = weights[knot]![term]!;
        let kept = before;
        for (const value of new Set([...FACTORS.map((it) => it * before), ...VALUES])) {
          weights[knot]![term] = value;
          const quality = meanNDcg(near, weights, FIT_K);
          if (quality > best + 1e-6) [best, kept] = [quality, value];
        }
        weights[knot]![term] = kept;
      }
    }
    onRound?.(round);
  }
  return weights;
}

/** Mean nDCG@k over the cases. */
function meanNDcg(cases: readonly ScoredCase[], weights: Weights, k: number): number {
  let sum = 0;
  for (const it of cases) sum += nDcg(topK(scoresOf(it, weights), k), it.relevant, k);
  return sum / cases.length;
}

function scoresOf({ length, columns }: ScoredCase, weights: Weights): Float32Array {
  const shares = knotShares(length);
  const total = new Float32Array(columns[0]!.length);
  for (const [term, column] of columns.entries()) {
    const weight = shares.reduce((sum, share, knot) => sum + share * weights[knot]![term]!, 0);
    if (weight !== 0) for (let n = 0; n < total.length; n++) total[n]! += weight * column[n]!;
  }
  return total;
}

function named(weights: Weights): Record<Term, number[]> {
  const rows = TERMS.map((term, n) => [term, weights.map((row) => round(row[n]!))] as const);
  return Object.fromEntries(rows) as Record<Term, number[]>;
}

/** Four digits: more would be noise, and weights are read by people. */
function round(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}
