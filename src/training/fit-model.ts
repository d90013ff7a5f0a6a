/** Trains every model on one view of a dataset; the result is what a snapshot holds. */
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import {
  HIDDEN,
  LOCKED,
  PRIVATE,
  WITHDRAWN,
  type Blend,
  type Model,
  type ModelInfo,
  type Recency,
} from "../snapshot/model.ts";
import type { Part } from "../snapshot/columns.ts";
import type { PostColumns } from "../data/catalogue.ts";
import {
  inUnits,
  presentConfidence,
  scalesOf,
  type ConfidenceParams,
} from "../models/confidence.ts";
import { MODELS } from "../models/models.ts";
import { placeholders } from "../models/placeholders.ts";
import type { PopularityParams } from "../models/popularity/popularity.ts";
import type { TrainingView, Tuning } from "../models/training-view.ts";
import type { Dataset } from "./dataset.ts";
import { labelsOf } from "./labels.ts";
import { confidenceUnit, inOrder, scaled, signalsOf } from "./matrix.ts";
import { TUNING } from "./tuning.ts";

/** Parameters of training, and its resources. */
type FitOptions = {
  readonly blend: Blend;
  readonly popularity: PopularityParams;
  readonly recency: Recency;
  readonly variety?: ModelInfo["variety"];
  /** Report of the fits, for the manifest. */
  readonly fits?: ModelInfo["fits"];
  readonly seed: number;
  /** The last run's model, from which the factors start. */
  readonly warmStart?: Model | undefined;
  /** Parts that are trained already, on the same view. */
  readonly parts?: Readonly<Record<string, Part>>;
  /** Column `duplicates` of the catalogue; without it, no post counts as a duplicate. */
  readonly duplicates?: Int32Array | undefined;
  readonly kernel: Kernel;
  /** Called after each epoch of the factors, and after each model. */
  readonly onStep?: (done: number, total: number) => void;
};

/** Trains every model. Equal datasets and options give equal models. */
export async function fitModel(data: Dataset, options: FitOptions): Promise<Model> {
  const { asOfMs, posts, histories, encoder, tuning = TUNING } = data;
  const { blend, recency, seed, kernel, popularity } = options;
  const given = tunedConfidence(tuning);
  const rows = vocabulary(posts.keys);
  const scales = scalesOf(histories);
  const unscaled = signalsOf(histories, rows, scales, asOfMs, given);
  const unit = confidenceUnit(unscaled);
  const signals = scaled(unscaled, unit);
  const createdAtMs = posts.createdAtMs.map((it) => Math.min(it, asOfMs));
  const parts: Record<string, Part> = {};
  const steps = stepCounter(options.onStep);
  const view: TrainingView = {
    asOfMs,
    seed,
    kernel,
    rows,
    createdAtMs,
    posts,
    tuning,
    popularity,
    parts,
    matrix: signals.matrix,
    likes: signals.likes,
    sequences: inOrder(signals),
    entries: unscaled.entries,
    profiles: data.profiles,
    dimension: encoder?.dimension ?? 0,
    embeddings: data.embeddings,
    texts: data.texts,
    before: options.warmStart,
    onEpoch: steps.onEpoch,
  };
  for (const { name, train } of MODELS) {
    parts[name] = options.parts?.[name] ?? (await train(view));
    steps.onModel();
  }
  const flags = flagsOf(posts);
  const labels = labelsOf(posts, flags);
  return {
    info: {
      asOfMs,
      seed,
      encoder,
      embedded: data.embedded,
      ...labels.info,
      confidence: inUnits(given, unit),
      recency,
      blend,
      ...(options.variety !== undefined && { variety: options.variety }),
      fits: options.fits ?? [],
    },
    postKeys: posts.keys,
    createdAtMs,
    flags,
    expiresAtMs: posts.expiresAtMs,
    placeholders: placeholders(posts),
    duplicates: options.duplicates ?? new Int32Array(0),
    ...labels.rows,
    embeddings: data.embeddings,
    ratings: scales.ratings.sorted,
    watchShares: scales.watching.shares,
    watchCounts: scales.watching.counts,
    parts,
  };
}

/** Counts epochs of the factors and models as steps. */
function stepCounter(onStep: FitOptions["onStep"] = () => {}) {
  let [epochsDone, epochs, modelsDone] = [0, 0, 0];
  const tell = () => onStep(epochsDone + modelsDone, epochs + MODELS.length);
  return {
    onEpoch: (done: number, all: number): void => {
      [epochsDone, epochs] = [done, all];
      tell();
    },
    onModel: (): void => {
      modelsDone++;
      tell();
    },
  };
}

/** The present confidence as tuned; a view whose weight is a setting keeps that. */
function tunedConfidence({ view, halfLifeDays }: Tuning): ConfidenceParams {
  const present = presentConfidence();
  const isSet = present.weights["view"] !== TUNING.view;
  const weights = isSet ? present.weights : { ...present.weights, view };
  return { ...present, weights, halfLifeDays };
}

/** Flags that keep posts from being served, a number a post; 0 for a servable one. */
export function flagsOf(posts: PostColumns): Uint8Array {
  return Uint8Array.from(posts.keys, (_, row) => {
    const locked = posts.isLocked[row] ? LOCKED : 0;
    const isPrivate = posts.isPublic[row] ? 0 : PRIVATE;
    const hidden = posts.isHidden[row] ? HIDDEN : 0;
    return locked | isPrivate | hidden | (posts.isWithdrawn[row] ? WITHDRAWN : 0);
  });
}
