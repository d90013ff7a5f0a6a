/**
 * The baselines: published models, trained on unweighted likes.
 *
 * They get the same training data as the ranker, without confidence, recency, features or blend.
 */
import { type Baseline, POPULARITY } from "../evaluation/systems.ts";
import type { Dataset } from "../training/dataset.ts";
import { factorise } from "../models/ials/factorise.ts";
import { signalsOf } from "../training/matrix.ts";
import type { Progress } from "../training/run.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import type { Csr, TopTable } from "../linalg/sparse.ts";
import { heap } from "../linalg/arena.ts";
import { gather } from "../linalg/vector-ops.ts";
import { dotRows, normalise } from "../linalg/vector.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import { hasVector } from "../index/exact.ts";
import { likedRows } from "../models/person.ts";
import { foldIn, type AlsParams } from "../models/ials/als.ts";
import { presentConfidence, scalesOf } from "../models/confidence.ts";
import { EASE, ease, type EaseParams } from "../models/item-item/ease.ts";
import { NEIGHBOURS, neighbours } from "../models/item-item/neighbours.ts";
import { featureTable } from "../models/ials/priors.ts";
import { successors, TABLE, TRANSITIONS } from "./transitions.ts";

/** Inputs of {@link trainBaselines}. */
type BaselineOptions = {
  readonly data: Dataset;
  readonly als: AlsParams;
  readonly kernel: Kernel;
  readonly seed: number;
  /** True for the names of the baselines to train. */
  readonly isIncluded: (name: string) => boolean;
  readonly onProgress: Progress;
};

/** Unweighted likes `[users × posts]` and their counts. */
type PlainLikes = {
  /** A person's likes from oldest to newest. */
  readonly likes: Csr;
  /** Time of each like, Unix epoch milliseconds. */
  readonly atMs: Float64Array;
  readonly counts: Uint32Array;
  /** Number of people who like at least one post. */
  readonly people: number;
};

/** 20 neighbours a post: more lose recall@20 on a validation part of MovieLens-1M. */
const ITEM_KNN = { ...NEIGHBOURS, m: 20 };

/** Positive preferences of a dataset, each with weight 1. */
export function plainLikes({ histories, posts, asOfMs }: Dataset): PlainLikes {
  const rows = vocabulary(posts.keys);
  const signals = signalsOf(histories, rows, scalesOf(histories), asOfMs, presentConfidence());
  const likes = { ...signals.likes, values: signals.likes.values.map(() => 1) };
  const counts = new Uint32Array(likes.columnCount);
  for (const row of likes.columns) counts[row]!++;
  const people = likes.rowStart.filter((it, n) => n > 0 && it > likes.rowStart[n - 1]!).length;
  const atMs = signals.atMs.filter((_, n) => signals.matrix.values[n]! > 0);
  return { likes, atMs, counts, people };
}

/** Names of the baselines, in the order of the report. */
export const BASELINES = [
  POPULARITY,
  "item-kNN",
  "EASE",
  "iALS",
  "content",
  "transitions",
] as const;

/** Trains the baselines that compete. */
export async function trainBaselines(
  plain: PlainLikes,
  options: BaselineOptions,
): Promise<Baseline[]> {
  const { likes, counts } = plain;
  const { data, kernel, isIncluded, onProgress } = options;
  const likers = Float32Array.from(counts);
  const makers: Record<(typeof BASELINES)[number], () => Promise<Baseline["score"]>> = {
    [POPULARITY]: async () => (_, rows) => gather(heap, likers, rows),
    "item-kNN": async () => fromTable(neighbours(likes, ITEM_KNN)),
    EASE: async () => fromTable(await ease(likes, plainEase(likes), kernel)),
    iALS: () => plainFactors(likes, options),
    content: async () => centroid(data),
    transitions: async () => fromTable(successors(likes, TABLE), TRANSITIONS[0]),
  };
  const trained: Baseline[] = [];
  const names = BASELINES.filter(isIncluded);
  for (const name of names) {
    trained.push({ name, score: await makers[name]() });
    onProgress("training the baselines", trained.length, names.length);
  }
  return trained;
}

/** EASE as published: one λ, no denoising, and all weights of catalogues up to 4,000 posts. */
function plainEase({ columnCount }: Csr): EaseParams {
  return { ...EASE, denoising: 0, fairness: 0, lowRank: 0, m: Math.min(columnCount, 4_000) };
}

/** Sums of a table's rows over the newest `window` likes, weighted by `decay` to the power of age. */
function fromTable(
  table: TopTable,
  { decay, window } = { decay: 1, window: Infinity },
): Baseline["score"] {
  return (query, rows) => {
    const sums = new Float32Array(query.model.postKeys.length);
    const liked = likedRows(query.person);
    for (let age = 0; age < Math.min(window, liked.length); age++) {
      const start = liked[liked.length - 1 - age]! * table.m;
      const weight = decay ** age;
      for (let p = start; p < start + table.m && table.scores[p] !== 0; p++)
        sums[table.rows[p]!]! += weight * table.scores[p]!;
    }
    return gather(heap, sums, rows);
  };
}

/** iALS without features, with the same confidence in every like. */
async function plainFactors(
  likes: Csr,
  { als, kernel, seed }: BaselineOptions,
): Promise<Baseline["score"]> {
  const none = (rows: number) => featureTable(new Float32Array(rows), 1, new Uint8Array(rows));
  const users = none(likes.rowStart.length - 1);
  const posts = none(likes.columnCount);
  const run = { params: als, kernel, seed };
  const { postFactors, gram } = await factorise(likes, posts, users, run);
  return (query, rows) => {
    const liked = likedRows(query.person);
    if (liked.length === 0) return new Float32Array(rows.length);
    const observed = { rows: liked, confidence: new Float32Array(liked.length).fill(1) };
    const x = Float32Array.from(foldIn(gram, postFactors, observed, als));
    return Float32Array.from(rows, (row) => dotRows(x, 0, postFactors, row, als.k));
  };
}

/** Cosine of a text vector with the mean vector of the person's likes. */
function centroid({ embeddings, encoder }: Dataset): Baseline["score"] {
  const d = encoder?.dimension ?? 0;
  return (query, rows) => {
    const mean = new Float32Array(d);
    for (const row of likedRows(query.person))
      for (let i = 0; i < d; i++) mean[i]! += embeddings[row * d + i]!;
    normalise(mean);
    return Float32Array.from(rows, (row) =>
      hasVector(embeddings, row, d) ? dotRows(mean, 0, embeddings, row, d) : 0,
    );
  };
}
