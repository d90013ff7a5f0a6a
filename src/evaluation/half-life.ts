/** Standardised scores by freshness, as they are with another half-life. */
import { NEUTRAL } from "../domain/adjustments.ts";
import { compressed } from "../linalg/rank-wasm/columns.ts";
import { deviationOf, meanOf } from "../linalg/vector.ts";
import { slowed } from "../models/freshness/model.ts";

/** Freshness of some candidates of a request, and of all, by which scores are standardised. */
export type CandidateFreshness = { readonly some: Float32Array; readonly all: Float32Array };

/**
 * The scores of some candidates with a half-life times `factor`.
 *
 * @param scores  With the half-life that was fitted.
 */
export function withHalfLife(
  scores: Float32Array,
  { some, all }: CandidateFreshness,
  factor: number,
): Float32Array {
  if (factor === NEUTRAL) return scores;
  const whole = slowed(all.slice(), factor);
  const [mean, deviation] = [meanOf(whole), deviationOf(whole)];
  const scale = deviation > 0 ? 1 / deviation : 0;
  return slowed(some.slice(), factor).map((it) => compressed((it - mean) * scale));
}
