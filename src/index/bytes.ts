/** The vectors of 8 bits with the largest inner products, by looking at all. */
import { topK } from "../linalg/top-k.ts";
import { hasLibrary, scanBytes } from "./hnsw.ts";

/**
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
