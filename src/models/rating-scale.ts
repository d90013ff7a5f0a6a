/** Rating scale: the distribution of all ratings, by which one is high or low. */
import type { History } from "../domain/history.ts";
import { SIGNALS } from "../domain/signals.ts";

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
export function globalQuantile(scale: RatingScale, rating: number): number {
  const n = scale.sorted.length;
  const uniform = Math.min(1, Math.max(0, rating / 100));
  return (n * quantile(scale, rating) + UNIFORM_RATINGS * uniform) / (n + UNIFORM_RATINGS);
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
