/**
 * IVF: inverted lists of similar vectors, so that a search probes a few lists instead of all vectors.
 *
 * Clustering has two levels: groups first, then lists within each group. A vector is compared with 2√n
 * centroids instead of n, for equally good lists, and dense regions get many lists.
 *
 * @see Sivic & Zisserman, "Video Google" (ICCV 2003), for inverted lists.
 */
import { kMeans, nearestRows } from "./k-means.ts";
import type { Kernel } from "./train-wasm/kernel.ts";
import { seededRandom } from "./random.ts";

/** Inverted lists of vectors of 8 bits. */
type InvertedLists = {
  /** Centroid of each list `[lists × width]`. Its inner product with a query is the mean of the list's. */
  readonly centroids: Int8Array;
  /** List n is `starts[n]` up to `starts[n + 1]` of `order`. */
  readonly starts: Uint32Array;
  /** The rows, list by list; within a list they ascend. */
  readonly order: Uint32Array;
};

/** Mean number of vectors that a centroid is trained on. */
const SAMPLE = 32;
/** Vectors that are compared with the centroids at a time. */
const BATCH = 1 << 15;
/** Largest length of a list, in mean lengths. */
const LENGTH_MAX = 4;

/** The vectors, and the tools that cluster them. */
type Vectors = {
  readonly bytes: Int8Array;
  readonly width: number;
  readonly kernel: Pick<Kernel, "multiply">;
  readonly random: () => number;
};

/**
 * Clusters vectors of similar length into about `wanted` lists; equal seeds give equal lists.
 *
 * @param bytes  `[rows × width]`
 */
export async function invertedLists(
  bytes: Int8Array,
  width: number,
  wanted: number,
  kernel: Pick<Kernel, "multiply">,
  seed: number,
): Promise<InvertedLists> {
  const it = { bytes, width, kernel, random: seededRandom(seed) };
  const rows = Uint32Array.from({ length: bytes.length / width }, (_, row) => row);
  const mean = rows.length / wanted;
  const lists: Uint32Array[] = [];
  for (const group of await splitByKMeans(it, rows, Math.ceil(Math.sqrt(wanted))))
    for (const list of await splitByKMeans(it, group, Math.round(group.length / mean)))
      lists.push(...split(list, LENGTH_MAX * mean));
  return toLists(it, lists);
}

/** Splits rows by k-means into at most `wanted` lists, none of them empty. */
async function splitByKMeans(
  it: Vectors,
  rows: Uint32Array,
  wanted: number,
): Promise<Uint32Array[]> {
  const { width, kernel, random } = it;
  const count = Math.min(wanted, rows.length);
  if (count <= 1) return rows.length > 0 ? [rows] : [];
  const every = Math.max(1, rows.length / (SAMPLE * count));
  const sample = Uint32Array.from({ length: rows.length / every }, (_, n) => rows[Math.floor(n * every)]!); // prettier-ignore
  const centroids = await kMeans(floatsOf(it, sample), width, count, kernel, random);
  const nearest = new Uint32Array(rows.length);
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = floatsOf(it, rows.subarray(from, from + BATCH));
    nearest.set(await nearestRows(kernel, batch, centroids, width), from);
  }
  return groupBy(rows, nearest, count).filter(({ length }) => length > 0);
}

/** Splits a list that is too long into equal parts, with every n-th row each. */
function split(rows: Uint32Array, most: number): Uint32Array[] {
  const parts = Math.ceil(rows.length / most);
  return Array.from({ length: parts }, (_, part) => rows.filter((_, n) => n % parts === part));
}

function toLists(it: Vectors, lists: readonly Uint32Array[]): InvertedLists {
  const { width } = it;
  const starts = new Uint32Array(lists.length + 1);
  const centroids = new Int8Array(lists.length * width);
  for (const [n, rows] of lists.entries()) {
    starts[n + 1] = starts[n]! + rows.length;
    centroids.set(meanOf(it, rows), n * width);
  }
  const order = new Uint32Array(starts[lists.length]!);
  for (const [n, rows] of lists.entries()) order.set(rows, starts[n]);
  return { centroids, starts, order };
}

function meanOf({ bytes, width }: Vectors, rows: Uint32Array): Int8Array {
  const sum = new Float64Array(width);
  for (let n = 0; n < rows.length; n++)
    for (let i = 0, at = rows[n]! * width; i < width; i++, at++) sum[i]! += bytes[at]!;
  return Int8Array.from(sum, (it) => Math.round(it / rows.length));
}

function floatsOf({ bytes, width }: Vectors, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let n = 0, at = 0; n < rows.length; n++) {
    const end = (rows[n]! + 1) * width;
    for (let from = rows[n]! * width; from < end; from++) out[at++] = bytes[from]!;
  }
  return out;
}

/** The rows of each group, in their order. */
function groupBy(rows: Uint32Array, groupOf: Uint32Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (let n = 0; n < rows.length; n++) sizes[groupOf[n]!]!++;
  const groups = Array.from(sizes, (it) => new Uint32Array(it));
  sizes.fill(0);
  for (let n = 0; n < rows.length; n++) {
    const group = groupOf[n]!;
    groups[group]![sizes[group]!++] = rows[n]!;
  }
  return groups;
}
