/** One run: read → train on the past → fit the blend on what came after → train on everything. */
import { casesOf } from "../evaluate/cases.ts";
import { HELD_OUT, splitBy, type Cut } from "../evaluate/split.ts";
import type { Kernel } from "../math/kernel/kernel.ts";
import { openScan } from "../nearest/scan.ts";
import { vocabulary } from "../math/vocabulary.ts";
import { SHIPPED_BLEND } from "../rank/blend.ts";
import { openRanker } from "../rank/feed.ts";
import { RECENCY } from "../rank/person.ts";
import type { Blend, Model, Recency } from "../snapshot/model.ts";
import { POPULARITY, type PopularityParams } from "../train/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitModel, flagsOf } from "./fit-model.ts";
import { fitPopularity } from "./fit-popularity.ts";
import { fitRecency } from "./fit-recency.ts";
import { datasetBefore } from "./past.ts";
import { scoreCase } from "./score-cases.ts";

/** Cases the blend is fitted on at most: enough for weights, few enough for seconds. */
const CASES = 1_500;

/** What the past is cut by, unless told otherwise. */
const NEWEST_TENTH: Cut = { by: "time", share: HELD_OUT };

/** What a run tells while it works. */
export type Progress = (stage: string, done: number, total: number) => void;

/** How a run is made. */
export type LearnRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** The last run's model, where the factors begin. */
  readonly warmStart?: Model | undefined;
  /** What is held out to fit the blend and others on; by default the newest tenth. */
  readonly cut?: Cut;
  /** Take the shipped blend instead of fitting one: half the time. */
  readonly isQuick?: boolean;
  readonly onProgress: Progress;
};

/** Learn a model from a dataset. Deterministic in data, seed, cut and warm start. */
export async function learn(data: Dataset, run: LearnRun): Promise<Model> {
  const { kernel, seed, warmStart, isQuick = false, onProgress } = run;
  const tuned = isQuick ? SHIPPED : await tune(data, run);
  return fitModel(data, {
    ...tuned,
    kernel,
    seed,
    warmStart,
    onEpoch: (epoch, epochs) => onProgress("training", epoch, epochs),
  });
}

/** What is fitted on held-out cases, or shipped where there are too few. */
type Tuned = {
  readonly blend: Blend;
  readonly popularity: PopularityParams;
  readonly recency: Recency;
};
const SHIPPED: Tuned = { blend: SHIPPED_BLEND, popularity: POPULARITY, recency: RECENCY };

/** Tune on the store as it was at a cut: nothing after the cut is seen before it is predicted. */
async function tune(
  data: Dataset,
  { seed, kernel, cut = NEWEST_TENTH, onProgress }: LearnRun,
): Promise<Tuned> {
  const split = splitBy(cut, data.histories, data.asOfMs, seed);
  if (split.after.postIds.length === 0) return SHIPPED;
  const before = datasetBefore(data, split);
  const flags = flagsOf(before.posts);
  const isServable = (row: number) => flags[row] === 0;
  const cases = casesOf(split, vocabulary(before.posts.ids), isServable, seed, CASES);
  const popularity = fitPopularity(before, cases, isServable);
  const past = await fitModel(before, {
    kernel,
    ...SHIPPED,
    popularity,
    seed,
    onEpoch: (epoch, epochs) => onProgress("training on the past", epoch, epochs),
  });
  const nearest = openScan(past.embeddings, past.info.encoder?.dimension ?? 0);
  const recency = fitRecency(openRanker(past, nearest), nearest, cases);
  const ranker = openRanker(withRecency(past, recency), nearest);
  const scored = cases.map((it, n) => {
    onProgress("scoring held-out cases", n + 1, cases.length);
    return scoreCase(ranker, nearest, it);
  });
  onProgress("fitting the blend", 0, 1);
  const blend = fitBlend(scored);
  onProgress("fitting the blend", 1, 1);
  return { blend, popularity, recency };
}

function withRecency(model: Model, recency: Recency): Model {
  const { info } = model;
  return { ...model, info: { ...info, settings: { ...info.settings, recency } } };
}
