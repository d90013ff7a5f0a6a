/** Fits variety: the greatest weight of similarity that costs known people little of held-out nDCG@20. */
import { atOnce } from "../runtime/time-slicing.ts";
import { meanOf } from "../linalg/vector.ts";
import { personAt, type Case } from "../evaluation/cases.ts";
import { LIMIT } from "../evaluation/evaluate.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { openRanker } from "../ranking/feed.ts";
import { ANYTHING } from "../ranking/query.ts";
import { runPipeline } from "../ranking/pipeline.ts";
import { LAMBDA, variations } from "../ranking/selectors/diversity.ts";
import { duplicates } from "../ranking/selectors/duplicates.ts";
import type { Fit, ModelInfo } from "../snapshot/model.ts";
import type { TrainedBacktest } from "./fit-recency.ts";

/** Weights that are tried, ascending. */
const LAMBDAS = [0.1, 0.25, LAMBDA, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4];
/** Share of nDCG@20 that variety may cost: the mean loss of the cases and its standard error. */
const COST_MOST = 0.005;
/** Fewest cases that it is fitted on, and most that are used. */
const CASES = { enough: 100, most: 1_500 };
const K = 20;

/**
 * The greatest weight of {@link LAMBDAS} that, as all smaller ones, keeps within {@link COST_MOST}. Newcomers have
 * a constant: all get one list, so that however many they are, they are one observation of it.
 */
export function fitVariety(
  backtests: readonly TrainedBacktest[],
  tuned: Pick<ModelInfo, "blend" | "recency">,
): { readonly variety: number; readonly fits: readonly Fit[] } {
  const each = backtests.map(({ cases }) =>
    // Among the few posts that were shown there is nothing to choose from.
    cases.filter((it) => it.length > 0 && it.shown === undefined),
  );
  const share = CASES.most / Math.max(CASES.most, each.flat().length);
  const lists = backtests.flatMap((it, n) => qualitiesOf({ ...it, cases: evenly(each[n]!, share) }, tuned)); // prettier-ignore
  if (lists.length < CASES.enough) return { variety: LAMBDA, fits: [] };
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

const evenly = (cases: readonly Case[], share: number) =>
  cases.filter((_, n) => Math.floor((n + 1) * share) > Math.floor(n * share));

/** nDCG@20 of each case's list as ranked, and varied with each of {@link LAMBDAS}. */
function qualitiesOf(
  { ranker, nearest, cases }: TrainedBacktest,
  tuned: Pick<ModelInfo, "blend" | "recency">,
): number[][] {
  const model = { ...ranker.model, info: { ...ranker.model.info, ...tuned } };
  const before = { ranker, rows: new Uint32Array(0) };
  const { asked, pipeline } = atOnce(openRanker(model, nearest, before));
  const stages = { ...pipeline, selectors: [duplicates] };
  return cases.map((it) => {
    const inputs = { ...ANYTHING, person: personAt(ranker, it, tuned.recency), limit: LIMIT };
    const relevant = new Set(it.positives);
    return asked(inputs, (query) => {
      const ranked = runPipeline(stages, query).orders.at(-1)!;
      const variedBy = variations(query, ranked);
      return [ranked, ...LAMBDAS.map(variedBy)].map((list) => nDcg(list, relevant, K));
    });
  });
}
