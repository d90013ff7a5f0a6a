/** Fits the blend: the weights of score terms, by history length, that rank held-out cases best. */
import { isFlat, knotShares, weightRows } from "../ranking/blend.ts";
import { PERSONAL, TERMS } from "../models/models.ts";
import { KNOTS, type Blend } from "../snapshot/model.ts";
import { fitListwise } from "./listwise.ts";
import { blend, headOf, nDcgOf, rowAt, type ScoredCase, type Weights } from "./scored-case.ts";

/** Fewest cases that weights are fitted on; with fewer, the shipped ones are used. */
export const CASES_ENOUGH = 50;
/** Weight of the shipped weights as the prior, in cases: of a term at each knot apart, and of its mean over the knots. */
const PRIOR_CASES = { apart: 50, together: 5 };
/** Candidates that a choice is among, the best by the fit before: nDCG@20 does not see who is above whom further down. */
const HEAD = 50;
/** Fits, each among the best candidates by the one before: the head hardly changes any more. */
const ROUNDS = 3;
/**
 * Posts in a history from which popularity, trend and freshness may weigh against a post: personal scores rank what
 * is popular too high, and trend less popularity is what rises. With fewer, they are most of what is known.
 */
const AGAINST_FROM = 5;
/** Most cases of a knot, as a share, that weights may leave with a flat score where the shipped ones do not. */
const FLAT_MOST = 0.1;

/**
 * The weights of the greatest likelihood among the best candidates of each case. Newcomers keep those of `base`,
 * which `fit-newcomers.ts` fits; so does a knot without cases, or whose fitted weights are refused ({@link proven}).
 *
 * @param without  Terms that get no weight, to measure what they add.
 * @returns `base` if there are too few cases.
 */
export function fitBlend(
  cases: readonly ScoredCase[],
  base: Blend,
  without: readonly string[] = [],
): Blend {
  if (cases.length < CASES_ENOUGH) return { ...base, cases: cases.length };
  const isLeftOut = TERMS.map((it) => without.includes(it));
  const shipped = weightRows(base).map((row) => row.map((it, term) => (isLeftOut[term] ? 0 : it)));
  const compared = cases.map((it) => ({
    ...it,
    columns: it.columns.map((column, n) =>
      isLeftOut[n] ? new Float32Array(column.length) : column,
    ),
  }));
  let weights: Weights = shipped;
  for (let round = 0; round < ROUNDS; round++) weights = likeliest(compared, weights, shipped);
  weights = proven(cases, weights, shipped);
  const mean = (quality: (it: ScoredCase) => number) =>
    cases.reduce((sum, it) => sum + quality(it), 0) / cases.length;
  const by = (row: Weights) =>
    mean((it) => nDcgOf(blend(it.columns, rowAt(row, it.length)), it.relevant));
  const alone = TERMS.map((term, n) => {
    const quality = (it: ScoredCase) => nDcgOf(it.columns[n]!, it.relevant);
    return [term, mean(quality)] as const;
  });
  return {
    weights: byTerm(weights),
    fitted: true,
    cases: cases.length,
    nDcg: { blend: by(weights), shipped: by(shipped), ...Object.fromEntries(alone) },
  };
}

/**
 * Puts the shipped weights back for newcomers, at every knot without cases, and at knots where the new
 * ones have none above 0, or give too many people a flat score: a personal term alone scores all posts of a newcomer alike.
 */
function proven(cases: readonly ScoredCase[], fitted: Weights, shipped: Weights): Weights {
  return shipped.map((usual, knot) => {
    const near = cases.filter(({ length }) => knotShares(length)[knot]! > 0);
    const flatShare = (row: readonly number[]) =>
      near.filter(({ columns }) => isFlat(blend(columns, row))).length / near.length;
    const flatMost = Math.min(1 - Number.EPSILON, flatShare(usual) + FLAT_MOST);
    const row = fitted[knot]!.map(rounded);
    // Without a case both sides are NaN.
    return knot > 0 && row.some((it) => it > 0) && flatShare(row) <= flatMost ? row : usual;
  });
}

/** A weight in four digits: more would be noise, and weights are read by people. */
const rounded = (weight: number) => Math.round(weight * 1e4) / 1e4;

/** Lower bound of each weight `[knots × terms]`: 0, or none for popularity, trend and freshness from {@link AGAINST_FROM} on. */
const LOWEST = Float64Array.from(
  KNOTS.flatMap((posts) =>
    TERMS.map((it) => (posts < AGAINST_FROM || PERSONAL.has(it) ? 0 : -Infinity)),
  ),
);

/** The fit among the best candidates by `weights`. */
function likeliest(cases: readonly ScoredCase[], weights: Weights, shipped: Weights): Weights {
  const choices = cases
    .map((it) => headOf(it, weights, HEAD))
    .map(({ length, columns, relevant }) => ({
      shares: knotShares(length),
      columns,
      chosen: [...relevant],
    }));
  const flat = fitListwise(
    choices.filter(({ chosen }) => chosen.length > 0),
    Float64Array.from(shipped.flat()),
    priorOf(shipped.length, TERMS.length),
    LOWEST,
  );
  return KNOTS.map((_, knot) => [...flat.subarray(knot * TERMS.length, (knot + 1) * TERMS.length)]);
}

/**
 * Precision of the prior `[knots × terms]²`: a term's deviations from its shipped weights are the sum of one for all
 * knots, of variance 1 / together, and one for each, of variance 1 / apart. By Sherman and Morrison
 *
 *     (I / apart + 11ᵀ / together)⁻¹ = apart (I − 11ᵀ apart / (together + knots apart)).
 *
 * Newcomers' knot has no part in it: their weights are not fitted here.
 */
function priorOf(knots: number, terms: number): Float64Array {
  const { apart, together } = PRIOR_CASES;
  const shared = apart ** 2 / (together + (knots - 1) * apart);
  const n = knots * terms;
  const prior = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    prior[i * n + i] = apart;
    for (let j = i % terms; j < n; j += terms)
      if (i >= terms && j >= terms) prior[i * n + j]! -= shared;
  }
  return prior;
}

function byTerm(weights: Weights): Record<string, number[]> {
  const rows = TERMS.map((term, n) => [term, weights.map((row) => row[n]!)] as const);
  return Object.fromEntries(rows);
}
