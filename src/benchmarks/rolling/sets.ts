/** The data sets of the rolling benchmark. */
import { ratingsWithTimes } from "../ml-latest-small.ts";
import type { BenchmarkInput } from "../experiment.ts";
import { sparseDataset } from "../sparse/dataset.ts";
import { SPARSE_SETS } from "../sparse/incidents.ts";
import type { RollingSet } from "./weeks.ts";

const WEEK_DAYS = 7;
/** One person in two weeks comes new to MovieLens: this many days are a "week" there. */
const MOVIELENS_DAYS = 28;
/** Four of five stars, in percent. */
const LIKED_FROM = 80;

/** The stored data as a data set; the command reads it. */
export const STORE = "store";

const MADE_UP = Object.fromEntries(
  Object.entries(SPARSE_SETS).map(([name, { seed, ...incidents }]) => [
    name,
    async (): Promise<RollingSet> => ({
      name,
      days: WEEK_DAYS,
      data: sparseDataset(seed, incidents),
    }),
  ]),
);

/** The sets by name, but for {@link STORE}. */
export const ROLLING_SETS: Readonly<
  Record<string, (input: BenchmarkInput) => Promise<RollingSet>>
> = {
  "ml-latest-small": async (input) => ({
    name: "ml-latest-small",
    days: MOVIELENS_DAYS,
    likedFrom: LIKED_FROM,
    data: await ratingsWithTimes(input),
  }),
  ...MADE_UP,
};

/** Names that stand for several sets. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = { sparse: Object.keys(MADE_UP) };

/** Every name that the benchmark takes. */
export const ROLLING_NAMES: readonly string[] = [
  ...[STORE, ...Object.keys(SEVERAL), ...Object.keys(ROLLING_SETS)],
];

/** The names of single sets that a list of names stands for. */
export function singleSets(names: readonly string[]): readonly string[] {
  return names.flatMap((it) => SEVERAL[it] ?? [it]);
}
