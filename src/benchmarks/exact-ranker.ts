/** Ranker of a model for benchmarks: neighbours by exact search. */
import { nearestExact } from "../index/exact.ts";
import { openRanker } from "../ranking/feed.ts";
import { atOnce } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";

/** Opens the ranker of a model, and its search. */
export function exactRanker(model: Model) {
  const nearest = (vector: Float32Array, count: number) =>
    nearestExact(model.embeddings, vector, count);
  return { ranker: atOnce(openRanker(model, nearest)), nearest };
}
