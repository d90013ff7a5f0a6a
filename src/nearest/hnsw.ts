/**
 * usearch: a graph of neighbours in a file, and its native scan. The only importer of it.
 *
 * What usearch would answer with nonsense or by reading beyond the end of an array (more rows than
 * there are, vectors of another width) is ruled out before it is asked.
 */
import { exactSearch, Index, MetricKind, ScalarKind } from "usearch";
import type { FindNearest } from "./contract.ts";
import { refined, rowsWithVector } from "./exact.ts";

/**
 * Edges of a node, and candidates kept in mind while building and while searching. The least with
 * recall@100 ≥ .98 on 100,000 × 384 vectors that resemble those of real titles (test/bench/nearest.bench.ts).
 */
const GRAPH = { connectivity: 24, expansion_add: 256, expansion_search: 320 };
/** 16 bits, for half the memory: the order of what is found is exact again afterwards. */
const STORED = { metric: MetricKind.IP, quantization: ScalarKind.BF16, multi: false };
/** usearch draws a node's level from a generator a thread: with one, a graph is always the same. */
const THREADS = 1;
/** Rows added between two tellings of progress. */
const BATCH = 1_000;
/** Of all rows: who wants more than this share gets them sooner by looking at each. */
const SHARE = 1 / 16;

/** A file that is no graph of the vectors it is opened with; `message` says what is wrong. */
export class IndexError extends Error {
  override readonly name = "IndexError";
}

/** Build the graph of `vectors` `[rows × d]` and write it to `path`. Same vectors, same file. */
export function buildHnsw(
  path: string,
  vectors: Float32Array,
  d: number,
  onProgress?: (done: number, total: number) => void,
): void {
  const index = new Index({ ...GRAPH, ...STORED, dimensions: d });
  const rows = rowsWithVector(vectors, d);
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.subarray(from, from + BATCH);
    const flat = new Float32Array(batch.length * d);
    for (const [n, row] of batch.entries()) flat.set(vectors.subarray(row * d, row * d + d), n * d);
    index.add(BigUint64Array.from(batch, BigInt), flat, THREADS);
    onProgress?.(from + batch.length, rows.length);
  }
  index.save(path);
}

/**
 * Search the graph that {@link buildHnsw} wrote of `vectors`. The file is mapped, not read.
 *
 * @throws IndexError
 */
export function openHnsw(path: string, vectors: Float32Array, d: number): FindNearest {
  const rows = rowsWithVector(vectors, d);
  const index = viewed(path, d);
  const [size, width] = [index.size(), index.dimensions()];
  if (size !== rows.length || width !== d)
    throw new IndexError(`${path}: ${size} × ${width} vectors, not ${rows.length} × ${d}`);
  return refined(vectors, d, size, (query, wanted) => {
    if (wanted > size * SHARE) return rows;
    const found = rowsOf(index.search(query, wanted, THREADS).keys);
    return found.length < wanted ? rows : found; // not every node need be reachable
  });
}

function viewed(path: string, d: number): Index {
  try {
    const index = new Index({ ...GRAPH, ...STORED, dimensions: d });
    index.view(path);
    return index;
  } catch (cause) {
    throw new IndexError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

let isThere: boolean | undefined;
/** Whether usearch can be used: in the program, its library has to be copied to TMPDIR first. */
export function hasLibrary(): boolean {
  try {
    return (isThere ??= new Index({ ...GRAPH, ...STORED, dimensions: 1 }).size() === 0);
  } catch {
    return (isThere = false);
  }
}

/**
 * Places of the `wanted` rows of `bytes` with the largest inner products, by looking at all.
 *
 * @param bytes  `[rows × d]`; like `query` it must begin where its buffer begins: usearch looks there.
 */
export function scanBytes(bytes: Int8Array, query: Int8Array, wanted: number): Uint32Array {
  return rowsOf(exactSearch(bytes, query, query.length, wanted, MetricKind.IP, THREADS).keys);
}

function rowsOf(keys: BigUint64Array): Uint32Array {
  return Uint32Array.from(keys, Number);
}
