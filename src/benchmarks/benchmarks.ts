/** The benchmarks of `vidrec evaluate` by name: each a data set and a way to hold part of it out. */
import { magazines, movies } from "./infinite-ae.ts";
import { allViews, longViews } from "./kuairand.ts";
import { leaveLastOut, ultraGcn } from "./ml-1m.ts";
import { coldPosts, timeSplit } from "./ml-latest-small.ts";
import { sparseDataset } from "./sparse/dataset.ts";
import { storeExperiment } from "./store.ts";
import type { BenchmarkInput, Experiment } from "./experiment.ts";

/** Held-out share of the sparse set's events. With less, too few people return; with more, trends are out of date. */
const SPARSE_HELD_OUT = 0.15;

/** The benchmarks: each reads its data. */
export const BENCHMARKS: Readonly<Record<string, (input: BenchmarkInput) => Promise<Experiment>>> =
  {
    P1: ultraGcn,
    P2: leaveLastOut,
    P3: longViews,
    P3b: allViews,
    P4: timeSplit,
    P5: coldPosts,
    P6: movies,
    P7: magazines,
    sparse: async ({ seed }) =>
      storeExperiment(sparseDataset(seed), { by: "time", share: SPARSE_HELD_OUT }, seed),
  };
