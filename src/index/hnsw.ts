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
/** Rows from which a graph takes one thread more than two minutes: others may help, at the price of that. */
const PARALLEL_FROM = 250_000;
/** Share of the vectors that may have changed for a graph to be worth keeping: it frays. */
const GONE_MAX = 0.1;
/** Rows added between two tellings of progress. */
const BATCH = 1_000;
/** Of all rows: who wants more than this share gets them sooner by looking at each. */
const SHARE = 1 / 16;

/** A file that is no graph of the vectors it is opened with; `message` says what is wrong. */
export class IndexError extends Error {
  override readonly name = "IndexError";
}

/** How a graph is built. */
export type HnswBuild = {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Threads that build a graph of {@link PARALLEL_FROM} rows or more. */
  readonly threads?: number | undefined;
  /** The graph of earlier vectors, row by row the same for the most part: only what differs is added. */
  readonly before?: { readonly path: string; readonly vectors: Float32Array } | undefined;
};

/**
 * Build the graph of `vectors` `[rows × d]` and write it to `path`. Same vectors and same graph
 * before, same file; but not from {@link PARALLEL_FROM} rows on by several threads.
 */
export function buildHnsw(
  path: string,
  vectors: Float32Array,
  d: number,
  { onProgress, threads = 1, before }: HnswBuild = {},
): void {
  const rows = rowsWithVector(vectors, d);
  const { index, missing } = before ? begun(before, vectors, rows, d) : none(rows, d);
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

/** A graph, and the rows that it lacks. */
type Begun = { readonly index: Index; readonly missing: Uint32Array };

function none(rows: Uint32Array, d: number): Begun {
  return { index: new Index({ ...GRAPH, ...STORED, dimensions: d }), missing: rows };
}

/** The graph before without what is no longer so; none if too much of it is not, or it cannot be read. */
function begun(
  before: NonNullable<HnswBuild["before"]>,
  vectors: Float32Array,
  rows: Uint32Array,
  d: number,
): Begun {
  const known = rowsWithVector(before.vectors, d);
  const isSame = (row: number) => {
    for (let i = row * d; i < (row + 1) * d; i++)
      if (before.vectors[i] !== vectors[i]) return false;
    return true;
  };
  const gone = known.filter((row) => !isSame(row));
  if (known.length === 0 || gone.length > GONE_MAX * known.length) return none(rows, d);
  if (!isGraphOf(before.path, known.length, d)) return none(rows, d);
  const { index } = none(rows, d);
  index.load(before.path);
  for (const row of gone) index.remove(BigInt(row));
  const isKept = new Uint8Array(vectors.length / d);
  for (const row of known) if (isKept.length > row) isKept[row] = Number(isSame(row));
  return { index, missing: rows.filter((row) => isKept[row] === 0) };
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

/** Loading a file that is no graph ends the process; mapping it does not. */
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
