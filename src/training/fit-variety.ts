/** Fits variety: the greatest weight of similarity that costs known people little of held-out nDCG@20. */
import { personAt } from "../evaluation/cases.ts";
import { LIMIT } from "../evaluation/evaluate.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { DEPTH } from "../evaluation/systems.ts";
import { topK } from "../linalg/top-k.ts";
import { meanOf } from "../linalg/vector.ts";
import { addWeighted } from "../linalg/vector-ops.ts";
import { TERMS } from "../models/models.ts";
import { weightAt } from "../ranking/blend.ts";
import { ANYTHING } from "../ranking/query.ts";
import { LAMBDA, variations } from "../ranking/selectors/diversity.ts";
import { placeholder } from "../ranking/sinking.ts";
import type { Fit, ModelInfo } from "../snapshot/model.ts";
import type { TrainedBacktest } from "./fit-recency.ts";
import { blend as weightedSum } from "./scored-case.ts";
import type { ScoredRows } from "./score-cases.ts";

/** Weights that are tried, ascending. */
const LAMBDAS = [0.1, 0.25, LAMBDA, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4];
/** Share of nDCG@20 that variety may cost: the mean loss of the cases and its standard error. */
const COST_MOST = 0.005;
/** Fewest cases that it is fitted on. */
const CASES_ENOUGH = 100;

/**
 * The greatest weight of {@link LAMBDAS} that, as all smaller ones, keeps within {@link COST_MOST}. Newcomers have
 * a constant: all get one list, so that however many they are, they are one observation of it.
 *
 * @param scored  The backtests' cases.
 */
export function fitVariety(
  backtests: readonly TrainedBacktest[],
  scored: readonly (readonly ScoredRows[])[],
  tuned: Pick<ModelInfo, "blend" | "recency">,
): { readonly variety: number; readonly fits: readonly Fit[] } {
  const lists = backtests.flatMap((it, n) => qualitiesOf(it, scored[n]!, tuned));
  if (lists.length < CASES_ENOUGH) return { variety: LAMBDA, fits: [] };
  const ranked = Float64Array.from(lists, ([it]) => it!);
  const mean = meanOf(ranked);
  const cost = LAMBDAS.map((_, n) => {
    const losses = ranked.map((it, at) => (it - lists[at]![n + 1]!) / mean);
    const loss = meanOf(losses);
    const variance = meanOf(losses.map((it) => (it - loss) ** 2));
    return loss + Math.sqrt(variance / losses.length);
  });
  const tooDear = cost.findIndex((it) => !(it <= COST_MOST));
  const best = Math.max(0, (tooDear < 0 ? LAMBDAS.length : tooDear) - 1);
  const qualityAt = (n: number) => meanOf(Float64Array.from(lists, (it) => it[n + 1]!));
  const fit = {
    setting: "variety",
    value: LAMBDAS[best]!,
    observations: lists.length,
    nDcg: qualityAt(best),
    shippedNDcg: qualityAt(LAMBDAS.indexOf(LAMBDA)),
  };
  return { variety: fit.value, fits: [fit] };
}

/** nDCG@20 of each case's list as ranked, and varied with each of {@link LAMBDAS}. */
function qualitiesOf(
  { ranker, cases }: TrainedBacktest,
  scored: readonly ScoredRows[],
  { blend, recency }: Pick<ModelInfo, "blend" | "recency">,
): number[][] {
  return cases.flatMap((it, n) => {
    // Among the few posts that were shown there is nothing to choose from.
    if (it.length === 0 || it.shown !== undefined) return [];
    const { columns, rows } = scored[n]!;
    const inputs = { ...ANYTHING, person: personAt(ranker, it, recency), limit: LIMIT };
    const relevant = new Set(it.positives);
    const qualities = ranker.asked(inputs, (query) => {
      const total = weightedSum(columns, TERMS.map((term) => weightAt(blend, term, it.length))); // prettier-ignore
      const sunk = placeholder.boost(query, rows);
      if (sunk) addWeighted(total, sunk, 1);
      const ranked = topK(total, LIMIT).map((place) => rows[place]!);
      const variedBy = variations(query, ranked, DEPTH);
      return [ranked, ...LAMBDAS.map(variedBy)].map((list) => nDcg(list, relevant, DEPTH));
    });
    return [qualities];
  });
}
