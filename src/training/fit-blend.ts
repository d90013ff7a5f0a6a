/** Fit the blend: weights by history length that rank held-out cases best. */
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
  /** Places of the relevant posts in the columns; one past their end stands for one not found. */
  readonly relevant: ReadonlySet<number>;
};

/** Cases under which the shipped weights are used as they are. */
export const CASES_ENOUGH = 50;
/** Cases that the shipped weights are worth. */
const PRIOR_CASES = 50;
/**
 * Gain that other weights need over the shipped ones for newcomers. All of these get one list, so that
 * they are one observation of it however many they are: less was luck.
 */
const NEWCOMERS_GAIN = 1.05;
const K = 20;

/** Share of a knot's cases to whom weights may say nothing where the shipped ones do: odd ones out. */
const SILENT_MOST = 0.1;

/** Weights `[knots][terms]`. */
type Weights = readonly (readonly number[])[];

/**
 * @param without  Terms that get no weight, to see what they add.
 * @returns what ranks the cases best by nDCG@20: the fitted weights, the best single term, or the
 *   shipped weights, which also stand in at each history length at which the others are not proven;
 *   the shipped ones without enough cases.
 */
export function fitBlend(cases: readonly ScoredCase[], without: readonly string[] = []): Blend {
  if (cases.length < CASES_ENOUGH) return { ...SHIPPED_BLEND, cases: cases.length };
  const allowed = (weights: Weights): Weights =>
    weights.map((row) => row.map((it, term) => (without.includes(TERMS[term]!) ? 0 : it)));
  const shipped = allowed(weightRows(SHIPPED_BLEND));
  const likely = allowed(fitWeights(muted(cases, without), shipped));
  const singles = TERMS.map((_, term) =>
    allowed(KNOTS.map(() => TERMS.map((__, t) => Number(t === term)))),
  );
  const proven = prover(cases, shipped);
  const candidates = [shipped, ...[polished(cases, likely), ...singles].map(proven)];
  const quality = candidates.map((it) => meanNDcg(cases, it));
  const best = quality.indexOf(Math.max(...quality));
  const alone = TERMS.map((term, n) => [term, meanNDcg(cases, singles[n]!)] as const);
  return {
    weights: named(candidates[best]!),
    fitted: best > 0,
    cases: cases.length,
    nDcg: { blend: quality[best]!, ...Object.fromEntries(alone) },
  };
}

/**
 * Puts the shipped weights back at every knot that no case speaks for, or at which others leave
 * people without any signal: a personal term alone does not tell a newcomer's posts apart.
 */
function prover(cases: readonly ScoredCase[], shipped: Weights): (weights: Weights) => Weights {
  const knots = shipped.map((usual, knot) => {
    const near = cases.filter(({ length }) => knotShares(length)[knot]! > 0);
    const silence = (row: readonly number[]) =>
      near.filter(({ columns }) => isFlat(blended(columns, row))).length / near.length;
    const silenceMost = Math.min(1 - Number.EPSILON, silence(usual) + SILENT_MOST);
    const nDcgLeast = knot === 0 ? NEWCOMERS_GAIN * meanNDcg(near, shipped) : -Infinity;
    return { near, usual, silence, silenceMost, nDcgLeast };
  });
  return (weights) =>
    knots.map(({ near, usual, silence, silenceMost, nDcgLeast }, knot) => {
      const row = weights[knot]!.map(round);
      // Without a case both sides are NaN.
      const isProven = silence(row) <= silenceMost && meanNDcg(near, weights) > nDcgLeast;
      return isProven ? row : usual;
    });
}

/** Cases with some terms silent. */
function muted(cases: readonly ScoredCase[], without: readonly string[]): readonly ScoredCase[] {
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

/** Factors tried on a term's weights at all history lengths. */
const FACTORS = [0, 0.5, 2, 4];
/** Gain that a factor needs: less is noise. */
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
  for (const { length, columns, relevant } of cases) {
    const shares = knotShares(length);
    const row = TERMS.map((_, term) =>
      shares.reduce((total, share, knot) => total + share * weights[knot]![term]!, 0),
    );
    const { rows, scores } = ranking(blended(columns, row), K);
    sum += nDcg(rows, relevant, K, scores);
  }
  return sum / cases.length;
}

/** The weighted sum of columns. */
function blended(columns: ScoredCase["columns"], weights: readonly number[]): Float32Array {
  const total = new Float32Array(columns[0]!.length);
  for (const [term, column] of columns.entries()) {
    const weight = weights[term]!;
    if (weight !== 0) for (let n = 0; n < total.length; n++) total[n]! += weight * column[n]!;
  }
  return total;
}

function named(weights: Weights): Record<string, number[]> {
  const rows = TERMS.map((term, n) => [term, weights.map((row) => row[n]!)] as const);
  return Object.fromEntries(rows);
}

/** Four digits: more would be noise, and weights are read by people. */
function round(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}
