/**
 * Strips of matrices: 16 columns side by side, a row one cache line. AssemblyScript.
 *
 * Sizes are bytes. Coefficients are one a column.
 */
import { STRIP } from "./pack";

/** Bytes of a row. */
export const ROW: usize = STRIP * 4;

/** Inner products of the columns of A and B; `out` gets a row. */
export function dots(out: usize, a: usize, b: usize, size: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (const end = a + size; a < end; a += ROW) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
    b += ROW;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** `Y = A + c B`; Y may be A or B. */
export function addTimes(y: usize, a: usize, c: usize, b: usize, size: usize): void {
  const c0 = v128.load(c);
  const c1 = v128.load(c, 16);
  const c2 = v128.load(c, 32);
  const c3 = v128.load(c, 48);
  for (const end = y + size; y < end; y += ROW) {
    v128.store(y, f32x4.add(v128.load(a), f32x4.mul(c0, v128.load(b))));
    v128.store(y, f32x4.add(v128.load(a, 16), f32x4.mul(c1, v128.load(b, 16))), 16);
    v128.store(y, f32x4.add(v128.load(a, 32), f32x4.mul(c2, v128.load(b, 32))), 32);
    v128.store(y, f32x4.add(v128.load(a, 48), f32x4.mul(c3, v128.load(b, 48))), 48);
    a += ROW;
    b += ROW;
  }
}

/** Quotients of two rows; `out` gets them, `negated` their negatives. A divisor is at least `least`. */
export function divide(out: usize, negated: usize, a: usize, b: usize, least: f32): void {
  for (let at: usize = 0; at < ROW; at += 4) {
    const it = load<f32>(a + at) / max(least, load<f32>(b + at));
    store<f32>(out + at, it);
    store<f32>(negated + at, -it);
  }
}

/** True if each number of a row is at most `share` of that of another one. */
export function areWithin(share: f32, a: usize, b: usize): bool {
  for (let at: usize = 0; at < ROW; at += 4)
    if (load<f32>(a + at) > share * load<f32>(b + at)) return false;
  return true;
}
