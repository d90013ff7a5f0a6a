/** Factor of a block on the diagonal, the one part that threads cannot share. AssemblyScript. */

/**
 * The inverse of the Cholesky factor of A `[n × n]`, with zeros above the diagonal; the lower triangle of
 * A is read. In double precision: it takes little time beside the products, and its error is in all of
 * them.
 *
 * @param inverse  Gets L⁻¹ `[n × n]`, single precision.
 * @param factor  Scratch for L `[n × n]`, double precision.
 * @param rows  Scratch for L⁻¹ `[n × n]`, double precision.
 * @returns −1, or the pivot that is not positive.
 */
export function invertFactor(
  inverse: usize,
  a: usize,
  stride: usize,
  n: usize,
  factor: usize,
  rows: usize,
): i32 {
  for (let i: usize = 0; i < n; i++) {
    const source = a + i * stride * 4;
    const l = factor + i * n * 8;
    for (let j: usize = 0; j < i; j++) {
      const above = factor + j * n * 8;
      const rest = <f64>load<f32>(source + j * 4) - dot(l, above, j);
      store<f64>(l + j * 8, rest / load<f64>(above + j * 8));
    }
    const pivot = <f64>load<f32>(source + i * 4) - dot(l, l, i);
    if (!(pivot > 0)) return <i32>i;
    store<f64>(l + i * 8, sqrt(pivot));
  }
  for (let i: usize = 0; i < n; i++) {
    const x = rows + i * n * 8;
    invertRow(x, factor + i * n * 8, rows, i, n);
    for (let j: usize = 0; j < n; j++)
      store<f32>(inverse + (i * n + j) * 4, <f32>load<f64>(x + j * 8));
  }
  return -1;
}

/** Row i of X = L⁻¹ from the rows above: `Xᵢ = (eᵢ − Σ Lᵢₚ Xₚ) / Lᵢᵢ`. */
function invertRow(x: usize, l: usize, rows: usize, i: usize, n: usize): void {
  memory.fill(x, 0, n * 8);
  for (let p: usize = 0; p < i; p++) subtract(x, rows + p * n * 8, load<f64>(l + p * 8), p + 1);
  const scale = 1 / load<f64>(l + i * 8);
  for (const end = x + i * 8; x < end; x += 8) store<f64>(x, load<f64>(x) * scale);
  store<f64>(x, scale);
}

/** Inner product of n numbers, in four sums. */
function dot(x: usize, y: usize, n: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const end = x + n * 8;
  for (const whole = x + (n & ~3) * 8; x < whole; x += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    y += 32;
  }
  const s = f64x2.add(s0, s1);
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; x < end; x += 8) {
    sum += load<f64>(x) * load<f64>(y);
    y += 8;
  }
  return sum;
}

/** `x −= w y` for n numbers. */
function subtract(x: usize, y: usize, w: f64, n: usize): void {
  const ws = f64x2.splat(w);
  const end = x + n * 8;
  for (const whole = x + (n & ~1) * 8; x < whole; x += 16) {
    v128.store(x, f64x2.sub(v128.load(x), f64x2.mul(ws, v128.load(y))));
    y += 16;
  }
  if (x < end) store<f64>(x, load<f64>(x) - w * load<f64>(y));
}
