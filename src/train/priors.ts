/**
 * Where to expect a row's factors from its features alone: feature-aware iALS.
 *
 * The prior mean is μ = W f, W a ridge regression from features to factors over the rows that
 * have interactions, each weighted by how many. It gives a new post or person a place in the same
 * space at once.
 *
 * @see Agarwal & Chen, "Regression-based Latent Factor Models" (KDD 2009), equation 1.
 */
import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** Features of one side's rows. */
export type Features = {
  /** `[rows × width]`; the first column is 1. */
  readonly values: Float32Array;
  readonly width: number;
  /** 0 for a row about which nothing is known: its prior is zero and it teaches nothing. */
  readonly known: Uint8Array;
};

/** Fits maps from fixed features to changing factors. */
export type RidgeMap = {
  /**
   * @param factors  `[rows × k]`.
   * @returns W `[width × k]`.
   */
  readonly fit: (factors: Float32Array, k: number) => Float32Array;
};

/**
 * Factor the normal equations once: `W = (FᵀDF + λ I)⁻¹ FᵀD Y`.
 *
 * @param weights  D: how much each row teaches, `[rows]`; 0 for rows without interactions.
 * @param lambda  Ridge, in units of rows.
 */
export function ridgeMap(features: Features, weights: Float32Array, lambda: number): RidgeMap {
  const { values, width, known } = features;
  const rows = [...weights.keys()].filter((row) => known[row] && weights[row]! > 0);
  const normal = Matrix.zeros(width, width);
  const raw = new Float64Array(width * width);
  for (const row of rows)
    for (let i = 0; i < width; i++) {
      const fi = weights[row]! * values[row * width + i]!;
      if (fi !== 0)
        for (let j = 0; j <= i; j++) raw[i * width + j]! += fi * values[row * width + j]!;
    }
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const sum = raw[i * width + j]! + (i === j ? lambda : 0);
      normal.set(i, j, sum);
      normal.set(j, i, sum);
    }
  const cholesky = new CholeskyDecomposition(normal);

  return {
    fit: (factors, k) => {
      const right = Matrix.zeros(width, k);
      for (const row of rows)
        for (let i = 0; i < width; i++) {
          const fi = weights[row]! * values[row * width + i]!;
          if (fi === 0) continue;
          for (let j = 0; j < k; j++) right.set(i, j, right.get(i, j) + fi * factors[row * k + j]!);
        }
      return Float32Array.from(cholesky.solve(right).to1DArray());
    },
  };
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
