/** Output of a training run: the catalogue, and a part for every model. */
import type { Category } from "../domain/post.ts";
import type { Weights } from "../domain/known-signals.ts";
import { anyLength, column, type ColumnsOf, type ColumnSpecs, type Part } from "./columns.ts";

/** Bits of {@link Model.flags}. */
export const LOCKED = 1;
export const PRIVATE = 2;
export const WITHDRAWN = 4;
/** Hidden by the app that sent it. */
export const HIDDEN = 8;
/** No post yet: a spare row. */
export const SPARE = 16;

/** Columns of the catalogue: facts about posts that no model has learnt. */
export const CATALOGUE = {
  postKeys: column("Float64Array", "posts"),
  /** Unix epoch milliseconds, clamped to `asOfMs`. */
  createdAtMs: column("Float64Array", "posts"),
  /** Flags that keep a post from being served: {@link LOCKED} | {@link PRIVATE} | {@link WITHDRAWN} | {@link HIDDEN} | {@link SPARE}. */
  flags: column("Uint8Array", "posts"),
  /** From when on a post may not be shown, Unix epoch milliseconds; 0 for one that never expires. */
  expiresAtMs: column("Float64Array", "posts"),
  /** 1 for uploads whose words say nothing about the video. */
  placeholders: column("Uint8Array", "posts"),
  /** The first row of a post's near-duplicates, −1 for a post without any; empty if they were not searched. */
  duplicates: anyLength("Int32Array"),
  /** Index of the main category in `info.categories`; −1 for none. */
  categoryRows: column("Int32Array", "posts"),
  /** Pairs of a row and the index of one more of its categories; empty where no post has several. */
  furtherCategories: anyLength("Int32Array"),
  /** Index in `info.topicCodes`; −1 for none. */
  topicRows: column("Int32Array", "posts"),
  /** Index in `info.creators`; −1 for none. */
  creatorRows: column("Int32Array", "posts"),
  /** Pairs of a tag's hash and a row, by ascending hash: see `models/tags.ts`. */
  tagPairs: anyLength("Uint32Array"),
  /** Unit vectors of the texts; a zero row where a text has none yet. */
  embeddings: column("Float32Array", "posts", "d"),
  /** All ratings in ascending order, from which the quantile of a rating follows. */
  ratings: anyLength("Float32Array"),
  /** Shares watched by the length of the video, see `models/watching.ts`; both empty without any. */
  watchShares: anyLength("Float32Array"),
  watchCounts: anyLength("Uint32Array"),
} as const satisfies ColumnSpecs;

/** Everything that ranking reads. Immutable. */
export type Model = ColumnsOf<typeof CATALOGUE> & {
  readonly info: ModelInfo;
  /** The models' parts by their names. */
  readonly parts: Readonly<Record<string, Part>>;
};

/** The catalogue's facts that are not columns. */
export type ModelInfo = {
  readonly asOfMs: number;
  readonly seed: number;
  /** `undefined` if no text has a vector. */
  readonly encoder: { readonly model: string; readonly dimension: number } | undefined;
  /** Posts whose text had a vector. */
  readonly embedded: number;
  readonly categories: readonly Category[];
  readonly topicCodes: readonly string[];
  readonly creators: readonly string[];
  /** Weights of signals; a signal that is newer than the snapshot has none. */
  readonly confidence: Readonly<{
    weights: Weights;
    dislike: number;
    halfLifeDays: number;
    floor: number;
  }>;
  readonly recency: Recency;
  readonly blend: Blend;
  /** Weight of similarity against relevance in the lists of people with a history; the shipped one if absent. */
  readonly variety?: number;
  /** Settings that were fitted; none with the shipped ones. Absent in snapshots of older builds. */
  readonly fits?: readonly Fit[];
};

/** A setting that was fitted, and what the shipped one would have scored. */
export type Fit = {
  readonly setting: string;
  /** In words or figures. */
  readonly value: string | number;
  /** Held-out observations that decided: look-backs where all people get one list, else people. */
  readonly observations: number;
  /** Mean nDCG over them: of the fitted value, and of the shipped one. */
  readonly nDcg: number;
  readonly shippedNDcg: number;
};

/** Share of an event's confidence that is left for each newer one, 0 to 1, by the name of the model that reads it. */
export type Recency = Readonly<Record<string, number>>;

/** History lengths at which weights are given; linear between, constant outside. */
export const KNOTS = [0, 1, 5, 20] as const;

/** Weights of the score terms, each term standardised per request. */
export type Blend = {
  /** By the name of the term; one number a knot. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** False for the shipped weights. */
  readonly fitted: boolean;
  /** Held-out cases they were fitted on. */
  readonly cases: number;
  /** nDCG@20 on those cases: of the blend, of the `shipped` weights, and of each term alone; absent if not fitted. */
  readonly nDcg: Readonly<Record<string, number>>;
};
