/** Is one contender better than another, and is that more than luck? */
import { METRIC_NAMES, type Answers, type Metric } from "./runs.ts";
import { bootstrap, meanOf, type Interval } from "./bootstrap.ts";
import { BLEND, FEED, POPULARITY } from "./systems.ts";

/** How much better `model` does than `over`: the mean of the differences case by case. */
export type Difference = Interval & {
  readonly metric: Metric;
  readonly model: string;
  readonly over: string;
};

/**
 * Blend and feed over popularity, and over whichever single contender has the best nDCG@20; the feed
 * over the blend, which is what the selectors cost.
 */
export function differences(answers: readonly Answers[], seed: number): Difference[] {
  const isMixed = ({ model }: Answers) => model === BLEND || model === FEED;
  const quality = (it: Answers) => meanOf(it.values["ndcg@20"]);
  const singles = answers.filter((it) => !isMixed(it));
  const best = singles.toSorted((a, b) => quality(b) - quality(a))[0];
  const rivals = singles.filter((it) => it === best || it.model === POPULARITY);
  const blend = answers.filter((it) => it.model === BLEND);
  const rivalsOf = ({ model }: Answers) => (model === FEED ? [...blend, ...rivals] : rivals);
  const pairs = answers
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
