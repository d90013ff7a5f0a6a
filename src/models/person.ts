/** A person: a history as models read it, with rows of one snapshot instead of keys. */
import type { History } from "../domain/history.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Model, Recency } from "../snapshot/model.ts";
import { MARKS, preferencesOf, type Scales } from "./confidence.ts";

/** A person to rank for. Every list is ordered from the oldest to the newest event. */
export type Person = {
  /** Number of posts in the history, including posts that are not in the snapshot. */
  readonly length: number;
  /** Rows of all posts that they have seen. */
  readonly seen: Uint32Array;
  /** Rows of the posts that they said they dislike. */
  readonly disliked: Uint32Array;
  /** Rows with a confidence: > 0 liked, < 0 disliked. */
  readonly rows: Uint32Array;
  readonly confidence: Float32Array;
  /** Number of posts with a later last event, for each of `rows`. */
  readonly newer: Uint32Array;
  readonly profile: ProfileFacts | undefined;
  /** Decay of older events by model. */
  readonly recency: Recency;
};

/** The facts of a profile that models read. */
export type ProfileFacts = {
  /** Raw counts, always the same ones in the same order. */
  readonly counters: readonly number[];
  /** Embedding of bio, role and user type `[d]`; `undefined` if there is none. */
  readonly vector: Float32Array | undefined;
};

/** Lower bound of the decay, so that an old dislike does not underflow to 0 ("no preference") in float32. */
export const DECAY_MIN = 1e-9;

/**
 * The person of a history in one snapshot.
 *
 * @param rowOf  Row of a post key in the snapshot.
 * @param recency  By default the snapshot's.
 */
export function personOf(
  model: Model,
  rowOf: Vocabulary["rowOf"],
  history: History,
  profile?: ProfileFacts,
  recency: Recency = model.info.recency,
): Person {
  const { confidence: params, asOfMs } = model.info;
  const preferences = preferencesOf(history, scalesIn(model), asOfMs, params);
  const size = preferences.postKeys.length;
  const [seen, disliked]: [number[], number[]] = [[], []];
  const rows: number[] = [];
  const confidence: number[] = [];
  const ages: number[] = [];
  const newer = newerPosts(preferences.lastAtMs);
  for (let n = 0; n < size; n++) {
    const row = rowOf(preferences.postKeys[n]!);
    if (row === undefined) continue;
    const marks = preferences.marks[n]!;
    if (marks & MARKS.seen) seen.push(row);
    if (marks & MARKS.disliked) disliked.push(row);
    if (preferences.confidence[n] === 0 || marks & MARKS.lukewarm) continue;
    rows.push(row);
    confidence.push(preferences.confidence[n]!);
    ages.push(newer[n]!);
  }
  return {
    length: size,
    seen: Uint32Array.from(seen),
    disliked: Uint32Array.from(disliked),
    rows: Uint32Array.from(rows),
    confidence: Float32Array.from(confidence),
    newer: Uint32Array.from(ages),
    profile,
    recency,
  };
}

/** The scales of a snapshot. */
export function scalesIn({ ratings, watchShares, watchCounts }: Model): Scales {
  return { ratings: { sorted: ratings }, watching: { shares: watchShares, counts: watchCounts } };
}

/** Confidences of the rows, with one model's decay of older posts. */
export function decayed({ confidence, newer, recency }: Person, model: string): Float32Array {
  const decay = recency[model] ?? 1;
  return confidence.map((c, n) => c * Math.max(decay ** newer[n]!, DECAY_MIN));
}

/** Sums of `values`, which belong to the posts `rows`, for each post of a person's history. */
export function spread(person: Person, rows: ArrayLike<number>, values: Float32Array) {
  const sums = new Map<number, number>();
  for (let n = 0; n < rows.length; n++) sums.set(rows[n]!, (sums.get(rows[n]!) ?? 0) + values[n]!);
  return Float32Array.from(person.rows, (row) => sums.get(row) ?? 0);
}

/** Rows of the liked posts. */
export function likedRows({ rows, confidence }: Person): Uint32Array {
  return rows.filter((_, n) => confidence[n]! > 0);
}

/** The history length for the blend's weights: 0 for a person without likes and dislikes. */
export function blendLength({ rows, length }: Person): number {
  return rows.length === 0 ? 0 : length;
}

/** Number of posts with a later last event, for each post; events of one moment are equally old. */
function newerPosts(atMs: Float64Array): Uint32Array {
  const newer = new Uint32Array(atMs.length);
  for (let n = atMs.length - 2; n >= 0; n--)
    newer[n] = atMs[n]! < atMs[n + 1]! ? atMs.length - 1 - n : newer[n + 1]!;
  return newer;
}
