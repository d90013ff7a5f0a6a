/** Dense vectors in the rows of one flat array. */

/** Inner product of row `a` of `x` and row `b` of `y`, both `k` wide. */
export function dotRows(
  x: Float32Array | Float64Array,
  a: number,
  y: Float32Array | Float64Array,
  b: number,
  k: number,
): number {
  let sum = 0;
  for (let i = 0, p = a * k, q = b * k; i < k; i++) sum += x[p + i]! * y[q + i]!;
  return sum;
}

/** Scale to unit length in place; a zero vector stays zero. */
export function normalise(x: Float32Array | Float64Array): void {
  let squares = 0;
  for (const xi of x) squares += xi * xi;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < x.length; i++) x[i]! *= scale;
}

/** Mean 0 and standard deviation 1 in place; numbers that are all equal become 0. */
export function standardise(x: Float32Array): void {
  if (x.length === 0) return;
  let sum = 0;
  for (const xi of x) sum += xi;
  const mean = sum / x.length;
  let squares = 0;
  for (const xi of x) squares += (xi - mean) ** 2;
  const deviation = Math.sqrt(squares / x.length);
  const scale = deviation > 1e-9 * (Math.abs(mean) + 1e-9) ? 1 / deviation : 0;
  for (let i = 0; i < x.length; i++) x[i] = (x[i]! - mean) * scale;
}
