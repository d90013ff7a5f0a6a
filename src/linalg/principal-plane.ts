/**
 * Principal plane: the two directions along which vectors vary most, by principal component analysis.
 *
 * Covariances are those of a sample; the leading eigenvectors are found in a span of some more dimensions.
 *
 * @see Halko, Martinsson & Tropp, "Finding Structure with Randomness" (SIAM Review 2011), algorithm 5.3.
 */
import { inSlices, type Steps } from "../runtime/time-slicing.ts";
import { leadingSpan } from "./leading-span.ts";
import { eigenOf } from "./eigen.ts";

/** A plane through the mean of vectors. */
export type Plane = {
  /** `[d]` */
  readonly mean: Float64Array;
  /** Two orthonormal rows `[2 × d]`; of zeros where the vectors have fewer dimensions. */
  readonly directions: Float32Array;
  /** Shares of the variance along the two, 0 to 1. */
  readonly shares: readonly [number, number];
};

/** Rows of the sample at most: each costs d² operations, and the plane of more differs by a few degrees. */
const SAMPLE = 4_096;
/** Dimensions of the span: the more beyond two, the fewer rounds it takes. */
const SPAN = 16;
const SEED = 1;
/** Rows between two pauses of what takes a microsecond a row. */
const ROWS_A_STEP = 256;

/** The plane of some rows of `vectors`, `d` wide. The same rows give the same plane. */
export async function principalPlane(
  vectors: Float32Array,
  d: number,
  rows: Uint32Array,
): Promise<Plane> {
  if (rows.length === 0)
    return { mean: new Float64Array(d), directions: new Float32Array(2 * d), shares: [0, 0] };
  const every = Math.max(1, Math.ceil(rows.length / SAMPLE));
  const sample = rows.filter((_, n) => n % every === 0);
  const { mean, covariance } = await inSlices(covarianceOf(vectors, d, sample));
  const k = Math.min(SPAN, d);
  const span = await leadingSpan({ n: d, k, seed: SEED }, (y, x) =>
    inSlices(product(y, covariance, x, d)),
  );
  const image = new Float32Array(d * k);
  await inSlices(product(image, covariance, transposed(span, d), d));
  const { values, vectors: within } = eigenOf(inner(span, image, d), k);
  const directions = new Float32Array(2 * d);
  for (let axis = 0; axis < Math.min(2, k); axis++) {
    const weights = within.subarray((k - 1 - axis) * k, (k - axis) * k);
    for (let m = 0; m < k; m++)
      for (let i = 0; i < d; i++) directions[axis * d + i]! += weights[m]! * span[m * d + i]!;
    pointUp(directions.subarray(axis * d, axis * d + d));
  }
  let variance = 0;
  for (let i = 0; i < d; i++) variance += covariance[i * d + i]!;
  const share = (axis: number) =>
    variance > 0 ? Math.max(0, values[k - 1 - axis] ?? 0) / variance : 0;
  return { mean, directions, shares: [share(0), share(1)] };
}

/** Coordinates of rows on the plane `[rows × 2]`. */
export function* projected(
  vectors: Float32Array,
  { mean, directions }: Plane,
  rows: Uint32Array,
): Steps<Float32Array> {
  const d = mean.length;
  const out = new Float32Array(2 * rows.length);
  for (let n = 0; n < rows.length; n++) {
    const at = rows[n]! * d;
    let [x, y] = [0, 0];
    for (let i = 0; i < d; i++) {
      const centred = vectors[at + i]! - mean[i]!;
      x += centred * directions[i]!;
      y += centred * directions[d + i]!;
    }
    out[2 * n] = x;
    out[2 * n + 1] = y;
    if (n % ROWS_A_STEP === 0) yield;
  }
  return out;
}

/** Mean `[d]` and covariances `[d × d]` of rows. */
function* covarianceOf(vectors: Float32Array, d: number, rows: Uint32Array) {
  const mean = new Float64Array(d);
  for (const [n, row] of rows.entries()) {
    for (let i = 0; i < d; i++) mean[i]! += vectors[row * d + i]! / rows.length;
    if (n % ROWS_A_STEP === 0) yield;
  }
  const covariance = new Float32Array(d * d);
  const centred = new Float32Array(d);
  for (const row of rows) {
    for (let i = 0; i < d; i++) centred[i] = vectors[row * d + i]! - mean[i]!;
    for (let i = 0; i < d; i++) {
      const it = centred[i]! / rows.length;
      for (let j = 0, at = i * d; j <= i; j++) covariance[at + j]! += it * centred[j]!;
    }
    yield;
  }
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++) covariance[j * d + i] = covariance[i * d + j]!;
  return { mean, covariance };
}

/** Y = AX for a symmetric A `[n × n]` and X `[n × k]`. */
function* product(y: Float32Array, a: Float32Array, x: Float32Array, n: number): Steps<void> {
  const k = x.length / n;
  for (let i = 0; i < n; i++) {
    const row = y.subarray(i * k, i * k + k).fill(0);
    for (let j = 0; j < n; j++) {
      const it = a[i * n + j]!;
      for (let c = 0; c < k; c++) row[c]! += it * x[j * k + c]!;
    }
    yield;
  }
}

/** `[k × n]` as `[n × k]`. */
function transposed(a: Float32Array, n: number): Float32Array {
  const k = a.length / n;
  return Float32Array.from({ length: a.length }, (_, p) => a[(p % k) * n + Math.floor(p / k)]!);
}

/** BA `[k × k]` of B `[k × n]` and A `[n × k]`. */
function inner(b: Float32Array, a: Float32Array, n: number): Float64Array {
  const k = b.length / n;
  const out = new Float64Array(k * k);
  for (let p = 0; p < k; p++)
    for (let q = 0; q < k; q++)
      for (let i = 0; i < n; i++) out[p * k + q]! += b[p * n + i]! * a[i * k + q]!;
  return out;
}

/** Turns a direction so that its largest entry is positive: an eigenvector has no sign of its own. */
function pointUp(direction: Float32Array): void {
  const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  if (largest < 0) for (let i = 0; i < direction.length; i++) direction[i] = -direction[i]!;
}
