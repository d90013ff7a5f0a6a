/** Picking for sources: the best eligible rows of a column, of an order, or near a vector. */
import { nearestWhere } from "../index/filtered.ts";
import { anyTopK } from "../linalg/top-k.ts";
import { gather } from "../linalg/vector-ops.ts";
import type { Request, Served } from "./contract.ts";

/** Number of posts that each personal source finds; further ones would hardly be seen. */
export const SOURCE_DEPTH = 400;

/** Serves a model that scores all posts `[posts]`: its source finds those with the best scores. */
export function byColumn(
  column: (request: Request) => Float32Array,
): Required<Pick<Served, "retrieve" | "score">> {
  return {
    retrieve: (request) =>
      anyTopK(column(request), SOURCE_DEPTH, request.eligibility().eligible, 0),
    score: (request, rows) => gather(request.arrays, column(request), rows),
  };
}

/** The first `count` eligible rows of an order. */
export function firstEligible(request: Request, order: Uint32Array, count: number): Uint32Array {
  const { eligible } = request.eligibility();
  const first = request.arrays.words(Math.min(count, order.length));
  let size = 0;
  for (let place = 0; place < order.length && size < first.length; place++)
    if (eligible[order[place]!] === 1) first[size++] = order[place]!;
  return first.subarray(0, size);
}

/** The `count` eligible rows whose texts are nearest to a vector `[d]`. */
export function nearestEligible(
  request: Request,
  vector: Float32Array,
  count: number,
): Uint32Array {
  const { model, nearest } = request;
  const { eligible } = request.eligibility();
  return nearestWhere(nearest, model.embeddings, vector, count, (row) => eligible[row] === 1);
}
