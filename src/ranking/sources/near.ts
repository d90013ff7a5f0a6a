/** How sources pick by meaning: what is near a vector, and may be in this feed. */
import { nearestWhere } from "../../index/filtered.ts";
import type { Query } from "../query.ts";

/**
 * The rows nearest to a vector `[d]` that the person has not seen and that are in the category
 * asked for: what the filters would drop leaves the source no shorter.
 */
export function nearTo(query: Query, vector: Float32Array, count: number): Uint32Array {
  const { model, nearest } = query;
  const open = query.open();
  return nearestWhere(nearest, model.embeddings, vector, count, (row) => open[row] === 1);
}
