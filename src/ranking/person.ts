/** A stored history as ranking reads it: rows of one model instead of ids. */
import type { History } from "../domain/history.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Model, Recency } from "../snapshot/model.ts";
import { foldIn } from "../models/ials/als.ts";
import { collaborativePart } from "../models/ials/model.ts";
import { tastes } from "../models/confidence.ts";

/** Who a feed is for. Every list is ordered from the oldest to the newest interaction. */
export type Person = {
  /** Posts in the history, those the model does not know included. */
  readonly length: number;
  /** Rows of every post ever touched. */
  readonly seen: Uint32Array;
  /** Rows of the posts that they dislike. */
  readonly disliked: Uint32Array;
  /** Rows with a confidence: > 0 liked, < 0 disliked. */
  readonly rows: Uint32Array;
  readonly confidence: Float32Array;
  /** The same, the older the less: what neighbours are looked up with. */
  readonly recent: Float32Array;
  /** x `[k]`; `undefined` for somebody of whom neither history nor profile says anything. */
  readonly factors: Float32Array | undefined;
};

/**
 * How the past fades in a query, until a store has enough held-out cases to fit it: .8 to .93 where
 * that was fitted.
 */
export const RECENCY: Recency = { collaborative: 0.93, neighbours: 0.93 };
/** What is left of the oldest at least: in 32 bits a dislike must not fade to 0. */
const DECAYED_MIN = 1e-9;

/**
 * Sum a history up against a model.
 *
 * @param rowOf  The model's posts.
 * @param prior  μ of the person's profile `[k]`, if there is one.
 * @param recency  Of the query; the model's unless another is tried.
 */
export function personOf(
  model: Model,
  rowOf: Vocabulary["rowOf"],
  history: History,
  prior?: Float32Array,
  recency: Recency = model.info.recency,
): Person {
  const { confidence: params, asOfMs } = model.info;
  const taste = tastes(history, { sorted: model.ratings }, asOfMs, params);
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
  const all = { rows: Uint32Array.from(rows), confidence: Float32Array.from(confidence) };
  const faded = (decay: number) =>
    all.confidence.map((c, n) => c * Math.max(decay ** ages[n]!, DECAYED_MIN));
  const ials = collaborativePart.of(model);
  const { gram, postFactors } = ials.columns;
  const known = rows.length > 0 && postFactors.length > 0;
  const observed = { rows: all.rows, confidence: faded(recency.collaborative) };
  return {
    length: size,
    seen: Uint32Array.from(seen),
    disliked: all.rows.filter((_, n) => all.confidence[n]! < 0),
    ...all,
    recent: faded(recency.neighbours),
    factors: known
      ? Float32Array.from(foldIn(gram, postFactors, observed, ials.info, prior))
      : prior,
  };
}

/** The history length that the blend's weights go by: who has neither liked nor disliked is a newcomer. */
export function toldLength({ rows, length }: Person): number {
  return rows.length === 0 ? 0 : length;
}

/** How many posts were touched later than each one: what happened at one moment is equally old. */
function newerPosts(atMs: Float64Array): Uint32Array {
  const newer = new Uint32Array(atMs.length);
  for (let n = atMs.length - 2; n >= 0; n--)
    newer[n] = atMs[n]! < atMs[n + 1]! ? atMs.length - 1 - n : newer[n + 1]!;
  return newer;
}
