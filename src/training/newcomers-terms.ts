/** Terms of newcomers' lists: their columns in a look-back, and the weights that make its choices likeliest. */
import { ranking, type Ranking } from "../evaluation/ranking.ts";
import { plainStandardise } from "../linalg/rank-wasm/columns.ts";
import { topK } from "../linalg/top-k.ts";
import { valuesAt } from "../linalg/vector.ts";
import { fresh, freshness, NEWEST } from "../models/freshness/model.ts";
import { lasting, LASTING, LONGEST } from "../models/lasting/model.ts";
import { popular } from "../models/popularity/model.ts";
import { popularity, type PopularityParams } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { fitListwise, type Choice } from "./listwise.ts";
import type { LookBack } from "./look-backs.ts";
import { blend } from "./scored-case.ts";
import { TUNING } from "./tuning.ts";

/** The terms of the list that all newcomers get. */
export const NEWCOMERS_TERMS = [popular, lasting, fresh];
/** Weights of {@link NEWCOMERS_TERMS}, in their order. */
export type TermWeights = readonly number[];
export const SHIPPED_WEIGHTS: TermWeights = NEWCOMERS_TERMS.map((it) => it.weights![0]);

/** Posts that compete for a place in the list, as in a feed. */
const CANDIDATES = 1_000;
/** Factor that makes a score of the shipped weights the logarithm of a chance: fits on sparse sets end near it. */
const SCALE = 2;
/** Weight of the shipped weights as the prior, in look-backs: from .1 to 1 it does the same within .1 % (24 sparse sets). */
const PRIOR = 1;
/** Candidates that a choice is among, the best by the fit before. */
const HEAD = 50;
const ROUNDS = 3;

/** Candidates and their standardised columns, one a term. */
export type Scored = { readonly rows: Uint32Array; readonly columns: readonly Float32Array[] };

/** No counters of posts: known ones are of today. */
export const noFacts = (posts: number) => ({
  viewCounts: new Float64Array(posts),
  exitCounts: new Float64Array(posts),
});

/** A function that scores a look-back's candidates by each term, for one way to count popularity after another. */
export function scorerOf(
  { entries, isEligible, asOfMs }: LookBack,
  { posts, tuning = TUNING }: Dataset,
): (params: PopularityParams, prior?: Float32Array) => Scored {
  const facts = noFacts(isEligible.length);
  const newness = freshness(posts.createdAtMs, asOfMs, tuning.freshHalfLifeDays);
  const long = popularity(entries, facts, asOfMs, LASTING);
  const others = [...topK(newness, NEWEST, isEligible), ...topK(long, LONGEST, isEligible)];
  return (params, prior) => {
    const liked = popularity(entries, facts, asOfMs, params, prior);
    const rows = Uint32Array.from(new Set([...topK(liked, CANDIDATES, isEligible), ...others]));
    const columns = [liked, long, newness].map((it) => plainStandardise(valuesAt(it, rows)));
    return { rows, columns };
  };
}

/** The `count` best candidates by the weighted sum of their columns, and all that tie with the last of them. */
export function listOf(
  { rows, columns }: Scored,
  weights: TermWeights,
  count: number,
): Required<Ranking> {
  return ranking(blend(columns, weights), count, rows);
}

/**
 * The weights by which what people chose in all look-backs is likeliest, each of which counts once (a conditional
 * logit, as of the blend). They add up to what the shipped ones do.
 */
export function likeliestWeights(all: readonly (Scored & Pick<LookBack, "people">)[]): TermWeights {
  const start = Float64Array.from(SHIPPED_WEIGHTS, (it) => SCALE * it);
  const prior = new Float64Array(start.length ** 2);
  for (let n = 0; n < start.length; n++) prior[n * (start.length + 1)] = PRIOR;
  let weights = start;
  for (let round = 0; round < ROUNDS; round++) {
    const choices = all
      .map((it) => choiceIn(it, [...weights]))
      .filter((it) => it.chosen.length > 0);
    weights = fitListwise(choices, start, prior) as Float64Array<ArrayBuffer>;
  }
  const total = weights.reduce((sum, it) => sum + it, 0);
  const wanted = SHIPPED_WEIGHTS.reduce((sum, it) => sum + it, 0);
  return total === 0 ? SHIPPED_WEIGHTS : [...weights].map((it) => round((it * wanted) / total));
}

/** Four digits: more would be noise, and weights are read by people. */
const round = (weight: number) => Math.round(1e4 * weight) / 1e4;

/** The choice of a look-back's people among the best candidates: a post counts as often as it was chosen. */
function choiceIn(it: Scored & Pick<LookBack, "people">, weights: TermWeights): Choice {
  const placeOf = new Map([...it.rows].map((row, place) => [row, place]));
  const places = [...listOf(it, weights, HEAD).rows].map((row) => placeOf.get(row)!);
  const headOf = new Map(places.map((place, n) => [it.rows[place]!, n]));
  const chosen = it.people.flatMap(({ positives }) =>
    [...positives].flatMap((row) => headOf.get(row) ?? []),
  );
  return { shares: [1], columns: it.columns.map((column) => valuesAt(column, places)), chosen };
}
