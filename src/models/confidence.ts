/**
 * Confidence: one number for a person and a post, from every signal between them.
 *
 * One function for training, serving and evaluation, so that all three see the same person.
 */
import type { History } from "../domain/history.ts";
import {
  codesWhere,
  isSignal,
  signalNamed,
  SIGNALS,
  WEIGHTS,
  type Weights,
} from "../domain/signals.ts";

const DAY_MS = 86_400_000;

/** Confidence of signals, in units of one rating of the best quantile. */
export type ConfidenceParams = Weights & {
  /** Confidence of a dislike. */
  readonly dislike: number;
  /** Age at which a signal has lost half of what recency can take from it, days. */
  readonly halfLifeDays: number;
  /** Share of a signal that no age takes away, 0 to 1. */
  readonly floor: number;
};

/** Defaults. */
export const CONFIDENCE = {
  ...WEIGHTS,
  dislike: 1,
  halfLifeDays: 365,
  floor: 0.4,
} satisfies ConfidenceParams;

/** Parameters whose confidences are `unit` times as large. */
export function inUnits(params: ConfidenceParams, unit: number): ConfidenceParams {
  const scaled = ([name, weight]: [string, number]) =>
    isSignal(name) || name === "dislike" ? [name, unit * weight] : [name, weight];
  return Object.fromEntries(Object.entries(params).map(scaled)) as ConfidenceParams;
}

/** Codes of the signals that are read by their quantile. */
const SCALED = new Set(codesWhere((it) => it.strength.by === "quantile"));

/** All ratings in ascending order, so that a quantile is a binary search. */
export type RatingScale = { readonly sorted: Float32Array };

/** The global distribution of the ratings in `history`. */
export function ratingScale(history: Pick<History, "kinds" | "values" | "withdrawn">): RatingScale {
  const { kinds, values, withdrawn } = history;
  return { sorted: values.filter((_, n) => SCALED.has(kinds[n]!) && withdrawn[n] === 0).sort() };
}

/** Share of ratings below `rating`, ties counted half; 0.5 if there are none. */
export function quantile({ sorted }: RatingScale, rating: number): number {
  if (sorted.length === 0) return 0.5;
  const below = lowerBound(sorted, (it) => it < rating);
  const notAbove = lowerBound(sorted, (it) => it <= rating);
  return (below + notAbove) / 2 / sorted.length;
}

/** Evenly spread ratings that are added to everybody's, since a few real ones are no scale. */
const EVEN_RATINGS = 10;

/** The quantile of a rating among everybody's. */
function standing(crowd: RatingScale, rating: number): number {
  const n = crowd.sorted.length;
  const even = Math.min(1, Math.max(0, rating / 100));
  return (n * quantile(crowd, rating) + EVEN_RATINGS * even) / (n + EVEN_RATINGS);
}

/** One person's posts, each once, in the order of the last interaction (oldest first). */
type Preferences = {
  readonly postKeys: Float64Array;
  /** > 0 liked, < 0 disliked, by how much; 0 where nothing holds any more. */
  readonly confidence: Float32Array;
  /**
   * 1 where a rating at or below the middle is the last word. Such a post tells what is kin to what,
   * which training reads from everybody; it is no liking, which is what a feed is made from.
   */
  readonly isLukewarm: Uint8Array;
  /** Time of the last interaction, Unix epoch milliseconds. */
  readonly lastAtMs: Float64Array;
};

/** Ratings of one's own that weigh as much as the global distribution. */
const OWN_RATINGS = 10;
const DISLIKED_QUANTILE = 0.1;
/** Quantile up to which a rating is no liking. */
const MIDDLE = 0.5;

/**
 * Sum a history up, by union of the signals: no kind is a condition for another to count.
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
    isLukewarm: new Uint8Array(size),
    lastAtMs: new Float64Array(size),
  };
  const [negative, lowest, pressed] = [0, 1, 2].map(() => new Uint8Array(size));
  for (const [i, id] of history.postKeys.entries()) {
    const at = size - 1 - places.get(id)!;
    out.postKeys[at] = id;
    out.lastAtMs[at] = Math.max(out.lastAtMs[at]!, history.atMs[i]!);
    const name = signalNamed(history.kinds[i]!);
    if (history.withdrawn[i] || name === undefined) continue;
    const { strength } = SIGNALS[name];
    let share = 1;
    if (strength.by === "quantile") {
      const value = history.values[i]!;
      const among = standing(scale, value);
      share = (n * quantile(own, value) + OWN_RATINGS * among) / (n + OWN_RATINGS);
      negative![at] = Number(value < 0);
      // A few ratings of one's own are no scale.
      const isBelowOwn = n < OWN_RATINGS || quantile(own, value) <= MIDDLE;
      out.isLukewarm[at] = Number(among <= MIDDLE && isBelowOwn);
      lowest![at] = Number(among <= MIDDLE && quantile(scale, value) < DISLIKED_QUANTILE);
    }
    if (strength.isDeliberate) pressed![at] = 1;
    const ageDays = Math.max(0, asOfMs - history.atMs[i]!) / DAY_MS;
    const recency = params.floor + (1 - params.floor) * 0.5 ** (ageDays / params.halfLifeDays);
    out.confidence[at]! += recency * ((params[name] ?? 0) * share);
  }
  for (let at = 0; at < size; at++) {
    const isDisliked = negative![at] === 1 || (lowest![at] === 1 && pressed![at] === 0);
    if (isDisliked) out.confidence[at] = -params.dislike;
    if (isDisliked || pressed![at] === 1) out.isLukewarm[at] = 0;
  }
  return out;
}

/** Number of leading entries that satisfy `holds`, which must be true up to some place and false after. */
function lowerBound(sorted: Float32Array, holds: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}
