/** How sources pick: the best eligible rows of a column or of an order. */
import { topK } from "../../linalg/top-k.ts";
import type { Query } from "../query.ts";

/** Posts that each personal source finds: what it ranks lower would hardly be seen. */
export const DEPTH = 400;

/** The `count` eligible rows with the largest scores above 0, in any order. */
export function bestEligible(query: Query, column: Float32Array, count: number): Uint32Array {
  return topK(column, count, query.eligibility().eligible, 0);
}

/** The first `count` eligible rows of an order. */
export function firstEligible(query: Query, order: Uint32Array, count: number): Uint32Array {
  const { eligible } = query.eligibility();
  const first = query.arrays.words(Math.min(count, order.length));
  let size = 0;
  for (let place = 0; place < order.length && size < first.length; place++)
    if (eligible[order[place]!] === 1) first[size++] = order[place]!;
  return first.subarray(0, size);
}
