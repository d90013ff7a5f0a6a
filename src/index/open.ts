/** Which way of searching a catalogue is worth it. */
import type { FindNearest } from "./contract.ts";
import { buildHnsw, IndexError, openHnsw, type HnswBuild } from "./hnsw.ts";
import { openScan } from "./scan.ts";
import type { Steps } from "../runtime/time-slicing.ts";

/**
 * Rows from which the graph answers sooner than the scan: at 50,000 × 384 both take 1.1 ms for the
 * nearest 150, at 100,000 it is 1.4 and 2.0 ms; for 400 they meet somewhat later
 * (test/bench/nearest.bench.ts). Below, the scan needs no file, no minutes to build, and misses nothing.
 */
export const HNSW_FROM = 75_000;

/**
 * Writes the index of `vectors` `[rows × d]` to a path; `undefined` if they are too few to need one.
 *
 * @param from  Rows from which an index is worth it.
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
 * Search `vectors` `[rows × d]`: by the index if there is one, else by looking at all.
 *
 * @param indexPath  What {@link indexWriter} wrote.
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
