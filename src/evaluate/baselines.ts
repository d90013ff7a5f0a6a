/** Recommenders that know nobody: what a personal feed must beat. */
import type { Histories } from "../domain.ts";
import type { Vocabulary } from "../math/vocabulary.ts";
import { CONFIDENCE, ratingScale, tastes } from "../train/confidence.ts";
import { historyOf } from "./histories.ts";

/** How many people ever liked each post `[posts]`: popularity without decay, smoothing or exits. */
export function likeCounts(
  histories: Histories,
  { ids, rowOf }: Vocabulary,
  asOfMs: number,
): Float32Array {
  const scale = ratingScale(histories);
  const counts = new Float32Array(ids.length);
  for (let user = 0; user < histories.userIds.length; user++) {
    const { postIds, confidence } = tastes(historyOf(histories, user), scale, asOfMs, CONFIDENCE);
    for (const [n, id] of postIds.entries()) {
      const row = rowOf(id);
      if (row !== undefined && confidence[n]! > 0) counts[row]!++;
    }
  }
  return counts;
}
