/** Standardised scores by freshness, as they are with another half-life. */
import { NEUTRAL } from "../domain/adjustments.ts";
import { compressed, expanded } from "../linalg/rank-wasm/columns.ts";
import { deviationOf, meanOf } from "../linalg/vector.ts";
import { slowed } from "../models/freshness/model.ts";

/**
 * Scores of some of the candidates of a request, changed in place. Mean and deviation over all candidates follow from
 * those over some as they did before: the ratio of the deviations stays.
 *
 * @param scores  Standardised over all candidates.
 * @param freshness  Of the same candidates.
 * @param factor  Of the half-life.
 */
export function withHalfLife(
  scores: Float32Array,
  freshness: Float32Array,
  factor: number,
): Float32Array {
  const [old, young] = [freshness.indexOf(Math.min(...freshness)), freshness.indexOf(Math.max(...freshness))]; // prettier-ignore
  const spread = expanded(scores[young] ?? 0) - expanded(scores[old] ?? 0);
  if (factor === NEUTRAL || spread === 0) return scores;
  const scale = (freshness[young]! - freshness[old]!) / spread;
  const mean = freshness[old]! - scale * expanded(scores[old]!);
  const after = slowed(freshness.slice(), factor);
  const ratio = deviationOf(after) / deviationOf(freshness);
  const meanAfter = meanOf(after) + (mean - meanOf(freshness)) * ratio;
  for (let n = 0; n < scores.length; n++)
    scores[n] = compressed((after[n]! - meanAfter) / (scale * ratio));
  return scores;
}
