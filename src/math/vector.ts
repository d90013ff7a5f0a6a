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
