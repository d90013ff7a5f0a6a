/**
 * Where to expect a row's factors from its features alone: feature-aware iALS.
 *
 * The prior mean is μ = W f, W a ridge regression from features to factors over the rows that
 * have interactions, each weighted by how many. It gives a new post or person a place in the same
 * space at once.
 *
 * @see Agarwal & Chen, "Regression-based Latent Factor Models" (KDD 2009), equation 1.
 */
import type { Kernel } from "../math/kernel/kernel.ts";

/** Features of one side's rows. */
export type Features = {
  /** `[rows × width]`; the first column is 1. */
  readonly values: Float32Array;
  readonly width: number;
  /** 0 for a row about which nothing is known: its prior is zero and it teaches nothing. */
  readonly known: Uint8Array;
};

/** A map from fixed features to changing factors, in the kernel's memory. */
export type RidgeMap = {
  /** W `[width × k]`; zero before the first fit. */
  readonly map: Float32Array;
  /** {@link priorMeans} by W `[rows × k]`; `undefined` if no row teaches anything. */
  readonly means: Float32Array | undefined;
  /** Fit W to factors `[rows × k]`. */
  readonly fit: (factors: Float32Array) => Promise<void>;
};

type Products = Pick<Kernel, "floats" | "scratch" | "inverse" | "multiply" | "multiplyTurned">;

/** Rows that are weighted at a time: a copy of all would take too much. */
const WEIGHTED_ROWS = 1 << 15;

/**
 * Invert the normal equations once: `W = (FᵀDF + λ I)⁻¹ FᵀD Y`.
 *
 * @param weights  D: how much each row teaches, `[rows]`; 0 for rows without interactions.
 * @param lambda  Ridge, in units of rows.
 */
export async function ridgeMap(
  kernel: Products,
  features: Features,
  weights: Float32Array,
  lambda: number,
  k: number,
): Promise<RidgeMap> {
  const { width, known } = features;
  const rows = known.length;
  const taught = weights.map((it, row) => (known[row] ? it : 0));
  const map = kernel.floats(width * k);
  if (!taught.some((it) => it > 0)) return { map, means: undefined, fit: async () => {} };
  const means = kernel.floats(rows * k);
  const f = kernel.floats(rows * width);
  for (let row = 0; row < rows; row++)
    if (known[row]) f.set(features.values.subarray(row * width, row * width + width), row * width);
  const inverse = kernel.floats(width * width);
  await weightedProduct(kernel, inverse, f, taught, f);
  for (let i = 0; i < width; i++) inverse[i * width + i]! += lambda;
  await kernel.inverse(inverse);
  const right = kernel.floats(width * k);

  return {
    map,
    means,
    fit: async (factors) => {
      await weightedProduct(kernel, right, f, taught, factors);
      await kernel.multiply(map, inverse, right, width);
      await kernel.multiply(means, f, map, width);
    },
  };
}

/** `C = FᵀD A`, some rows at a time. */
async function weightedProduct(
  kernel: Products,
  c: Float32Array,
  f: Float32Array,
  weights: Float32Array,
  a: Float32Array,
): Promise<void> {
  const rows = weights.length;
  const [width, columns] = [f.length / rows, a.length / rows];
  c.fill(0);
  for (let from = 0; from < rows; from += WEIGHTED_ROWS)
    await kernel.scratch(async () => {
      const count = Math.min(WEIGHTED_ROWS, rows - from);
      const [weighted, sum] = [kernel.floats(count * columns), kernel.floats(c.length)];
      for (let n = 0; n < weighted.length; n++)
        weighted[n] = weights[from + Math.floor(n / columns)]! * a[from * columns + n]!;
      const some = f.subarray(from * width, (from + count) * width);
      await kernel.multiplyTurned(sum, some, weighted, count);
      for (let n = 0; n < c.length; n++) c[n]! += sum[n]!;
    });
}

/**
 * μ = f W of every row; zero where nothing is known.
 *
 * @param map  W `[width × k]`.
 * @returns `[rows × k]`.
 */
export function priorMeans(features: Features, map: Float32Array, k: number): Float32Array {
  const { values, width, known } = features;
  const out = new Float32Array(known.length * k);
  for (let row = 0; row < known.length; row++) {
    if (!known[row]) continue;
    for (let i = 0; i < width; i++) {
      const fi = values[row * width + i]!;
      if (fi !== 0) for (let j = 0; j < k; j++) out[row * k + j]! += fi * map[i * k + j]!;
    }
  }
  return out;
}
