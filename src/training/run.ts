/** A training run: fits newcomers' list, recency and blend on the past, then trains on the whole dataset. */
import { atOnce } from "../runtime/time-slicing.ts";
import { HELD_OUT, type Cut } from "../evaluation/split.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { openScan } from "../index/scan.ts";
import { SHIPPED_BLEND } from "../ranking/blend.ts";
import { openRanker } from "../ranking/feed.ts";
import { RECENCY } from "../models/models.ts";
import type { Part } from "../snapshot/columns.ts";
import { heldOutPart } from "../snapshot/held-out.ts";
import type { Blend, Fit, Model, Recency } from "../snapshot/model.ts";
import { popular } from "../models/popularity/model.ts";
import { POPULARITY, type PopularityParams } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { duplicatesOf } from "./duplicates.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitModel } from "./fit-model.ts";
import { fitNewcomers } from "./fit-newcomers.ts";
import { fitVariety } from "./fit-variety.ts";
import { fitRecency, type TrainedBacktest } from "./fit-recency.ts";
import { heldOutOf } from "./held-out.ts";
import { backtestsOf } from "./backtests.ts";
import { scoreCase } from "./score-cases.ts";

/** Default cut of backtests. */
const NEWEST_TENTH: Cut = { by: "time", share: HELD_OUT };

/** Called with the progress of a stage: `done` of `total` steps. */
export type Progress = (stage: string, done: number, total: number) => void;

/** Options of a training run. */
type LearnRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** The last run's model, from which the factors start. */
  readonly warmStart?: Model | undefined;
  /** The part that backtests hold out; by default the newest tenth. */
  readonly cut?: Cut;
  /** Uses the shipped blend instead of fitting one, which takes half the time. */
  readonly isQuick?: boolean;
  /**
   * A model of the same dataset, seed and warm start, learnt with other settings: only popularity, which these
   * change, is trained anew.
   */
  readonly trained?: Model | undefined;
  /** Terms that are left out of the fitted blend, to measure what they add. */
  readonly without?: readonly string[] | undefined;
  readonly onProgress: Progress;
};

/** Learns a model from a dataset. Deterministic in data, seed, cut and warm start. */
export async function learn(data: Dataset, run: LearnRun): Promise<Model> {
  const { kernel, seed, warmStart, trained, isQuick = false, onProgress } = run;
  const tuned = isQuick ? SHIPPED : await tune(data, run);
  onProgress("looking for duplicates", 0, 1);
  const duplicates = trained?.duplicates ?? duplicatesOf(data, seed);
  onProgress("looking for duplicates", 1, 1);
  const { [popular.name]: _, ...parts } = trained?.parts ?? {};
  const model = await fitModel(data, {
    ...tuned,
    kernel,
    seed,
    warmStart,
    parts,
    duplicates,
    onStep: (done, steps) => onProgress("training", done, steps),
  });
  const { heldOut } = tuned;
  return heldOut ? { ...model, parts: { ...model.parts, [heldOutPart.name]: heldOut } } : model;
}

/** Parameters that are fitted on held-out cases; the shipped ones if there are too few. */
type Tuned = {
  readonly blend: Blend;
  readonly popularity: PopularityParams;
  readonly recency: Recency;
  readonly variety?: number;
  readonly heldOut?: Part;
  readonly fits: readonly Fit[];
};
const SHIPPED: Tuned = {
  blend: SHIPPED_BLEND,
  popularity: POPULARITY,
  recency: RECENCY,
  fits: [],
};

/** Fits the parameters on backtests: no model sees an event that it has to predict. */
async function tune(
  data: Dataset,
  { seed, kernel, cut = NEWEST_TENTH, without, onProgress }: LearnRun,
): Promise<Tuned> {
  const backtests = backtestsOf(data, cut, seed);
  if (backtests.length === 0) return SHIPPED;
  onProgress("fitting newcomers' list", 0, 1);
  const newcomers = await fitNewcomers(data, kernel, { cut, without });
  onProgress("fitting newcomers' list", 1, 1);
  const { popularity } = newcomers;
  const trained: TrainedBacktest[] = [];
  for (const { dataset, cases } of backtests) {
    const onStep = (done: number, steps: number) =>
      onProgress("training on the past", trained.length * steps + done, backtests.length * steps);
    const model = await fitModel(dataset, { kernel, ...SHIPPED, popularity, seed, onStep });
    const nearest = atOnce(openScan(model.embeddings, model.info.encoder?.dimension ?? 0));
    trained.push({ ranker: atOnce(openRanker(model, nearest)), nearest, cases });
  }
  onProgress("fitting how the past fades", 0, 1);
  const { recency, fits } = fitRecency(trained);
  onProgress("fitting how the past fades", 1, 1);
  const scored = scoreCases(trained, recency, onProgress);
  onProgress("fitting the blend", 0, 1);
  const { fresh } = SHIPPED_BLEND.weights;
  const weights = { ...SHIPPED_BLEND.weights, fresh: [newcomers.fresh, ...fresh!.slice(1)] };
  const blend = fitBlend(scored.flat(), { ...SHIPPED_BLEND, weights }, without);
  onProgress("fitting the blend", 1, 1);
  onProgress("fitting variety", 0, 1);
  const { variety, fits: ofVariety } = fitVariety(trained, scored, { blend, recency });
  onProgress("fitting variety", 1, 1);
  const heldOut = heldOutOf(trained, scored, { blend, recency });
  return {
    blend,
    popularity,
    recency,
    variety,
    heldOut,
    fits: [...newcomers.fits, ...fits, ...ofVariety],
  };
}

function scoreCases(backtests: readonly TrainedBacktest[], recency: Recency, onProgress: Progress) {
  const total = backtests.reduce((sum, { cases }) => sum + cases.length, 0);
  let done = 0;
  return backtests.map(({ ranker, nearest, cases }) =>
    cases.map((it) => {
      onProgress("scoring held-out cases", ++done, total);
      return scoreCase(ranker, nearest, it, recency);
    }),
  );
}
