/** From a dataset to a model: every part trained on the same view of the interactions. */
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import type { Csr } from "../linalg/sparse.ts";
import { vocabulary, type Vocabulary } from "../linalg/vocabulary.ts";
import { hasVector } from "../index/exact.ts";
import {
  LOCKED,
  PRIVATE,
  WITHDRAWN,
  type Blend,
  type Model,
  type Recency,
} from "../snapshot/model.ts";
import type { PostColumns } from "../data/sqlite/posts.ts";
import { ALS, type AlsParams } from "../models/ials/als.ts";
import { CONFIDENCE, inUnits, ratingScale } from "../models/confidence.ts";
import { meaningFloors } from "../models/mood/floors.ts";
import { MOODS } from "../models/mood/moods.ts";
import { placeholders } from "../models/placeholders.ts";
import {
  freshness,
  popularity,
  TRENDING,
  type PopularityParams,
} from "../models/popularity/popularity.ts";
import type { Features } from "../models/ials/priors.ts";
import { profileTable } from "../models/ials/profile.ts";
import { narrowed } from "../models/ials/narrow.ts";
import { inLists } from "../models/sequence-knn/ivf.ts";
import { STRETCHES, stretches } from "../models/sequence-knn/sequence-knn.ts";
import type { Dataset } from "./dataset.ts";
import { factorise } from "./factorise.ts";
import { labelsOf } from "./labels.ts";
import { confidenceUnit, inOrder, scaled, signalsOf } from "./matrix.ts";
import { neighbourTable, sequenceTable } from "./tables.ts";
import { TUNING } from "./tuning.ts";

/** Likes from which twice as many columns of factors pay, as ML-1M's published results use. */
const WIDE_FROM = 250_000;
const WIDE_K = 128;

const NONE = new Float32Array(0);

/** How a run is tuned. */
export type FitOptions = {
  readonly blend: Blend;
  readonly popularity: PopularityParams;
  readonly recency: Recency;
  readonly seed: number;
  /** Factors begin where these ended. */
  readonly warmStart?: Model | undefined;
  /** {@link Model.duplicates}; not looked for if absent. */
  readonly duplicates?: Int32Array | undefined;
  readonly kernel: Kernel;
  /** Told after each epoch of the factors. */
  readonly onEpoch?: (epoch: number, epochs: number) => void;
};

/** Train every part. Same dataset, options and seed: the same model. */
export async function fitModel(data: Dataset, options: FitOptions): Promise<Model> {
  const { asOfMs, posts, profiles, histories, encoder, tuning = TUNING } = data;
  const { blend, recency, seed } = options;
  const { lambda, alpha0, view, halfLifeDays } = tuning;
  const given = { ...CONFIDENCE, view, halfLifeDays };
  const rows = vocabulary(posts.ids);
  const scale = ratingScale(histories);
  const asGiven = signalsOf(histories, rows, scale, asOfMs, given);
  const unit = confidenceUnit(asGiven);
  const confidence = inUnits(given, unit);
  const signals = scaled(asGiven, unit);
  const isWide = signals.likes.values.length >= WIDE_FROM;
  const als: AlsParams = { ...ALS, lambda, alpha0, ...(isWide && { k: WIDE_K }) };
  const dimension = encoder?.dimension ?? 0;
  const factors = await factorise(
    signals.matrix,
    textFeatures(data),
    profileTable(profiles, dimension),
    {
      params: als,
      seed,
      kernel: options.kernel,
      start: options.warmStart && factorsFrom(options.warmStart, rows, als.k),
      onEpoch: (epoch) => options.onEpoch?.(epoch, als.epochs),
    },
  );
  const createdAtMs = posts.createdAtMs.map((it) => Math.min(it, asOfMs));
  const flags = flagsOf(posts);
  const labels = labelsOf(posts, flags);
  const ordered = inOrder(signals);
  const sequence = await sequenceTable(ordered, options.kernel);
  const steps = await stretchColumns(ordered, factors.postFactors, als.k, options);
  return {
    info: {
      asOfMs,
      seed,
      k: als.k,
      encoder,
      embedded: data.embedded,
      ...labels.info,
      lookBacks: sequence.lookBacks,
      stretchDecays: STRETCHES.decays,
      moods: data.moodVectors.length > 0 ? MOODS.map((it) => it.name) : [],
      settings: { lambda: als.lambda, alpha0: als.alpha0, confidence, recency },
      blend,
    },
    postKeys: posts.ids,
    createdAtMs,
    flags,
    placeholders: placeholders(posts),
    duplicates: options.duplicates ?? new Int32Array(0),
    ...labels.rows,
    ...factors,
    neighbours: await neighbourTable(signals.likes, tuning.easeLambda, options.kernel),
    successors: sequence.successors,
    ...steps,
    popularity: popularity(asGiven.touches, posts, asOfMs, options.popularity),
    trending: popularity(asGiven.touches, posts, asOfMs, TRENDING),
    freshness: freshness(createdAtMs, asOfMs, tuning.freshHalfLifeDays),
    embeddings: data.embeddings,
    moodVectors: data.moodVectors,
    floors: meaningFloors(posts.ids.length, data.embeddings, data.nonsense ?? NONE, dimension),
    ratings: scale.sorted,
  };
}

async function stretchColumns(
  likes: Csr,
  factors: Float32Array,
  k: number,
  { kernel, seed }: FitOptions,
) {
  const width = Math.min(k, STRETCHES.width);
  const vectors = await narrowed(factors, k, width, kernel);
  const steps = await inLists(stretches(likes, vectors, width, STRETCHES), kernel, seed);
  return {
    stretchVectors: vectors === factors ? new Float32Array(0) : vectors,
    stretchStates: steps.states,
    stretchNext: steps.next,
    stretchCentres: steps.centres,
    stretchStarts: steps.starts,
  };
}

/** 1 and the embedding; unknown without a vector. */
function textFeatures({ posts, embeddings, encoder }: Dataset): Features {
  const d = encoder?.dimension ?? 0;
  return {
    width: d + 1,
    known: Uint8Array.from(posts.ids, (_, row) => Number(hasVector(embeddings, row, d))),
    write: (row, into, at) => {
      into[at] = 1;
      into.set(embeddings.subarray(row * d, row * d + d), at + 1);
    },
  };
}

/** Y of an earlier model in today's rows; posts it does not know begin at zero. */
function factorsFrom(model: Model, rows: Vocabulary, k: number): Float32Array | undefined {
  if (model.info.k !== k) return undefined;
  const out = new Float32Array(rows.ids.length * k);
  for (const [before, id] of model.postKeys.entries()) {
    const row = rows.rowOf(id);
    if (row !== undefined) out.set(model.postFactors.subarray(before * k, before * k + k), row * k);
  }
  return out;
}

/** Why each post may not be served; 0 if it may. */
export function flagsOf(posts: PostColumns): Uint8Array {
  return Uint8Array.from(posts.ids, (_, row) => {
    const locked = posts.isLocked[row] ? LOCKED : 0;
    const hidden = posts.isPublic[row] ? 0 : PRIVATE;
    return locked | hidden | (posts.isWithdrawn[row] ? WITHDRAWN : 0);
  });
}
