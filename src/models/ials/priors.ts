/**
 * Prior means of factors from features: feature-aware iALS.
 *
 * The prior mean of a row is μ = W f. W is a ridge regression from features to factors over the rows
 * with events, weighted by their number. It gives new posts and people factors at once.
 *
 * @see Agarwal & Chen, "Regression-based Latent Factor Models" (KDD 2009), equation 1.
 */
import { hasVector } from "../../index/exact.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import type { Model } from "../../snapshot/model.ts";
import { stacked } from "../training-view.ts";

/** Features of one side's rows. */
export type Features = {
  readonly width: number;
  /** 0 for a row without features: its prior mean is zero, and it is left out of the regression. */
  readonly known: Uint8Array;
  /** Writes a row's features to `into` from entry `at` on; the first feature is 1. */
  readonly write: (row: number, into: Float32Array, at: number) => void;
};

/** Features that are a table `[rows × width]`. */
export function featureTable(values: Float32Array, width: number, known: Uint8Array) {
  const write: Features["write"] = (row, into, at) =>
    into.set(values.subarray(row * width, (row + 1) * width), at);
  return { values, width, known, write };
}

/** A ridge map W from features to factors that change each epoch, in the kernel's memory. */
type RidgeMap = {
  /** W `[width × k]`; zero before the first fit. */
  readonly map: Float32Array;
  /** {@link priorMeans} by W `[rows × k]`; `undefined` if no row has both features and weight. */
  readonly means: Float32Array | undefined;
  /** Fits W to factors `[rows × k]`. */
  readonly fit: (factors: Float32Array) => Promise<void>;
};

type Products = Pick<Kernel, "floats" | "scratch" | "inverse" | "multiply" | "multiplyTransposed">;

/** Rows whose features are in memory at a time: all would take gigabytes. */
const PART_ROWS = 1 << 15;
/**
 * Most rows of the regression; of more rows, an even sample. A column of the map has some 400
 * unknowns. A million posts × 385 would take half of the training time.
 */
const SAMPLE_ROWS = 1 << 17;

/**
 * Opens a ridge map, and inverts its normal equations once: `W = (FᵀDF + λ I)⁻¹ FᵀD Y`.
 *
 * @param weights  D: weight of each row in the regression `[rows]`; 0 for rows without events.
 * @param lambda  Ridge, in units of rows.
 * @param sampleRows  Most rows of the regression.
 */
export async function ridgeMap(
  kernel: Products,
  features: Features,
  weights: Float32Array,
  lambda: number,
  k: number,
  sampleRows = SAMPLE_ROWS,
): Promise<RidgeMap> {
  const { width, known } = features;
  const rows = known.length;
  const weight = weights.map((it, row) => (known[row] ? it : 0));
  const map = kernel.floats(width * k);
  if (!weight.some((it) => it > 0)) return { map, means: undefined, fit: async () => {} };
  const sampled = sample(weight, sampleRows);
  const all = Uint32Array.from(known.keys());
  const means = kernel.floats(rows * k);
  const inverse = kernel.floats(width * width);
  await inParts(kernel, features, sampled, (f, part) =>
    addWeighted(
      kernel,
      inverse,
      f,
      Float32Array.from(part, (row) => weight[row]!),
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
      await inParts(kernel, features, sampled, (f, part) =>
        addWeighted(kernel, right, f, weight, part, factors),
      );
      await kernel.multiply(map, inverse, right, width);
      await inParts(kernel, features, all, (f, part) =>
        kernel.multiply(means.subarray(part[0]! * k, (part[0]! + part.length) * k), f, map, width),
      );
    },
  };
}

/** All rows, or an even sample of at most `most` rows with a weight. */
function sample(weight: Float32Array, most: number): Uint32Array {
  const all = Uint32Array.from(weight.keys());
  if (all.length <= most) return all;
  const some = all.filter((row) => weight[row]! > 0);
  const every = Math.max(1, some.length / most);
  return new Uint32Array(some.length / every).map((_, n) => some[Math.floor(n * every)]!);
}

/** Calls `use` with the features of some rows, in parts `[part × width]`. */
async function inParts(
  kernel: Products,
  { width, known, write }: Features,
  rows: Uint32Array,
  use: (f: Float32Array, part: Uint32Array) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += PART_ROWS)
    await kernel.scratch(async () => {
      const part = rows.subarray(from, from + PART_ROWS);
      const f = kernel.floats(part.length * width);
      for (let n = 0; n < part.length; n++) if (known[part[n]!]) write(part[n]!, f, n * width);
      await use(f, part);
    });
}

/** `C += FᵀD A`, where row n of F belongs to row `part[n]` of A and D. */
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
 * μ = f W of every row; zero for a row without features.
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

/** Features of posts: 1 and the embedding; unknown for a post without a vector. */
export function textFeatures(embeddings: Float32Array, posts: number): Features {
  const d = embeddings.length / posts || 0;
  return {
    width: d + 1,
    known: Uint8Array.from({ length: posts }, (_, row) => Number(hasVector(embeddings, row, d))),
    write: (row, into, at) => {
      into[at] = 1;
      into.set(embeddings.subarray(row * d, row * d + d), at + 1);
    },
  };
}

/** {@link priorMeans} of some posts of a snapshot; `undefined` if the map is that of another encoder, or of none. */
export function textMeans(
  { info, embeddings }: Model,
  rows: Uint32Array,
  map: Float32Array,
  k: number,
): Float32Array | undefined {
  const d = info.encoder?.dimension ?? 0;
  if (map.length !== (d + 1) * k) return undefined;
  const some = stacked([...rows].map((row) => embeddings.subarray(row * d, row * d + d)));
  return priorMeans(textFeatures(some, rows.length), map, k);
}
