/** Fits the blend: the weights of score terms, by history length, that rank held-out cases best. */
import { nDcg } from "../evaluation/metrics.ts";
import { ranking } from "../evaluation/ranking.ts";
import { isFlat, knotShares, SHIPPED_BLEND, weightRows } from "../ranking/blend.ts";
import { TERMS } from "../models/models.ts";
import { KNOTS, type Blend } from "../snapshot/model.ts";
import { fitListwise } from "./listwise.ts";

/** One held-out case, scored term by term. */
export type ScoredCase = {
  /** Posts in the history that scoring was allowed to see. */
  readonly length: number;
  /** One standardised column a term, in the order of {@link TERMS}; all equally long. */
  readonly columns: readonly Float32Array[];
  /** Entries of the relevant posts in the columns; an entry past the end stands for a post not found. */
  readonly relevant: ReadonlySet<number>;
};

/** Fewest cases that weights are fitted on; with fewer, the shipped ones are used. */
export const CASES_ENOUGH = 50;
/** Weight of the shipped weights as the prior, in cases. */
const PRIOR_CASES = 50;
/**
 * Factor by which weights must beat the shipped ones for newcomers. All newcomers get one list, so
 * that however many they are, they are a single observation: a smaller gain is chance.
 */
const NEWCOMERS_GAIN = 1.05;
const K = 20;

/** Most cases of a knot, as a share, that weights may leave with a flat score where the shipped ones do not. */
const FLAT_MOST = 0.1;

/** Weights `[knots][terms]`. */
type Weights = readonly (readonly number[])[];

/**
 * The weights with the best nDCG@20 on the cases: the fitted ones, the best single term, or the
 * shipped ones. At a history length where the others are not proven, the shipped weights stay.
 *
 * @param without  Terms that get no weight, to measure what they add.
 * @returns The shipped weights if there are too few cases.
 */
export function fitBlend(cases: readonly ScoredCase[], without: readonly string[] = []): Blend {
  if (cases.length < CASES_ENOUGH) return { ...SHIPPED_BLEND, cases: cases.length };
  const allowed = (weights: Weights): Weights =>
    weights.map((row) => row.map((it, term) => (without.includes(TERMS[term]!) ? 0 : it)));
  const shipped = allowed(weightRows(SHIPPED_BLEND));
  const likely = allowed(fitWeights(withoutTerms(cases, without), shipped));
  const singles = TERMS.map((_, term) =>
    allowed(KNOTS.map(() => TERMS.map((__, t) => Number(t === term)))),
  );
  const proven = prover(cases, shipped);
  const candidates = [shipped, ...[polish(cases, likely), ...singles].map(proven)];
  const quality = candidates.map((it) => meanNDcg(cases, it));
  const best = quality.indexOf(Math.max(...quality));
  const alone = TERMS.map((term, n) => [term, meanNDcg(cases, singles[n]!)] as const);
  return {
    weights: byTerm(candidates[best]!),
    fitted: best > 0,
    cases: cases.length,
    nDcg: { blend: quality[best]!, ...Object.fromEntries(alone) },
  };
}

/**
 * Puts the shipped weights back at every knot without cases, and at knots where the new ones give too
 * many people a flat score: a personal term alone scores all posts of a newcomer alike.
 */
function prover(cases: readonly ScoredCase[], shipped: Weights): (weights: Weights) => Weights {
  const knots = shipped.map((usual, knot) => {
    const near = cases.filter(({ length }) => knotShares(length)[knot]! > 0);
    const flatShare = (row: readonly number[]) =>
      near.filter(({ columns }) => isFlat(blend(columns, row))).length / near.length;
    const flatMost = Math.min(1 - Number.EPSILON, flatShare(usual) + FLAT_MOST);
    const nDcgLeast = knot === 0 ? NEWCOMERS_GAIN * meanNDcg(near, shipped) : -Infinity;
    return { near, usual, flatShare, flatMost, nDcgLeast };
  });
  return (weights) =>
    knots.map(({ near, usual, flatShare, flatMost, nDcgLeast }, knot) => {
      const row = weights[knot]!.map(round);
      // Without a case both sides are NaN.
      const isProven = flatShare(row) <= flatMost && meanNDcg(near, weights) > nDcgLeast;
      return isProven ? row : usual;
    });
}

/** The cases with zeros in the columns of some terms. */
function withoutTerms(
  cases: readonly ScoredCase[],
  without: readonly string[],
): readonly ScoredCase[] {
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

/** Factors that a term's weights are multiplied by at all history lengths, to raise nDCG. */
const FACTORS = [0, 0.5, 2, 4];
/** Factor by which nDCG must rise: less is noise. */
const POLISH_GAIN = 1.01;

/**
 * Coordinate ascent on nDCG@20, a term at a time. The likelihood counts every relevant post, nDCG@20
 * those on the first screen only.
 */
function polish(cases: readonly ScoredCase[], start: Weights): Weights {
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
  for (const { length, columns, relevant } of cases) {
    const shares = knotShares(length);
    const row = TERMS.map((_, term) =>
      shares.reduce((total, share, knot) => total + share * weights[knot]![term]!, 0),
    );
    const { rows, scores } = ranking(blend(columns, row), K);
    sum += nDcg(rows, relevant, K, scores);
  }
  return sum / cases.length;
}

/** The weighted sum of columns. */
function blend(columns: ScoredCase["columns"], weights: readonly number[]): Float32Array {
  const total = new Float32Array(columns[0]!.length);
  for (const [term, column] of columns.entries()) {
    const weight = weights[term]!;
    if (weight !== 0) for (let n = 0; n < total.length; n++) total[n]! += weight * column[n]!;
  }
  return total;
}

function byTerm(weights: Weights): Record<string, number[]> {
  const rows = TERMS.map((term, n) => [term, weights.map((row) => row[n]!)] as const);
  return Object.fromEntries(rows);
}

/** Four digits: more would be noise, and weights are read by people. */
function round(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}
