/** Looking back more than once: the dataset as it was at one cut after another, and what came next. */
import { casesOf, type Case } from "../evaluation/cases.ts";
import { splitBy, type Cut } from "../evaluation/split.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import type { Dataset } from "./dataset.ts";
import { flagsOf } from "./fit-model.ts";
import { datasetBefore } from "./past.ts";

/** One look back. */
export type Backtest = {
  /** The dataset as it was at the cut. */
  readonly past: Dataset;
  /** Likes between this cut and the one after. */
  readonly cases: readonly Case[];
  readonly isServable: (row: number) => boolean;
};

/** Looks back at a small store, where one alone is mostly chance, and at a large one. */
const ROUNDS = { small: 3, large: 1 };
/** Interactions from which a store is large. */
const LARGE = 50_000;
/**
 * Cases of all backtests together: enough for weights, few enough for seconds. The cost of one grows
 * with the posts; beyond 100,000 there are fewer, at a million and more a fifth.
 */
const CASES = { most: 1_500, least: 300, timesPosts: 150_000_000 };

/** The newest first; each is cut from the past of the one before. None if nothing can be held out. */
export function backtestsOf(data: Dataset, cut: Cut, seed: number): Backtest[] {
  const count = data.histories.postKeys.length < LARGE ? ROUNDS.small : ROUNDS.large;
  const backtests: Backtest[] = [];
  for (let rest = data; backtests.length < count;) {
    const split = splitBy(cut, rest.histories, rest.asOfMs, seed);
    if (split.after.postKeys.length === 0 || split.before.postKeys.length === 0) break;
    const past = datasetBefore(rest, split);
    const flags = flagsOf(past.posts);
    const isServable = (row: number) => flags[row] === 0;
    const rows = vocabulary(past.posts.keys);
    const cases = casesOf(split, rows, isServable, seed, Math.ceil(casesFor(flags.length) / count));
    backtests.push({ past, cases, isServable });
    rest = past;
  }
  return backtests;
}

/** Number of cases for a store of so many posts. */
export function casesFor(posts: number): number {
  const affordable = Math.floor(CASES.timesPosts / Math.max(1, posts));
  return Math.min(CASES.most, Math.max(CASES.least, affordable));
}
