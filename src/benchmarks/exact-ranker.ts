/** The ranker of a model by exact search, and the search. */
import { nearestExact } from "../index/exact.ts";
import { openRanker } from "../ranking/feed.ts";
import { atOnce } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";

export function exactRanker(model: Model) {
  const nearest = (vector: Float32Array, count: number) =>
    nearestExact(model.embeddings, vector, count);
  return { ranker: atOnce(openRanker(model, nearest)), nearest };
}
