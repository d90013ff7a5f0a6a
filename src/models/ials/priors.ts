/**
 * Where to expect a row's factors from its features alone: feature-aware iALS.
 *
 * The prior mean is μ = W f, W a ridge regression from features to factors over the rows that
 * have interactions, each weighted by how many. It gives a new post or person a place in the same
 * space at once.
 *
 * @see Agarwal & Chen, "Regression-based Latent Factor Models" (KDD 2009), equation 1.
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";

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
type RidgeMap = {
  /** W `[width × k]`; zero before the first fit. */
  readonly map: Float32Array;
  /** {@link priorMeans} by W `[rows × k]`; `undefined` if no row teaches anything. */
  readonly means: Float32Array | undefined;
  /** Fit W to factors `[rows × k]`. */
  readonly fit: (factors: Float32Array) => Promise<void>;
};

type Products = Pick<Kernel, "floats" | "scratch" | "inverse" | "multiply" | "multiplyTransposed">;

/** Rows whose features are written out at a time: those of all would take gigabytes. */
const WRITTEN_ROWS = 1 << 15;
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
  const { width, known } = features;
  const rows = known.length;
  const taught = weights.map((it, row) => (known[row] ? it : 0));
  const map = kernel.floats(width * k);
  if (!taught.some((it) => it > 0)) return { map, means: undefined, fit: async () => {} };
  const teachers = sampled(taught, taughtRows);
  const all = Uint32Array.from(known.keys());
  const means = kernel.floats(rows * k);
  const inverse = kernel.floats(width * width);
  await inParts(kernel, features, teachers, (f, part) =>
    addWeighted(
      kernel,
      inverse,
      f,
      Float32Array.from(part, (row) => taught[row]!),
      Uint32Array.from(part.keys()),
      f,
    ),
  );
  for (let i = 0; i < width; i++) inverse[i * width + i]! += lambda;
  await kernel.inverse(inverse);
  const right = kernel.floats(width * k);

  return {
    map,
    means,
    fit: async (factors) => {
      right.fill(0);
      await inParts(kernel, features, teachers, (f, part) =>
        addWeighted(kernel, right, f, taught, part, factors),
      );
      await kernel.multiply(map, inverse, right, width);
      await inParts(kernel, features, all, (f, part) =>
        kernel.multiply(means.subarray(part[0]! * k, (part[0]! + part.length) * k), f, map, width),
      );
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

/** Write out the features of some rows, a part of these at a time `[part × width]`. */
async function inParts(
  kernel: Products,
  { width, known, write }: Features,
  rows: Uint32Array,
  use: (f: Float32Array, part: Uint32Array) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += WRITTEN_ROWS)
    await kernel.scratch(async () => {
      const part = rows.subarray(from, from + WRITTEN_ROWS);
      const f = kernel.floats(part.length * width);
      for (let n = 0; n < part.length; n++) if (known[part[n]!]) write(part[n]!, f, n * width);
      await use(f, part);
    });
}

/** `C += FᵀD A`, for F whose rows are those `part` of A and D. */
async function addWeighted(
  kernel: Products,
  c: Float32Array,
  f: Float32Array,
  weights: Float32Array,
  part: Uint32Array,
  a: Float32Array,
): Promise<void> {
  const columns = a.length / weights.length;
  const weighted = kernel.floats(part.length * columns);
  for (let n = 0; n < part.length; n++)
    for (let i = 0, at = part[n]! * columns; i < columns; i++, at++)
      weighted[n * columns + i] = weights[part[n]!]! * a[at]!;
  const sum = kernel.floats(c.length);
  await kernel.multiplyTransposed(sum, f, weighted, part.length);
  for (let n = 0; n < c.length; n++) c[n]! += sum[n]!;
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
