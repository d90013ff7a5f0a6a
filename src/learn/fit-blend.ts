/** Fit the blend: weights by history length that rank held-out cases best. */
import { nDcg } from "../evaluate/metrics.ts";
import { topK } from "../math/top-k.ts";
import { knotShares, SHIPPED_BLEND, weightRows } from "../rank/blend.ts";
import { KNOTS, TERMS, type Blend, type Term } from "../snapshot/model.ts";
import { fitListwise } from "./listwise.ts";

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
/** Cases that the shipped weights are worth. */
const PRIOR_CASES = 50;
/**
 * What other weights must gain on the shipped ones for newcomers. All of these get one list, so that
 * they are one observation of it however many they are: less was luck.
 */
const NEWCOMERS_GAIN = 1.05;
const K = 20;

/** Weights `[knots][terms]`. */
type Weights = readonly (readonly number[])[];

/**
 * @param without  Terms that get no weight, to see what they add.
 * @returns what ranks the cases best by nDCG@20: the fitted weights, the shipped ones, or the best
 *   single term; the shipped ones without enough cases.
 */
export function fitBlend(cases: readonly ScoredCase[], without: readonly Term[] = []): Blend {
  if (cases.length < CASES_ENOUGH) return { ...SHIPPED_BLEND, cases: cases.length };
  const allowed = (weights: Weights): Weights =>
    weights.map((row) => row.map((it, term) => (without.includes(TERMS[term]!) ? 0 : it)));
  const shipped = allowed(weightRows(SHIPPED_BLEND));
  const likely = allowed(fitWeights(muted(cases, without), shipped));
  const fitted = [...polished(cases, likely)];
  const cold = cases.filter((it) => it.length === 0);
  if (!(meanNDcg(cold, fitted) > NEWCOMERS_GAIN * meanNDcg(cold, shipped))) fitted[0] = shipped[0]!;
  const singles = TERMS.map((_, term) =>
    allowed(KNOTS.map(() => TERMS.map((__, t) => Number(t === term)))),
  );
  const quality = [fitted, shipped, ...singles].map((it) => meanNDcg(cases, it));
  const best = quality.indexOf(Math.max(...quality));
  const nDcgOf = Object.fromEntries(TERMS.map((term, n) => [term, quality[n + 2]!]));
  return {
    weights: named([fitted, shipped, ...singles][best]!),
    fitted: best !== 1,
    cases: cases.length,
    nDcg: { blend: quality[best]!, ...nDcgOf },
  };
}

/** The same cases, silent in some terms. */
function muted(cases: readonly ScoredCase[], without: readonly Term[]): readonly ScoredCase[] {
  if (without.length === 0) return cases;
  return cases.map((it) => ({
    ...it,
    columns: it.columns.map((column, term) =>
      without.includes(TERMS[term]!) ? new Float32Array(column.length) : column,
    ),
  }));
}

function fitWeights(cases: readonly ScoredCase[], shipped: Weights): Weights {
  const choices = cases.map(({ length, columns, relevant }) => ({
    shares: knotShares(length),
    columns,
    chosen: [...relevant].filter((place) => place < columns[0]!.length),
  }));
  const flat = fitListwise(
    choices.filter(({ chosen }) => chosen.length > 0),
    Float64Array.from(shipped.flat()),
    PRIOR_CASES,
  );
  return KNOTS.map((_, knot) => [...flat.subarray(knot * TERMS.length, (knot + 1) * TERMS.length)]);
}

/** What a term's weights are multiplied by at all history lengths, to see whether nDCG gains. */
const FACTORS = [0, 0.5, 2, 4];
/** What it must gain: less is noise. */
const POLISH_GAIN = 1.01;

/**
 * The likelihood minds where every relevant post is, nDCG@20 the first screen only: raise or lower
 * a term as a whole while that helps the screen.
 */
function polished(cases: readonly ScoredCase[], start: Weights): Weights {
  let best = { weights: start, quality: meanNDcg(cases, start) };
  for (const term of [...TERMS.keys(), ...TERMS.keys()])
    for (const factor of FACTORS) {
      const weights = best.weights.map((row) =>
        row.map((it, t) => (t === term ? factor * it : it)),
      );
      const quality = meanNDcg(cases, weights);
      if (quality > POLISH_GAIN * best.quality) best = { weights, quality };
    }
  return best.weights;
}

function meanNDcg(cases: readonly ScoredCase[], weights: Weights): number {
  let sum = 0;
  for (const it of cases) sum += nDcg(topK(scoresOf(it, weights), K), it.relevant, K);
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
