/** One run: read → train on the past → fit the blend on what came after → train on everything. */
import { casesOf } from "../evaluate/cases.ts";
import { splitAtCut } from "../evaluate/split.ts";
import { openKernel, type Kernel } from "../math/kernel/kernel.ts";
import { openScan } from "../nearest/scan.ts";
import { vocabulary } from "../math/vocabulary.ts";
import { SHIPPED_BLEND } from "../rank/blend.ts";
import { openRanker } from "../rank/feed.ts";
import type { Blend, Model } from "../snapshot/model.ts";
import { POPULARITY, type PopularityParams } from "../train/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitModel, flagsOf } from "./fit-model.ts";
import { fitPopularity } from "./fit-popularity.ts";
import { datasetBefore } from "./past.ts";
import { scoreCase } from "./score-cases.ts";

/** Cases the blend is fitted on at most: enough for weights, few enough for seconds. */
const CASES = 1_500;

/** What a run tells while it works. */
export type Progress = (stage: string, done: number, total: number) => void;

/**
 * Learn a model from a dataset. Deterministic in data, seed and warm start.
 *
 * @param before  The last run's model, where the factors begin.
 * @param isQuick  Take the shipped blend instead of fitting one: half the time.
 */
export async function learn(
  data: Dataset,
  seed: number,
  before: Model | undefined,
  onProgress: Progress,
  isQuick = false,
): Promise<Model> {
  const kernel = await openKernel({ threads: 1, spawn: neverSpawned });
  try {
    const tuned = isQuick ? SHIPPED : await tune(data, seed, kernel, onProgress);
    return await fitModel(data, {
      ...tuned,
      kernel,
      seed,
      warmStart: before,
      onEpoch: (epoch, epochs) => onProgress("training", epoch, epochs),
    });
  } finally {
    await kernel.close();
  }
}

/** One thread: the others belong to those who serve meanwhile. */
function neverSpawned(): Worker {
  throw new TypeError("a kernel of one thread spawns none");
}

/** What is fitted on held-out cases, or shipped where there are too few. */
type Tuned = { readonly blend: Blend; readonly popularity: PopularityParams };
const SHIPPED: Tuned = { blend: SHIPPED_BLEND, popularity: POPULARITY };

/** Tune on the store as it was at a cut: nothing after the cut is seen before it is predicted. */
async function tune(
  data: Dataset,
  seed: number,
  kernel: Kernel,
  onProgress: Progress,
): Promise<Tuned> {
  const split = splitAtCut(data.histories, data.asOfMs, seed);
  if (split.after.postIds.length === 0) return SHIPPED;
  const before = datasetBefore(data, split);
  const flags = flagsOf(before.posts);
  const isServable = (row: number) => flags[row] === 0;
  const cases = casesOf(split, vocabulary(before.posts.ids), isServable, seed, CASES);
  const popularity = fitPopularity(before, cases, isServable);
  const past = await fitModel(before, {
    kernel,
    blend: SHIPPED_BLEND,
    popularity,
    seed,
    onEpoch: (epoch, epochs) => onProgress("training on the past", epoch, epochs),
  });
  const nearest = openScan(past.embeddings, past.info.encoder?.dimension ?? 0);
  const ranker = openRanker(past, nearest);
  const scored = cases.map((it, n) => {
    onProgress("scoring held-out cases", n + 1, cases.length);
    return scoreCase(ranker, nearest, it);
  });
  const blend = fitBlend(scored, (round) => onProgress("fitting the blend", round, 3));
  return { blend, popularity };
}
