/** Terms of newcomers' lists: their columns in a look-back, and the weights that make its choices likeliest. */
import { ranking, type Ranking } from "../evaluation/ranking.ts";
import { plainStandardise } from "../linalg/rank-wasm/columns.ts";
import { topK } from "../linalg/top-k.ts";
import { valuesAt } from "../linalg/vector.ts";
import { fresh, freshness, NEWEST } from "../models/freshness/model.ts";
import { lasting, LASTING, MOST_LASTING } from "../models/lasting/model.ts";
import { popular } from "../models/popularity/model.ts";
import { popularity, type PopularityParams } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { fitListwise, HEAD, ROUNDS, type Choice } from "./listwise.ts";
import type { LookBack } from "./look-backs.ts";
import { blend, rounded } from "./scored-case.ts";
import { TUNING } from "./tuning.ts";

/** The terms of the list that all newcomers get. */
export const NEWCOMERS_TERMS = [popular, lasting, fresh];
/** Weights of {@link NEWCOMERS_TERMS}, in their order. */
export type TermWeights = readonly number[];
/** The shipped weights of {@link NEWCOMERS_TERMS} for people without a history. */
export const SHIPPED_WEIGHTS: TermWeights = NEWCOMERS_TERMS.map((it) => it.weights![0]);

/** Posts that compete for a place in the list, as in a feed. */
const CANDIDATES = 1_000;
/** Weights of the logit over those of a blend: fits on sparse sets end near twice the shipped ones. */
const SCALE = 2;
/** Precision of the prior at the shipped weights, in look-backs: from .1 to 1 it does the same within .1 % (24 sparse sets). */
const PRIOR = 1;

/** Candidates and their standardised columns, one a term. */
export type Scored = { readonly rows: Uint32Array; readonly columns: readonly Float32Array[] };

/** No counters of posts: known ones are of today. */
export const noFacts = (posts: number) => ({
  viewCounts: new Float64Array(posts),
  exitCounts: new Float64Array(posts),
});

/** Makes the function that scores a look-back's candidates by each term, given how popularity is counted. */
export function scorerOf(
  { entries, isEligible, asOfMs }: LookBack,
  { posts, tuning = TUNING }: Dataset,
): (params: PopularityParams, prior?: Float32Array) => Scored {
  const facts = noFacts(isEligible.length);
  const newness = freshness(posts.createdAtMs, asOfMs, tuning.freshHalfLifeDays);
  const long = popularity(entries, facts, asOfMs, LASTING);
  const others = [...topK(newness, NEWEST, isEligible), ...topK(long, MOST_LASTING, isEligible)];
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
 * The weights that make people's choices likeliest: a conditional logit, as of the blend, in which each look-back
 * counts once. Their sum is that of the shipped weights.
 */
export function likeliestWeights(all: readonly (Scored & Pick<LookBack, "people">)[]): TermWeights {
  const start = Float64Array.from(SHIPPED_WEIGHTS, (it) => SCALE * it);
  const prior = new Float64Array(start.length ** 2);
  for (let n = 0; n < start.length; n++) prior[n * (start.length + 1)] = PRIOR;
  let weights: Float64Array = start;
  for (let round = 0; round < ROUNDS; round++) {
    const choices = all
      .map((it) => choiceIn(it, [...weights]))
      .filter((it) => it.chosen.length > 0);
    weights = fitListwise(choices, start, prior);
  }
  const total = weights.reduce((sum, it) => sum + it, 0);
  const shipped = SHIPPED_WEIGHTS.reduce((sum, it) => sum + it, 0);
  return total === 0 ? SHIPPED_WEIGHTS : [...weights].map((it) => rounded((it * shipped) / total));
}

/** The choice of a look-back's people among the best candidates: a post counts as often as it was chosen. */
function choiceIn(it: Scored & Pick<LookBack, "people">, weights: TermWeights): Choice {
  const places = ranking(blend(it.columns, weights), HEAD).rows;
  const headOf = new Map([...places].map((place, n) => [it.rows[place]!, n]));
  const chosen = it.people.flatMap(({ positives }) =>
    [...positives].flatMap((row) => headOf.get(row) ?? []),
  );
  return { shares: [1], columns: it.columns.map((column) => valuesAt(column, places)), chosen };
}
