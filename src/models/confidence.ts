/**
 * Confidence: one number for a person and a post, from all their events.
 *
 * Training, serving and evaluation use the same function.
 */
import { DAY_MS } from "../domain/day.ts";
import { KINDS, type History } from "../domain/history.ts";
import {
  isSeenCode,
  signalNamed,
  signalOf,
  signalWeights,
  type Weights,
} from "../domain/known-signals.ts";
import { globalQuantile, quantile, ratingScale, type RatingScale } from "./rating-scale.ts";
import { isSkip, watchQuantile, watchScale, type WatchScale } from "./watching.ts";

/** Confidence of signals, in units of one rating of the best quantile. */
export type ConfidenceParams = {
  readonly weights: Weights;
  /** Confidence of a dislike. */
  readonly dislike: number;
  /** Age at which a signal has lost half of what recency can take from it, days. */
  readonly halfLifeDays: number;
  /** Share of a signal that no age takes away, 0 to 1. */
  readonly floor: number;
};

/** Defaults, without the weights. */
export const CONFIDENCE = { dislike: 1, halfLifeDays: 365, floor: 0.4 } as const;

/** The defaults with the present weights. */
export function presentConfidence(): ConfidenceParams {
  return { ...CONFIDENCE, weights: signalWeights() };
}

/** Parameters whose confidences are `unit` times as large. */
export function inUnits(params: ConfidenceParams, unit: number): ConfidenceParams {
  const scaled = Object.entries(params.weights).map(([name, weight]) => [name, unit * weight]);
  return {
    ...params,
    weights: Object.fromEntries(scaled) as Weights,
    dislike: unit * params.dislike,
  };
}

/** Reference for values: everybody's ratings, and everybody's views. */
export type Scales = { readonly ratings: RatingScale; readonly watching: WatchScale };

/** The scales of everybody's histories. */
export function scalesOf(history: History): Scales {
  return { ratings: ratingScale(history), watching: watchScale(history) };
}

/** Bits of {@link Preferences.marks}. */
export const MARKS = {
  seen: 1,
  /** Counts in the post's popularity. */
  popular: 2,
  /** A step of the person's sequence, if they like it. */
  step: 4,
  /**
   * A rating at or below the median and no deliberate signal. Training reads it, since it relates posts
   * to each other; a feed does not, since it is no like.
   */
  lukewarm: 8,
  /** Never in a feed of theirs: the dislike was said, not only guessed from a skip. */
  disliked: 16,
} as const;

/** One person's posts, each once, in the order of their last event (oldest first). */
type Preferences = {
  readonly postKeys: Float64Array;
  /** > 0 liked, < 0 disliked; 0 if all events were withdrawn. */
  readonly confidence: Float32Array;
  /** Bits of {@link MARKS}. */
  readonly marks: Uint8Array;
  /** Time of the last event, Unix epoch milliseconds. */
  readonly lastAtMs: Float64Array;
};

/** Number of a person's own ratings that weigh as much as the global distribution. */
const OWN_RATINGS = 10;
/** Quantile below which a rating is a dislike. */
const DISLIKED_QUANTILE = 0.1;
/** Factor of a view that was a skip: what a view and a skip add up to. */
const SKIPPED = -0.25;
/** Quantile up to which a rating is no like. */
const MEDIAN = 0.5;

/**
 * Sums up a history. Signals add up; none is a condition for another to count. The n-th event of a kind
 * counts 1/n, so that the sum grows as ln n:
 * 5,000 views of a post are worth nine.
 *
 * @param history  One user's, oldest first.
 * @param asOfMs  Ages are measured from here, Unix epoch milliseconds.
 */
export function preferencesOf(
  history: History,
  { ratings: scale, watching }: Scales,
  asOfMs: number,
  params: ConfidenceParams,
): Preferences {
  const own = ratingScale(history);
  const n = own.sorted.length;
  const places = new Map<number, number>();
  for (let i = history.postKeys.length - 1; i >= 0; i--)
    if (!places.has(history.postKeys[i]!)) places.set(history.postKeys[i]!, places.size);
  const size = places.size;
  const out = {
    postKeys: new Float64Array(size),
    confidence: new Float32Array(size),
    marks: new Uint8Array(size),
    lastAtMs: new Float64Array(size),
  };
  const nthOf = counter();
  const flags = () => new Uint8Array(size);
  const [absolute, negative, lowest] = [flags(), flags(), flags()];
  const [lukewarm, deliberate] = [flags(), flags()];
  for (const [i, id] of history.postKeys.entries()) {
    const at = size - 1 - places.get(id)!;
    out.postKeys[at] = id;
    out.lastAtMs[at] = Math.max(out.lastAtMs[at]!, history.atMs[i]!);
    if (isSeenCode(history.kinds[i]!)) out.marks[at]! |= MARKS.seen;
    const name = signalNamed(history.kinds[i]!);
    if (history.withdrawn[i] || name === undefined) continue;
    const { code, repeats, strength, isPopular, isStep } = signalOf(name);
    let share = 1;
    if (strength.by === "watching") {
      const [watchedMs, durationMs] = [history.watchedMs[i]!, history.durationMs[i]!];
      const quantile = watchQuantile(watching, watchedMs, durationMs);
      share = isSkip(watchedMs, durationMs) ? SKIPPED : 2 * (quantile ?? 0.5);
      // Of a post that we chose, watching it is no choice of theirs: half of the views say no.
      if (quantile !== undefined && history.attributed[i] === 1)
        share = (quantile > MEDIAN ? 2 : 1) * (2 * quantile - 1);
    }
    if (share >= 0) out.marks[at]! |= (isPopular ? MARKS.popular : 0) | (isStep ? MARKS.step : 0);
    if (strength.isAbsolute) absolute[at] = 1;
    if (strength.by === "quantile") {
      const value = history.values[i]!;
      const global = globalQuantile(scale, value);
      share = (n * quantile(own, value) + OWN_RATINGS * global) / (n + OWN_RATINGS);
      negative[at] = Number(value < 0);
      // A person's few ratings are no scale.
      const isBelowOwn = n < OWN_RATINGS || quantile(own, value) <= MEDIAN;
      lukewarm[at] = Number(global <= MEDIAN && isBelowOwn);
      lowest[at] = Number(global <= MEDIAN && quantile(scale, value) < DISLIKED_QUANTILE);
    }
    if (strength.isDeliberate) deliberate[at] = 1;
    if (repeats === "adds") share /= nthOf(at * KINDS + code);
    const ageDays = Math.max(0, asOfMs - history.atMs[i]!) / DAY_MS;
    const recency = params.floor + (1 - params.floor) * 0.5 ** (ageDays / params.halfLifeDays);
    out.confidence[at]! += recency * ((params.weights[name] ?? 0) * share);
  }
  for (let at = 0; at < size; at++) {
    const isLowest = lowest[at] === 1 && deliberate[at] === 0;
    const isDisliked = absolute[at] === 1 || negative[at] === 1 || isLowest;
    if (isDisliked) out.confidence[at] = -params.dislike;
    const isSaid = isDisliked || deliberate[at] === 1;
    if (isSaid && out.confidence[at]! < 0) out.marks[at]! |= MARKS.disliked;
    if (lukewarm[at] === 1 && !isSaid) out.marks[at]! |= MARKS.lukewarm;
  }
  return out;
}

/** Counts how often it is called with each key. */
function counter(): (key: number) => number {
  const counts = new Map<number, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
