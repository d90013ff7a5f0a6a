/** Backtests: the dataset as it was at one cut after another, and the posts that people liked next. */
import { casesOf, ENOUGH, type Case } from "../evaluation/cases.ts";
import { splitBy, type Cut } from "../evaluation/split.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import type { Dataset } from "./dataset.ts";
import { flagsOf } from "./fit-model.ts";
import { datasetBefore } from "./dataset-before.ts";

/** A backtest at one cut. */
type Backtest = {
  /** The dataset as it was at the cut. */
  readonly dataset: Dataset;
  /** The posts that people liked between this cut and the next. */
  readonly cases: readonly Case[];
  readonly isServable: (row: number) => boolean;
};

/** Number of backtests on a small store, where the result of one is mostly chance, and on a large one. */
const BACKTESTS = { small: 3, large: 1 };
/** Events from which a store is large. */
const LARGE_EVENTS = 50_000;
/**
 * Cases of all backtests together: enough to fit weights, few enough to score in seconds. The cost of
 * a case grows with the posts: there are fewer beyond 100,000 posts, and a fifth from 500,000.
 */
const CASES = { most: 1_500, least: 300, timesPosts: 150_000_000 };

/**
 * The backtests, newest first: each cuts the dataset of the one before, or another random part of the whole one.
 * None if nothing can be held out.
 */
export function backtestsOf(data: Dataset, cut: Cut, seed: number): Backtest[] {
  const isLarge = data.histories.postKeys.length >= LARGE_EVENTS;
  const count = isLarge ? BACKTESTS.large : BACKTESTS.small;
  const backtests: Backtest[] = [];
  for (let rest = data; backtests.length < count;) {
    const split = splitBy(cut, rest.histories, rest.asOfMs, seed + backtests.length);
    if (split.after.postKeys.length === 0 || split.before.postKeys.length === 0) break;
    const dataset = datasetBefore(rest, split);
    const flags = flagsOf(dataset.posts);
    const isServable = (row: number) => flags[row] === 0;
    const rows = vocabulary(dataset.posts.keys);
    const [most, enough] = [casesFor(flags.length), ENOUGH].map((it) => Math.ceil(it / count));
    const cases = casesOf(split, rows, isServable, seed, most!, enough);
    backtests.push({ dataset, cases, isServable });
    if (cut.by !== "random") rest = dataset;
  }
  return backtests;
}

/** Number of cases for a store with this many posts. */
export function casesFor(posts: number): number {
  const affordable = Math.floor(CASES.timesPosts / Math.max(1, posts));
  return Math.min(CASES.most, Math.max(CASES.least, affordable));
}
