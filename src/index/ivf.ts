/** IVF search: the 8-bit vectors with the largest inner products in the lists with the nearest centroids. */
import { topK } from "../linalg/top-k.ts";
import { hasLibrary, scanBytes } from "./hnsw.ts";

/** Vectors in the order of their lists. Arrays begin where their buffers begin. */
export type Ivf = {
  /** `[rows × width]` */
  readonly bytes: Int8Array;
  /** `[lists × width]`; empty without lists. */
  readonly centroids: Int8Array;
  /** List n is rows `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
};

/** The vectors of the probed lists, side by side: overwritten by each search. */
let probed = new Int8Array(0);

/**
 * {@link nearestBytes} restricted to the lists with the nearest centroids.
 *
 * @param rowsMax  Most rows of the probed lists; the first list is probed in any case.
 */
export function searchIvf(
  { bytes, centroids, starts }: Ivf,
  query: Int8Array,
  wanted: number,
  rowsMax: number,
) {
  if (centroids.length === 0) return nearestBytes(bytes, query, wanted);
  const d = query.length;
  const ranked = nearestBytes(centroids, query, starts.length - 1).places;
  let [probes, rows] = [0, 0];
  for (; probes < ranked.length; probes++) {
    const length = starts[ranked[probes]! + 1]! - starts[ranked[probes]!]!;
    if (probes > 0 && rows + length > rowsMax) break;
    rows += length;
  }
  if (probed.length < rows * d) probed = new Int8Array(rows * d);
  const firsts = new Uint32Array(probes);
  for (let n = 0, at = 0; n < probes; n++) {
    firsts[n] = at;
    const [from, to] = [starts[ranked[n]!]!, starts[ranked[n]! + 1]!];
    probed.set(bytes.subarray(from * d, to * d), at * d);
    at += to - from;
  }
  const { places, products } = nearestBytes(probed.subarray(0, rows * d), query, wanted);
  return { places: places.map((it) => placeOf(it)), products };

  /** The row of a place among the probed vectors. */
  function placeOf(place: number): number {
    let n = probes - 1;
    while (firsts[n]! > place) n--;
    return starts[ranked[n]!]! + place - firsts[n]!;
  }
}

/**
 * Exhaustive search of vectors of 8 bits.
 *
 * @param bytes  `[rows × query.length]`; like `query` it must begin where its buffer begins.
 * @returns Places of the best `wanted` rows, best first, and their inner products.
 */
export function nearestBytes(bytes: Int8Array, query: Int8Array, wanted: number) {
  const d = query.length;
  const product = (place: number): number => {
    let sum = 0;
    for (let i = 0, at = (place * d) | 0; i < d; i++, at++) sum += query[i]! * bytes[at]!;
    return sum;
  };
  const rows = bytes.length / d;
  const all = hasLibrary()
    ? scanBytes(bytes, query, Math.min(wanted, rows))
    : topK(
        Float32Array.from({ length: rows }, (_, place) => product(place)),
        wanted,
      );
  const products = Float32Array.from(all, product);
  const order = topK(products, products.length);
  return {
    places: order.map((n) => all[n]!),
    products: products.map((_, n) => products[order[n]!]!),
  };
}
