/** Chooses the search of a catalogue: a scan, or an HNSW index if it is large. */
import type { FindNearest } from "./contract.ts";
import { buildHnsw, IndexError, openHnsw, type HnswBuild } from "./hnsw.ts";
import { openScan } from "./scan.ts";
import type { Steps } from "../runtime/time-slicing.ts";

/**
 * Fewest rows for which the graph is faster than the scan: at 50,000 × 384 both take 1.1 ms for the
 * nearest 150, at 100,000 it is 1.4 and 2.0 ms; for 400 they meet somewhat later
 * (test/bench/nearest.bench.ts). Below, the scan needs no file, no minutes to build, and misses nothing.
 */
export const HNSW_FROM = 75_000;

/**
 * A function that writes the index of `vectors` `[rows × d]` to a path; `undefined` for few vectors.
 *
 * @param from  Fewest rows for an index.
 */
export function indexWriter(
  vectors: Float32Array,
  d: number,
  build: HnswBuild = {},
  from = HNSW_FROM,
): ((path: string) => void) | undefined {
  if (vectors.length < from * d || d === 0) return undefined;
  return (path) => buildHnsw(path, vectors, d, build);
}

/**
 * Opens the search of `vectors` `[rows × d]`: by the index if there is one, else by a scan.
 *
 * @param indexPath  File that {@link indexWriter}'s function wrote.
 */
export function* openNearest(
  vectors: Float32Array,
  d: number,
  indexPath: string | undefined,
): Steps<FindNearest> {
  if (indexPath === undefined) return yield* openScan(vectors, d);
  try {
    return openHnsw(indexPath, vectors, d);
  } catch (cause) {
    // Its checksum was right, so another version of usearch wrote it: slower is better than down.
    if (cause instanceof IndexError) return yield* openScan(vectors, d);
    throw cause;
  }
}
