/** Principal directions of vectors: the few in which they vary most. */
import { eigenOf } from "../../linalg/eigen.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";

/** Subtracts the mean from vectors `[rows × size]` in place, and returns it. */
export function subtractMean(vectors: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  const rows = vectors.length / size;
  for (let at = 0; at < vectors.length; at++) mean[at % size]! += vectors[at]! / rows;
  for (let at = 0; at < vectors.length; at++) vectors[at]! -= mean[at % size]!;
  return mean;
}

/** Least variance that the length of a direction is computed from, as a share of the first one's: less is rounding. */
const VARIANCE_LEAST = 1e-6;

/**
 * The `width` principal directions of vectors `[rows × size]` about 0, as columns `[size × width]`.
 *
 * @param evenness  ε: direction j, of variance λ, is as long as λ^(−ε/2), all times one number that keeps the sum of
 *   variances. 0 leaves unit vectors; by 1 all vary alike (whitening).
 * @see Golub & Van Loan, Matrix Computations, 4th ed., section 2.4.
 */
export async function directionsOf(
  vectors: Float32Array,
  size: number,
  width: number,
  kernel: Pick<Kernel, "multiplyTransposed">,
  evenness = 0,
): Promise<Float32Array> {
  const gram = new Float32Array(size * size);
  const rows = vectors.length / size;
  if (rows > 0) await kernel.multiplyTransposed(gram, vectors, vectors, rows);
  const eigen = eigenOf(gram, size); // the last ones vary most
  const least = Math.max(Number.EPSILON ** 2, VARIANCE_LEAST * eigen.values[size - 1]!);
  const variances = Float64Array.from({ length: width }, (_, j) => Math.max(least, eigen.values[size - 1 - j]!)); // prettier-ignore
  const sum = (x: Float64Array) => x.reduce((total, it) => total + it, 0);
  const scale = Math.sqrt(sum(variances) / sum(variances.map((it) => it ** (1 - evenness))));
  const lengths = variances.map((it) => scale * it ** (-evenness / 2));
  return Float32Array.from({ length: size * width }, (_, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    return lengths[j]! * eigen.vectors[(size - 1 - j) * size + i]!;
  });
}

/**
 * Factors `[rows × k]` on the space of their `width` principal directions `[rows × width]`; the factors themselves if k is
 * at most `width`.
 */
export async function project(
  factors: Float32Array,
  k: number,
  width: number,
  kernel: Pick<Kernel, "multiply" | "multiplyTransposed">,
): Promise<Float32Array> {
  if (k <= width) return factors;
  const out = new Float32Array((factors.length / k) * width);
  await kernel.multiply(out, factors, await directionsOf(factors, k, width, kernel), k);
  return out;
}
