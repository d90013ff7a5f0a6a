/** How sources pick by meaning: the eligible rows nearest to a vector. */
import { nearestWhere } from "../../index/filtered.ts";
import type { Query } from "../query.ts";

/** The `count` eligible rows nearest to a vector `[d]`. */
export function nearTo(query: Query, vector: Float32Array, count: number): Uint32Array {
  const { model, nearest } = query;
  const { eligible } = query.eligibility();
  return nearestWhere(nearest, model.embeddings, vector, count, (row) => eligible[row] === 1);
}
