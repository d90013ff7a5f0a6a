/**
 * What one training run produced and serving needs: flat columns and a little JSON.
 *
 * Here: posts = rows of the catalogue, k = columns of the factors, d = width of an embedding.
 */
import type { Weights } from "../domain/signals.ts";
import type { TopTable } from "../linalg/sparse.ts";

/** Bits of {@link Model.flags}. */
export const LOCKED = 1;
export const PRIVATE = 2;
export const WITHDRAWN = 4;

/** Everything a feed is ranked from. Immutable. */
export type Model = {
  readonly info: ModelInfo;
  readonly postKeys: Float64Array;
  /** Unix epoch milliseconds, clamped to `asOfMs`. */
  readonly createdAtMs: Float64Array;
  /** Why a post may not be served: {@link LOCKED} | {@link PRIVATE} | {@link WITHDRAWN}. */
  readonly flags: Uint8Array;
  /** 1 for uploads whose words say nothing of a video `[posts]`. */
  readonly placeholders: Uint8Array;
  /** The first row of a post's near-duplicates, −1 for a post that has none `[posts]`; empty if not looked for. */
  readonly duplicates: Int32Array;
  /** Place in `info.categories`; −1 for none. */
  readonly categoryRows: Int32Array;
  /** Place in `info.topicCodes`; −1 for none. */
  readonly topicRows: Int32Array;
  /** Y `[posts × k]`. */
  readonly postFactors: Float32Array;
  /** α₀YᵀY `[k × k]`. */
  readonly gram: Float64Array;
  /** From a profile's features to a user's prior mean, `[features × k]`; empty if not learnt. */
  readonly userMap: Float32Array;
  readonly neighbours: TopTable;
  /** Row `block × posts + post`. */
  readonly successors: TopTable;
  /** Stretches: what states are summed up from, `[posts × width]`; empty if it is the factors. */
  readonly stretchVectors: Float32Array;
  /** States of all steps in 8 bits, `[steps × blocks × width]`. */
  readonly stretchStates: Int8Array;
  /** What came next and after that, −1 for none, `[steps × 2]`. */
  readonly stretchNext: Int32Array;
  /** Steps lie in lists of similar states: the mean state of each `[lists × blocks × width]`; empty: in none. */
  readonly stretchCentres: Int8Array;
  /** List n is steps `[n]` up to `[n + 1]`, `[lists + 1]`; empty if in none. */
  readonly stretchStarts: Uint32Array;
  /** Smoothed and decayed, `[posts]`. */
  readonly popularity: Float32Array;
  /** The same with a half-life of a day, `[posts]`. */
  readonly trending: Float32Array;
  /** 1 when new, falling to 0, `[posts]`. */
  readonly freshness: Float32Array;
  /** Unit vectors `[posts × d]`; a zero row where the text has none yet. */
  readonly embeddings: Float32Array;
  /** Unit vectors of the named moods `[moods × d]`; empty until they are encoded. */
  readonly moodVectors: Float32Array;
  /** The similarity above which a text is about a post `[posts]`. */
  readonly floors: Float32Array;
  /** Ratings in ascending order: what a rating's quantile is read from. */
  readonly ratings: Float32Array;
};

/** The part of a model that is not columns. */
export type ModelInfo = {
  readonly asOfMs: number;
  readonly seed: number;
  readonly k: number;
  /** `undefined` if no text has a vector. */
  readonly encoder: { readonly model: string; readonly dimension: number } | undefined;
  /** Posts whose text had a vector. */
  readonly embedded: number;
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly topicCodes: readonly string[];
  /** The blocks of `successors`: how each looks back on a history. */
  readonly lookBacks: readonly LookBack[];
  /** The blocks of a state: how each fades from one post to the next older one. */
  readonly stretchDecays: readonly number[];
  /** Names of the rows of `moodVectors`. */
  readonly moods: readonly string[];
  readonly settings: ModelSettings;
  readonly blend: Blend;
};

/** One way to look back: the newest `window` posts, each counting `decay` of the next newer one. */
export type LookBack = {
  readonly decay: number;
  readonly window: number;
  /** Weight of the block as a whole. */
  readonly scale: number;
};

/** The parameters it was trained with, which serving folds in with. */
export type ModelSettings = {
  readonly lambda: number;
  readonly alpha0: number;
  /** A signal that is newer than the model counts nothing. */
  readonly confidence: Weights & Readonly<{ dislike: number; halfLifeDays: number; floor: number }>;
  readonly recency: Recency;
};

/**
 * What is left of an interaction's confidence for each newer one in the query, 0 to 1 (1 = nothing
 * is lost): of the query that is folded in, and of that which is looked up among neighbours.
 */
export type Recency = { readonly collaborative: number; readonly neighbours: number };

/** History lengths at which weights are given; linear between, constant outside. */
export const KNOTS = [0, 1, 5, 20] as const;

/** The terms of a score, in the order of their columns. */
export const TERMS = [
  "collaborative",
  "neighbours",
  "sequence",
  "stretches",
  "similar",
  "popular",
  "trending",
  "fresh",
] as const;
export type Term = (typeof TERMS)[number];

/** Weights of the score terms, each term standardised per request. */
export type Blend = {
  /** One number a knot. */
  readonly weights: Readonly<Record<Term, readonly number[]>>;
  /** Whether they were fitted on this store, or are the shipped ones. */
  readonly fitted: boolean;
  /** Held-out cases they were fitted on. */
  readonly cases: number;
  /** nDCG@20 on those cases, of the blend and of each part alone; absent if not fitted. */
  readonly nDcg: Readonly<Record<string, number>>;
};
