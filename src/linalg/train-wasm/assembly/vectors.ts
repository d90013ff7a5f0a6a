/**
 * Products and sums of vectors in single precision, and of rows of Y. AssemblyScript.
 *
 * Row numbers of Y are 32-bit integers in memory, from `column` up to `end`.
 *
 * A size is in bytes, and a multiple of 64.
 */

/** Inner products of p and rows of Y, four at a time; up to three unused ones are written behind them. */
export function multiplyRows(
  out: usize,
  p: usize,
  y: usize,
  column: usize,
  end: usize,
  size: usize,
): void {
  for (; column < end; column += 16) {
    const a = y + <usize>load<u32>(column) * size;
    const b = column + 4 < end ? y + <usize>load<u32>(column, 4) * size : a;
    const c = column + 8 < end ? y + <usize>load<u32>(column, 8) * size : a;
    const d = column + 12 < end ? y + <usize>load<u32>(column, 12) * size : a;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    for (let i: usize = 0; i < size; i += 32) {
      const p0 = v128.load(p + i);
      const p1 = v128.load(p + i, 16);
      a0 = f32x4.add(a0, f32x4.mul(p0, v128.load(a + i)));
      a1 = f32x4.add(a1, f32x4.mul(p1, v128.load(a + i, 16)));
      b0 = f32x4.add(b0, f32x4.mul(p0, v128.load(b + i)));
      b1 = f32x4.add(b1, f32x4.mul(p1, v128.load(b + i, 16)));
      c0 = f32x4.add(c0, f32x4.mul(p0, v128.load(c + i)));
      c1 = f32x4.add(c1, f32x4.mul(p1, v128.load(c + i, 16)));
      d0 = f32x4.add(d0, f32x4.mul(p0, v128.load(d + i)));
      d1 = f32x4.add(d1, f32x4.mul(p1, v128.load(d + i, 16)));
    }
    a0 = f32x4.add(a0, a1);
    b0 = f32x4.add(b0, b1);
    c0 = f32x4.add(c0, c1);
    d0 = f32x4.add(d0, d1);
    // A transposed tile: then lanes are rows.
    const ab = f32x4.add(v128.shuffle<f32>(a0, b0, 0, 4, 1, 5), v128.shuffle<f32>(a0, b0, 2, 6, 3, 7)); // prettier-ignore
    const cd = f32x4.add(v128.shuffle<f32>(c0, d0, 0, 4, 1, 5), v128.shuffle<f32>(c0, d0, 2, 6, 3, 7)); // prettier-ignore
    v128.store(out, f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))); // prettier-ignore
    out += 16;
  }
}

/** `out += Σ w y` over rows of Y, four vectors of the sum in registers at a time. */
export function addRows(
  out: usize,
  weights: usize,
  y: usize,
  column: usize,
  end: usize,
  size: usize,
): void {
  for (let i: usize = 0; i < size; i += 64) {
    const to = out + i;
    const from = y + i;
    let s0 = v128.load(to);
    let s1 = v128.load(to, 16);
    let s2 = v128.load(to, 32);
    let s3 = v128.load(to, 48);
    let weight = weights;
    for (let n = column; n < end; n += 4) {
      const w = v128.load32_splat(weight);
      const row = from + <usize>load<u32>(n) * size;
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(w, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(w, v128.load(row, 48)));
      weight += 4;
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
}

/** `x · y` */
export function dot(x: usize, y: usize, size: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let i: usize = 0; i < size; i += 32) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(x + i), v128.load(y + i)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(x + i, 16), v128.load(y + i, 16)));
  }
  const s = f32x4.add(s0, s1);
  const low = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
  return low + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
}

/** `x += w y` */
export function add(x: usize, y: usize, w: f32, size: usize): void {
  const ws = f32x4.splat(w);
  for (let i: usize = 0; i < size; i += 16)
    v128.store(x + i, f32x4.add(v128.load(x + i), f32x4.mul(ws, v128.load(y + i))));
}

/** `x = w x + y` */
export function scaleAdd(x: usize, w: f32, y: usize, size: usize): void {
  const ws = f32x4.splat(w);
  for (let i: usize = 0; i < size; i += 16)
    v128.store(x + i, f32x4.add(v128.load(y + i), f32x4.mul(ws, v128.load(x + i))));
}

/** `x = −y` */
export function negateVector(x: usize, y: usize, size: usize): void {
  for (let i: usize = 0; i < size; i += 16) v128.store(x + i, f32x4.neg(v128.load(y + i)));
}
