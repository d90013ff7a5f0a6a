/**
 * Confidence: one number for a person and a post, from all their events.
 *
 * Training, serving and evaluation use the same function.
 */
import type { History } from "../domain/history.ts";
import {
  isSeenCode,
  signalNamed,
  signalOf,
  signalWeights,
  type Weights,
} from "../domain/known-signals.ts";
import { SIGNALS } from "../domain/signals.ts";

const DAY_MS = 86_400_000;

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

/** Code of the signal that is read by its quantile. */
const SCALED = Object.values(SIGNALS).find((it) => it.strength.by === "quantile")?.code;

/** All ratings in ascending order, so that a quantile is a binary search. */
export type RatingScale = { readonly sorted: Float32Array };

/** The global distribution of the ratings in `history`. */
export function ratingScale(history: Pick<History, "kinds" | "values" | "withdrawn">): RatingScale {
  const { kinds, values, withdrawn } = history;
  return { sorted: values.filter((_, n) => kinds[n] === SCALED && withdrawn[n] === 0).sort() };
}

/** Share of ratings below `rating`, ties counted half; 0.5 if there are none. */
export function quantile({ sorted }: RatingScale, rating: number): number {
  if (sorted.length === 0) return 0.5;
  const below = lowerBound(sorted, (it) => it < rating);
  const notAbove = lowerBound(sorted, (it) => it <= rating);
  return (below + notAbove) / 2 / sorted.length;
}

/** Number of uniform ratings that smooth the global distribution, since a few real ones are no scale. */
const UNIFORM_RATINGS = 10;

/** The quantile of a rating among all ratings, smoothed. */
function globalQuantile(scale: RatingScale, rating: number): number {
  const n = scale.sorted.length;
  const uniform = Math.min(1, Math.max(0, rating / 100));
  return (n * quantile(scale, rating) + UNIFORM_RATINGS * uniform) / (n + UNIFORM_RATINGS);
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
/** Quantile up to which a rating is no like. */
const MEDIAN = 0.5;

/**
 * Sums up a history. Signals add up; none is a condition for another to count.
 *
 * @param history  One user's, oldest first.
 * @param asOfMs  Ages are measured from here, Unix epoch milliseconds.
 */
export function preferencesOf(
  history: History,
  scale: RatingScale,
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
    const { strength, isPopular, isStep } = signalOf(name);
    out.marks[at]! |= (isPopular ? MARKS.popular : 0) | (isStep ? MARKS.step : 0);
    if (strength.isAbsolute) absolute[at] = 1;
    let share = 1;
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

/** Number of leading entries for which `holds` is true; it must be false for all later ones. */
function lowerBound(sorted: Float32Array, holds: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}
