/**
 * usearch: an HNSW graph in a file, and a native scan. The only importer of usearch.
 *
 * Calls that usearch does not check (more rows than there are, vectors of another width) are ruled out
 * before: it would return nonsense, or read beyond the end of an array.
 */
import { exactSearch, Index, MetricKind, ScalarKind } from "usearch";
import type { FindNearest } from "./contract.ts";
import { refined, rowsWithVector } from "./exact.ts";

/**
 * Edges of a node, and candidate lists of building and of searching: the smallest with recall@100 ≥ .98 on
 * 100,000 × 384 vectors that resemble those of real titles (test/bench/nearest.bench.ts).
 */
const GRAPH = { connectivity: 24, expansion_add: 256, expansion_search: 320 };
/** 16 bits, for half the memory: results are ordered exactly afterwards. */
const STORED = { metric: MetricKind.IP, quantization: ScalarKind.BF16, multi: false };
/** usearch draws a node's level from one generator per thread: with one thread, equal input gives an equal graph. */
const THREADS = 1;
/** Rows from which several threads build a graph, although it then varies: one would take more than two minutes. */
const PARALLEL_FROM = 250_000;
/** Largest share of changed vectors for which an earlier graph is extended: removals degrade it. */
const GONE_MAX = 0.1;
/** Rows added between two reports of progress. */
const BATCH = 1_000;
/** Share of all rows from which a scan is faster than the graph. */
const SHARE = 1 / 16;

/** The file is no graph of these vectors; `message` says what is wrong. */
export class IndexError extends Error {
  override readonly name = "IndexError";
}

/** Options of building a graph. */
export type HnswBuild = {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Threads that build a graph of {@link PARALLEL_FROM} rows or more. */
  readonly threads?: number | undefined;
  /** The graph of earlier vectors; only changed and new rows are added to it. */
  readonly before?: { readonly path: string; readonly vectors: Float32Array } | undefined;
};

/**
 * Builds the graph of `vectors` `[rows × d]` and writes it to `path`. Equal input gives an equal file,
 * unless several threads build a graph of {@link PARALLEL_FROM} rows or more.
 */
export function buildHnsw(
  path: string,
  vectors: Float32Array,
  d: number,
  { onProgress, threads = 1, before }: HnswBuild = {},
): void {
  const rows = rowsWithVector(vectors, d);
  const { index, missing } = before ? extended(before, vectors, rows, d) : empty(rows, d);
  const adding = rows.length < PARALLEL_FROM ? THREADS : threads;
  for (let from = 0; from < missing.length; from += BATCH) {
    const batch = missing.subarray(from, from + BATCH);
    const flat = new Float32Array(batch.length * d);
    for (const [n, row] of batch.entries()) flat.set(vectors.subarray(row * d, row * d + d), n * d);
    index.add(BigUint64Array.from(batch, BigInt), flat, adding);
    onProgress?.(from + batch.length, missing.length);
  }
  index.save(path);
}

/** An incomplete graph, and its missing rows. */
type Unfinished = { readonly index: Index; readonly missing: Uint32Array };

function empty(rows: Uint32Array, d: number): Unfinished {
  return { index: new Index({ ...GRAPH, ...STORED, dimensions: d }), missing: rows };
}

/** The earlier graph without changed rows; an empty one if too many have changed, or if it cannot be read. */
function extended(
  before: NonNullable<HnswBuild["before"]>,
  vectors: Float32Array,
  rows: Uint32Array,
  d: number,
): Unfinished {
  const known = rowsWithVector(before.vectors, d);
  const isSame = (row: number) => {
    for (let i = row * d; i < (row + 1) * d; i++)
      if (before.vectors[i] !== vectors[i]) return false;
    return true;
  };
  const gone = known.filter((row) => !isSame(row));
  if (known.length === 0 || gone.length > GONE_MAX * known.length) return empty(rows, d);
  if (!isGraphOf(before.path, known.length, d)) return empty(rows, d);
  const { index } = empty(rows, d);
  index.load(before.path);
  for (const row of gone) index.remove(BigInt(row));
  const isKept = new Uint8Array(vectors.length / d);
  for (const row of known) if (isKept.length > row) isKept[row] = Number(isSame(row));
  return { index, missing: rows.filter((row) => isKept[row] === 0) };
}

/**
 * Opens the graph that {@link buildHnsw} wrote for `vectors`. The file is mapped, not read.
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

/** True if a file is a graph of this size. It is mapped first: loading a file that is no graph ends the process. */
function isGraphOf(path: string, rows: number, d: number): boolean {
  try {
    const index = viewed(path, d);
    return index.size() === rows && index.dimensions() === d;
  } catch {
    return false;
  }
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
/** True if usearch's library can be loaded: the program copies it to TMPDIR first. */
export function hasLibrary(): boolean {
  try {
    return (isThere ??= new Index({ ...GRAPH, ...STORED, dimensions: 1 }).size() === 0);
  } catch {
    return (isThere = false);
  }
}

/**
 * Native scan: the `wanted` rows of `bytes` with the largest inner products.
 *
 * @param bytes  `[rows × d]`; it and `query` must begin where their buffers begin: usearch reads from there.
 */
export function scanBytes(bytes: Int8Array, query: Int8Array, wanted: number): Uint32Array {
  return rowsOf(exactSearch(bytes, query, query.length, wanted, MetricKind.IP, THREADS).keys);
}

function rowsOf(keys: BigUint64Array): Uint32Array {
  return Uint32Array.from(keys, Number);
}
