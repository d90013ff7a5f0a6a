/** Paired differences between systems, with bootstrap intervals. */
import { METRIC_NAMES, type Run, type Metric } from "./runs.ts";
import { meanOf } from "../linalg/vector.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";
import { BLEND, FEED, POPULARITY, RANKER_SYSTEMS, RECENT_POPULARITY } from "./systems.ts";

/** Advantage of system `model` over system `over`: the mean of their per-case differences. */
export type Difference = Interval & {
  readonly metric: Metric;
  readonly model: string;
  readonly over: string;
};

/** Systems that do without a ranker: recent popularity, which is a term of it too, needs none. */
export const isBaseline = (name: string): boolean =>
  !RANKER_SYSTEMS.includes(name) || name === RECENT_POPULARITY;
/** Terms of the blend, each alone. */
export const isTerm = (name: string): boolean =>
  RANKER_SYSTEMS.includes(name) && name !== BLEND && name !== FEED;

/**
 * Compares blend and feed with popularity, with the baseline and the single term of the best nDCG@20, and
 * the feed with the blend: that difference is the price of the selectors.
 */
export function differences(runs: readonly Run[], seed: number): Difference[] {
  const isMixed = ({ model }: Run) => model === BLEND || model === FEED;
  const quality = (it: Run) => meanOf(it.values["ndcg@20"]);
  const best = (isOne: (name: string) => boolean) =>
    runs.filter(({ model }) => isOne(model)).toSorted((a, b) => quality(b) - quality(a))[0];
  const bests = [best(isBaseline), best(isTerm)];
  const rivals = runs.filter((it) => bests.includes(it) || it.model === POPULARITY);
  const blend = runs.filter((it) => it.model === BLEND);
  const rivalsOf = ({ model }: Run) => (model === FEED ? [...blend, ...rivals] : rivals);
  const pairs = runs
    .filter(isMixed)
    .flatMap((model) =>
      rivalsOf(model).flatMap((over) => METRIC_NAMES.map((metric) => ({ model, over, metric }))),
    );
  const intervals = bootstrap(
    pairs.map(({ model, over, metric }) =>
      model.values[metric].map((it, n) => it - over.values[metric][n]!),
    ),
    seed,
  );
  return pairs.map(({ model, over, metric }, n) => ({
    metric,
    model: model.model,
    over: over.model,
    ...intervals[n]!,
  }));
}
