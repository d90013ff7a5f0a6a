/** One run: read → train on the past → fit the blend on what came after → train on everything. */
import { atOnce } from "../runtime/time-slicing.ts";
import { HELD_OUT, type Cut } from "../evaluation/split.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { openScan } from "../index/scan.ts";
import { SHIPPED_BLEND } from "../ranking/blend.ts";
import { openRanker } from "../ranking/feed.ts";
import { RECENCY } from "../models/models.ts";
import type { Blend, Model, Recency } from "../snapshot/model.ts";
import { POPULARITY, type PopularityParams } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { duplicatesOf } from "./duplicates.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitModel } from "./fit-model.ts";
import { fitPopularity } from "./fit-popularity.ts";
import { fitRecency, type Asked } from "./fit-recency.ts";
import { backtestsOf } from "./backtests.ts";
import { scoreCase } from "./score-cases.ts";

/** Default cut of backtests. */
const NEWEST_TENTH: Cut = { by: "time", share: HELD_OUT };

/** Receives the progress of a run. */
export type Progress = (stage: string, done: number, total: number) => void;

/** Options of a run. */
type LearnRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** The last run's model, where the factors begin. */
  readonly warmStart?: Model | undefined;
  /** Events held out to fit the blend and others on; by default the newest tenth. */
  readonly cut?: Cut;
  /** Take the shipped blend instead of fitting one: half the time. */
  readonly isQuick?: boolean;
  /** Terms that the fitted blend does without, to see what they add. */
  readonly without?: readonly string[] | undefined;
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
    duplicates: duplicatesOf(data, seed),
    onEpoch: (epoch, epochs) => onProgress("training", epoch, epochs),
  });
}

/** Parameters fitted on held-out cases, or shipped where there are too few. */
type Tuned = {
  readonly blend: Blend;
  readonly popularity: PopularityParams;
  readonly recency: Recency;
};
const SHIPPED: Tuned = { blend: SHIPPED_BLEND, popularity: POPULARITY, recency: RECENCY };

/** Tune on the store as it was at a cut or more: nothing after it is seen before it is predicted. */
async function tune(
  data: Dataset,
  { seed, kernel, cut = NEWEST_TENTH, without, onProgress }: LearnRun,
): Promise<Tuned> {
  const backtests = backtestsOf(data, cut, seed);
  if (backtests.length === 0) return SHIPPED;
  const popularity = fitPopularity(backtests);
  const asked: Asked[] = [];
  for (const { past, cases } of backtests) {
    const onEpoch = (epoch: number, epochs: number) =>
      onProgress("training on the past", asked.length * epochs + epoch, backtests.length * epochs);
    const model = await fitModel(past, { kernel, ...SHIPPED, popularity, seed, onEpoch });
    const nearest = atOnce(openScan(model.embeddings, model.info.encoder?.dimension ?? 0));
    asked.push({ ranker: atOnce(openRanker(model, nearest)), nearest, cases });
  }
  onProgress("fitting how the past fades", 0, 1);
  const recency = fitRecency(asked);
  onProgress("fitting how the past fades", 1, 1);
  const scored = scoredCases(asked, recency, onProgress);
  onProgress("fitting the blend", 0, 1);
  const blend = fitBlend(scored, without);
  onProgress("fitting the blend", 1, 1);
  return { blend, popularity, recency };
}

function scoredCases(asked: readonly Asked[], recency: Recency, onProgress: Progress) {
  const total = asked.reduce((sum, { cases }) => sum + cases.length, 0);
  let done = 0;
  return asked.flatMap(({ ranker, nearest, cases }) =>
    cases.map((it) => {
      onProgress("scoring held-out cases", ++done, total);
      return scoreCase(ranker, nearest, it, recency);
    }),
  );
}
