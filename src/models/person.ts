/** A person: a stored history as models read it, in rows of one snapshot instead of keys. */
import type { History } from "../domain/history.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Model, Recency } from "../snapshot/model.ts";
import { preferencesOf } from "./confidence.ts";

/** A person to rank for. Every list is ordered from the oldest to the newest event. */
export type Person = {
  /** Posts in the history, those the snapshot does not know included. */
  readonly length: number;
  /** Rows of every post ever touched. */
  readonly seen: Uint32Array;
  /** Rows of the posts that they dislike. */
  readonly disliked: Uint32Array;
  /** Rows with a confidence: > 0 liked, < 0 disliked. */
  readonly rows: Uint32Array;
  readonly confidence: Float32Array;
  /** Posts of the history that were touched later than each row's. */
  readonly newer: Uint32Array;
  readonly profile: ProfileFacts | undefined;
  /** Decay of older events by model. */
  readonly recency: Recency;
};

/** A profile as models read it. */
export type ProfileFacts = {
  /** Raw counts, always the same ones in the same order. */
  readonly counters: readonly number[];
  /** Embedding of bio, role and user type `[d]`; `undefined` if there is none. */
  readonly vector: Float32Array | undefined;
};

/** Lower bound of the decay, so that an old dislike does not underflow to 0 ("no preference") in float32. */
const DECAY_MIN = 1e-9;

/**
 * Sum a history up against a snapshot.
 *
 * @param rowOf  The snapshot's posts.
 * @param recency  The snapshot's, unless another is tried.
 */
export function personOf(
  model: Model,
  rowOf: Vocabulary["rowOf"],
  history: History,
  profile?: ProfileFacts,
  recency: Recency = model.info.recency,
): Person {
  const { confidence: params, asOfMs } = model.info;
  const taste = preferencesOf(history, { sorted: model.ratings }, asOfMs, params);
  const size = taste.postKeys.length;
  const seen: number[] = [];
  const rows: number[] = [];
  const confidence: number[] = [];
  const ages: number[] = [];
  const newer = newerPosts(taste.lastAtMs);
  for (let n = 0; n < size; n++) {
    const row = rowOf(taste.postKeys[n]!);
    if (row === undefined) continue;
    seen.push(row);
    if (taste.confidence[n] === 0 || taste.isLukewarm[n] === 1) continue;
    rows.push(row);
    confidence.push(taste.confidence[n]!);
    ages.push(newer[n]!);
  }
  return {
    length: size,
    seen: Uint32Array.from(seen),
    disliked: Uint32Array.from(rows.filter((_, n) => confidence[n]! < 0)),
    rows: Uint32Array.from(rows),
    confidence: Float32Array.from(confidence),
    newer: Uint32Array.from(ages),
    profile,
    recency,
  };
}

/** Confidences in the rows, those of older posts faded as one model does. */
export function faded({ confidence, newer, recency }: Person, model: string): Float32Array {
  const decay = recency[model] ?? 1;
  return confidence.map((c, n) => c * Math.max(decay ** newer[n]!, DECAY_MIN));
}

/** Rows of the liked posts. */
export function likedRows({ rows, confidence }: Person): Uint32Array {
  return rows.filter((_, n) => confidence[n]! > 0);
}

/** The history length that the blend's weights go by: who has neither liked nor disliked is a newcomer. */
export function toldLength({ rows, length }: Person): number {
  return rows.length === 0 ? 0 : length;
}

/** Number of posts that were touched later than each one; events of one moment are equally old. */
function newerPosts(atMs: Float64Array): Uint32Array {
  const newer = new Uint32Array(atMs.length);
  for (let n = atMs.length - 2; n >= 0; n--)
    newer[n] = atMs[n]! < atMs[n + 1]! ? atMs.length - 1 - n : newer[n + 1]!;
  return newer;
}
