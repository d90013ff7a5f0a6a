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
  readonly width: number;
  /** 0 for a row about which nothing is known: its prior is zero and it teaches nothing. */
  readonly known: Uint8Array;
  /** Write a row's features, the first of which is 1, from a place on: a table of all need not be. */
  readonly write: (row: number, into: Float32Array, at: number) => void;
};

/** Features that are a table `[rows × width]`. */
export function featureTable(values: Float32Array, width: number, known: Uint8Array) {
  const write: Features["write"] = (row, into, at) =>
    into.set(values.subarray(row * width, (row + 1) * width), at);
  return { values, width, known, write };
}

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
 * Rows that teach, at most: of more an even sample does, since a map has some 400 unknowns a column.
 * A million posts × 385 would teach it for half of the time that training takes.
 */
const TAUGHT_ROWS = 1 << 17;

/**
 * Invert the normal equations once: `W = (FᵀDF + λ I)⁻¹ FᵀD Y`.
 *
 * @param weights  D: how much each row teaches, `[rows]`; 0 for rows without interactions.
 * @param lambda  Ridge, in units of rows.
 * @param taughtRows  Rows that teach, at most.
 */
export async function ridgeMap(
  kernel: Products,
  features: Features,
  weights: Float32Array,
  lambda: number,
  k: number,
  taughtRows = TAUGHT_ROWS,
): Promise<RidgeMap> {
  const { width, known, write } = features;
  const rows = known.length;
  const taught = weights.map((it, row) => (known[row] ? it : 0));
  const teachers = sampled(taught, taughtRows);
  const map = kernel.floats(width * k);
  if (!taught.some((it) => it > 0)) return { map, means: undefined, fit: async () => {} };
  const means = kernel.floats(rows * k);
  const f = kernel.floats(rows * width);
  for (let row = 0; row < rows; row++) if (known[row]) write(row, f, row * width);
  const inverse = kernel.floats(width * width);
  await weightedProduct(kernel, inverse, f, taught, f, teachers);
  for (let i = 0; i < width; i++) inverse[i * width + i]! += lambda;
  await kernel.inverse(inverse);
  const right = kernel.floats(width * k);

  return {
    map,
    means,
    fit: async (factors) => {
      await weightedProduct(kernel, right, f, taught, factors, teachers);
      await kernel.multiply(map, inverse, right, width);
      await kernel.multiply(means, f, map, width);
    },
  };
}

/** All rows, or where more teach than wanted an even sample of those. */
function sampled(taught: Float32Array, wanted: number): Uint32Array {
  const all = Uint32Array.from(taught.keys());
  if (all.length <= wanted) return all;
  const some = all.filter((row) => taught[row]! > 0);
  const every = Math.max(1, some.length / wanted);
  return new Uint32Array(some.length / every).map((_, n) => some[Math.floor(n * every)]!);
}

/** `C = FᵀD A` of some rows, which are gathered a part at a time. */
async function weightedProduct(
  kernel: Products,
  c: Float32Array,
  f: Float32Array,
  weights: Float32Array,
  a: Float32Array,
  teachers: Uint32Array,
): Promise<void> {
  const rows = weights.length;
  const [width, columns] = [f.length / rows, a.length / rows];
  c.fill(0);
  for (let from = 0; from < teachers.length; from += WEIGHTED_ROWS)
    await kernel.scratch(async () => {
      const part = teachers.subarray(from, from + WEIGHTED_ROWS);
      const [some, weighted] = [kernel.floats(part.length * width), kernel.floats(part.length * columns)]; // prettier-ignore
      for (let n = 0; n < part.length; n++) {
        const row = part[n]!;
        some.set(f.subarray(row * width, (row + 1) * width), n * width);
        for (let i = 0; i < columns; i++)
          weighted[n * columns + i] = weights[row]! * a[row * columns + i]!;
      }
      const sum = kernel.floats(c.length);
      await kernel.multiplyTurned(sum, some, weighted, part.length);
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
  const { width, known, write } = features;
  const out = new Float32Array(known.length * k);
  const f = new Float32Array(width);
  for (let row = 0; row < known.length; row++) {
    if (!known[row]) continue;
    write(row, f, 0);
    for (let i = 0; i < width; i++) {
      const fi = f[i]!;
      if (fi !== 0) for (let j = 0; j < k; j++) out[row * k + j]! += fi * map[i * k + j]!;
    }
  }
  return out;
}
