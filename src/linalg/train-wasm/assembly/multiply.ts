/**
 * The matrix product that all dense functions use. AssemblyScript, compiled to WASM SIMD.
 *
 * The left factor is read row by row. The right factor is packed: its columns in strips of 16, the rows
 * of a strip one after the other `[strips × depth × 16]`, the last strip padded with zeros. Matrices are
 * in single precision; a stride is the number of numbers from row to row.
 */
import { STRIP } from "./pack";

/**
 * `C −= P Q` (or `C = P Q` if `isSet`) for C `[rows × columns]`, P `[rows × depth]`, Q packed.
 *
 * Each number of C is one sum in the order of the depth, so the division of C into calls changes no
 * bit. Strips are innermost: C is read along its rows, which the processor prefetches, and Q (256 kB at
 * 256 × 256) stays in the L2 cache.
 *
 * @param scratch  Memory for 32 numbers.
 */
export function multiply(
  c: usize,
  cStride: usize,
  p: usize,
  pStride: usize,
  q: usize,
  rows: usize,
  columns: usize,
  depth: usize,
  isSet: bool,
  scratch: usize,
): void {
  const whole = columns / STRIP;
  const rest = columns % STRIP;
  for (let i: usize = 0; i < rows; i += 2) {
    // An odd last row is in both halves of the tile, with equal results.
    const next: usize = i + 1 < rows ? 4 : 0;
    const p0 = p + i * pStride * 4;
    const p1 = p0 + pStride * next;
    let c0 = c + i * cStride * 4;
    let c1 = c0 + cStride * next;
    let strip = q;
    for (let j: usize = 0; j < whole; j++) {
      tile(c0, c1, p0, p1, strip, depth, isSet);
      strip += depth * STRIP * 4;
      c0 += STRIP * 4;
      c1 += STRIP * 4;
    }
    if (rest > 0) {
      tile(scratch, scratch + STRIP * 4, p0, p1, strip, depth, true);
      put(c0, scratch, rest, isSet);
      if (next > 0) put(c1, scratch + STRIP * 4, rest, isSet);
    }
  }
}

/** Two rows of a strip of C. Eight sums, four vectors of Q, one of P and a product: 14 registers. */
function tile(
  c0: usize,
  c1: usize,
  p0: usize,
  p1: usize,
  q: usize,
  depth: usize,
  isSet: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  for (const end = q + depth * STRIP * 4; q < end; q += STRIP * 4) {
    const q0 = v128.load(q);
    const q1 = v128.load(q, 16);
    const q2 = v128.load(q, 32);
    const q3 = v128.load(q, 48);
    const x0 = v128.load32_splat(p0);
    s00 = f32x4.add(s00, f32x4.mul(x0, q0));
    s01 = f32x4.add(s01, f32x4.mul(x0, q1));
    s02 = f32x4.add(s02, f32x4.mul(x0, q2));
    s03 = f32x4.add(s03, f32x4.mul(x0, q3));
    const x1 = v128.load32_splat(p1);
    s10 = f32x4.add(s10, f32x4.mul(x1, q0));
    s11 = f32x4.add(s11, f32x4.mul(x1, q1));
    s12 = f32x4.add(s12, f32x4.mul(x1, q2));
    s13 = f32x4.add(s13, f32x4.mul(x1, q3));
    p0 += 4;
    p1 += 4;
  }
  if (!isSet) {
    s00 = f32x4.sub(v128.load(c0), s00);
    s01 = f32x4.sub(v128.load(c0, 16), s01);
    s02 = f32x4.sub(v128.load(c0, 32), s02);
    s03 = f32x4.sub(v128.load(c0, 48), s03);
    s10 = f32x4.sub(v128.load(c1), s10);
    s11 = f32x4.sub(v128.load(c1, 16), s11);
    s12 = f32x4.sub(v128.load(c1, 32), s12);
    s13 = f32x4.sub(v128.load(c1, 48), s13);
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c0, s02, 32);
  v128.store(c0, s03, 48);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c1, s12, 32);
  v128.store(c1, s13, 48);
}

/** The rest of a row of C that is no whole strip. */
function put(c: usize, sums: usize, columns: usize, isSet: bool): void {
  for (const end = c + columns * 4; c < end; c += 4) {
    const sum = load<f32>(sums);
    store<f32>(c, isSet ? sum : load<f32>(c) - sum);
    sums += 4;
  }
}
