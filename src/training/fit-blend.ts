/** Fits the blend: the weights of score terms, by history length, that rank held-out cases best. */
import { isFlat, knotShares, weightRows } from "../ranking/blend.ts";
import { TERMS } from "../models/models.ts";
import { KNOTS, type Blend } from "../snapshot/model.ts";
import { fitListwise } from "./listwise.ts";
import { blend, nDcgOf, polished, rowAt, type ScoredCase, type Weights } from "./polish.ts";

/** Fewest cases that weights are fitted on; with fewer, the shipped ones are used. */
export const CASES_ENOUGH = 50;
/** Weight of the shipped weights as the prior, in cases. */
const PRIOR_CASES = 50;
/** Most parts of a single backtest: where two terms stand in for each other, chance says which one is dropped. */
const PARTS_MOST = 5;
/** Cases from which a single backtest is not cut into parts, which are noisier: P6's blend has .2021 whole, .2004 in five. */
const CASES_MANY = 500;
/** Most cases of a knot, as a share, that weights may leave with a flat score where the shipped ones do not. */
const FLAT_MOST = 0.1;

/**
 * The weights of the fit: those of the greatest likelihood, polished on each backtest, or on parts of the only one, and
 * averaged, so that luck decides little. Newcomers' are those of `base`, which `fit-newcomers.ts` fits; others' too where
 * there is no case, or where the fitted ones give too many people a flat score.
 *
 * @param backtests  Their cases.
 * @param without  Terms that get no weight, to measure what they add.
 * @returns `base` if there are too few cases.
 */
export function fitBlend(
  backtests: readonly (readonly ScoredCase[])[],
  base: Blend,
  without: readonly string[] = [],
): Blend {
  const cases = backtests.flat();
  if (cases.length < CASES_ENOUGH) return { ...base, cases: cases.length };
  const allowed = (weights: Weights): Weights =>
    weights.map((row) => row.map((it, term) => (without.includes(TERMS[term]!) ? 0 : it)));
  const shipped = allowed(weightRows(base));
  const likely = allowed(fitWeights(withoutTerms(cases, without), shipped));
  const apart = backtests.length > 1 ? backtests : partsOf(cases);
  const weights = proven(cases, meanOfAll(apart.map((it) => polished(it, likely))), shipped);
  const alone = TERMS.map((term, t) => {
    const single = KNOTS.map(() => TERMS.map((__, other) => Number(other === t)));
    return [term, meanNDcg(cases, allowed(single))] as const;
  });
  return {
    weights: byTerm(weights),
    fitted: true,
    cases: cases.length,
    nDcg: {
      blend: meanNDcg(cases, weights),
      shipped: meanNDcg(cases, shipped),
      ...Object.fromEntries(alone),
    },
  };
}

/**
 * Puts the shipped weights back for newcomers, at every knot without cases, and at knots where the new
 * ones give too many people a flat score: a personal term alone scores all posts of a newcomer alike.
 */
function proven(cases: readonly ScoredCase[], fitted: Weights, shipped: Weights): Weights {
  return shipped.map((usual, knot) => {
    const near = cases.filter(({ length }) => knotShares(length)[knot]! > 0);
    const flatShare = (row: readonly number[]) =>
      near.filter(({ columns }) => isFlat(blend(columns, row))).length / near.length;
    const flatMost = Math.min(1 - Number.EPSILON, flatShare(usual) + FLAT_MOST);
    const row = fitted[knot]!.map(round);
    // Without a case both sides are NaN.
    return knot > 0 && flatShare(row) <= flatMost ? row : usual;
  });
}

/** The cases in parts of at least {@link CASES_ENOUGH}; one part of many. */
function partsOf(cases: readonly ScoredCase[]): ScoredCase[][] {
  const isMany = cases.length >= CASES_MANY;
  const count = isMany ? 1 : Math.min(PARTS_MOST, Math.floor(cases.length / CASES_ENOUGH));
  return Array.from({ length: count }, (_, part) => cases.filter((__, n) => n % count === part));
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

function meanNDcg(cases: readonly ScoredCase[], weights: Weights): number {
  let sum = 0;
  for (const { length, columns, relevant } of cases)
    sum += nDcgOf(blend(columns, rowAt(weights, length)), relevant);
  return sum / cases.length;
}

function meanOfAll(all: readonly Weights[]): Weights {
  return all[0]!.map((row, knot) =>
    row.map((_, term) => all.reduce((sum, it) => sum + it[knot]![term]!, 0) / all.length),
  );
}

function byTerm(weights: Weights): Record<string, number[]> {
  const rows = TERMS.map((term, n) => [term, weights.map((row) => row[n]!)] as const);
  return Object.fromEntries(rows);
}

/** Four digits: more would be noise, and weights are read by people. */
function round(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}
