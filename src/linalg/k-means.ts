/**
 * Spherical k-means: centroids of similar vectors.
 *
 * @see Dhillon & Modha, "Concept Decompositions for Large Sparse Text Data Using Clustering"
 *   (Machine Learning 2001).
 */
import type { Kernel } from "./train-wasm/kernel.ts";
import { normalise } from "./vector.ts";

/** Few iterations: a search probes many lists, so that centroids need not be optimal. */
const ITERATIONS = 5;

/**
 * Trains `count` centroids, unit vectors `[count × width]`.
 *
 * @param vectors  `[rows × width]`, at least `count` of them.
 */
export async function kMeans(
  vectors: Float32Array,
  width: number,
  count: number,
  kernel: Pick<Kernel, "multiply">,
  random: () => number,
): Promise<Float32Array> {
  const rows = vectors.length / width;
  const centroids = new Float32Array(count * width);
  for (let n = 0; n < count; n++) {
    const from = Math.floor(((n + random()) * rows) / count) * width;
    centroids.set(vectors.subarray(from, from + width), n * width);
  }
  normaliseRows(centroids, width);
  for (let n = 0; n < ITERATIONS && count > 1; n++) {
    move(centroids, vectors, await nearestRows(kernel, vectors, centroids, width), width);
    normaliseRows(centroids, width);
  }
  return centroids;
}

/**
 * The row of B `[… × width]` with the largest inner product, the first of equals, for each row of A
 * `[… × width]`; 0 where none is a number.
 *
 *     A = (1 0; 0 2), B = (0 1; 1 1; 1 0) → 1, 0
 */
export async function nearestRows(
  kernel: Pick<Kernel, "multiply">,
  a: Float32Array,
  b: Float32Array,
  width: number,
): Promise<Uint32Array> {
  const [rows, count] = [a.length / width, b.length / width];
  const transposed = new Float32Array(b.length);
  for (let n = 0; n < count; n++)
    for (let i = 0; i < width; i++) transposed[i * count + n] = b[n * width + i]!;
  const products = new Float32Array(rows * count);
  await kernel.multiply(products, a, transposed, width);
  const nearest = new Uint32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let most = -Infinity;
    for (let n = 0; n < count; n++, at++)
      if (products[at]! > most) {
        most = products[at]!;
        nearest[row] = n;
      }
  }
  return nearest;
}

/** Moves each centroid to the sum of the vectors nearest to it; one without any stays. */
function move(
  centroids: Float32Array,
  vectors: Float32Array,
  nearest: Uint32Array,
  width: number,
): void {
  const isMoved = new Uint8Array(centroids.length / width);
  for (let row = 0; row < nearest.length; row++) {
    const [to, from] = [nearest[row]! * width, row * width];
    if (isMoved[nearest[row]!] === 0) centroids.fill(0, to, to + width);
    isMoved[nearest[row]!] = 1;
    for (let i = 0; i < width; i++) centroids[to + i]! += vectors[from + i]!;
  }
}

function normaliseRows(rows: Float32Array, width: number): void {
  for (let at = 0; at < rows.length; at += width) normalise(rows.subarray(at, at + width));
}
