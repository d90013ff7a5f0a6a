/**
 * Many ridge regressions that share most of their normal equations. AssemblyScript.
 *
 * Vectors have k numbers in single precision; k is a multiple of 16.
 */

/** Relative squared residual at which a row is done: less is rounding. */
const CONVERGED: f32 = 1e-12;
/** Residual of a row that is zero: of a smaller one the next products would be zero, and their quotients no numbers. */
const TINY: f32 = 1e-30;
/** Entries per batch: their rows of Y fit the L1 cache. */
const BATCH: usize = 32;

/**
 * Improves rows `[from, end)` of X by conjugate gradients, warm-started. Row x with n entries (c, y)
 * solves
 *
 *     (G + Σ |c| y yᵀ + ρ I) x = Σ_{c>0} c y + ρ μ,   ρ = ridge × n + ridgeOfAll
 *
 * preconditioned by M = (G + ρ̄ I)⁻¹, the inverse of the part that all rows share.
 *
 * @param y  Rows of the other side.
 * @param gram  G `[k × k]`, both triangles.
 * @param inverse  M `[k × k]`, both triangles.
 * @param means  μ, one a row; 0: all are zero.
 * @param meanRidge  ρ̄
 * @param scratch  Memory for six vectors and {@link BATCH} numbers.
 */
export function regressRows(
  x: usize,
  from: usize,
  end: usize,
  k: usize,
  rowStart: usize,
  columns: usize,
  values: usize,
  y: usize,
  gram: usize,
  inverse: usize,
  means: usize,
  ridge: f32,
  ridgeOfAll: f32,
  meanRidge: f32,
  steps: i32,
  scratch: usize,
): void {
  const size = k * 4;
  for (let i: usize = 0; i < k; i++) store<u32>(scratch + 5 * size + i * 4, <u32>i);
  for (; from < end; from++) {
    const first = <usize>load<u32>(rowStart + from * 4) * 4;
    const last = <usize>load<u32>(rowStart + from * 4 + 4) * 4;
    const row = x + from * size;
    const mean = means === 0 ? 0 : means + from * size;
    if (first === last) {
      if (mean === 0) memory.fill(row, 0, size);
      else memory.copy(row, mean, size);
      continue;
    }
    const rho = ridge * <f32>((last - first) / 4) + ridgeOfAll;
    const more = rho - meanRidge;
    improve(row, size, columns + first, columns + last, values - columns, y, gram, inverse, mean, rho, more, steps, scratch); // prettier-ignore
  }
}

/**
 * One row. Of M and its inverse G + ρ̄ I only M is multiplied by: each direction is the preconditioned
 * residual z = M r plus some of the last one, and (G + ρ̄ I) z = r.
 *
 * @see Golub & Van Loan, Matrix Computations, 4th ed., algorithm 11.5.1.
 */
function improve(
  x: usize,
  size: usize,
  column: usize,
  end: usize,
  toValues: usize,
  y: usize,
  gram: usize,
  inverse: usize,
  mean: usize,
  rho: f32,
  more: f32,
  steps: i32,
  scratch: usize,
): void {
  const r = scratch;
  const z = r + size;
  const p = z + size;
  const gp = p + size; // (G + ρ I) p
  const q = gp + size; // −A p
  const all = q + size; // 0, 1, … k − 1: which rows of a square matrix
  const weights = all + size;
  multiplyRows(r, x, gram, all, all + size, size);
  add(r, x, rho, size);
  negate(r, r, size);
  if (mean !== 0) add(r, mean, rho, size);
  addEntries(r, x, 1, column, end, toValues, y, size, weights);
  memory.fill(p, 0, 2 * size);
  let before: f32 = Infinity;
  let enough: f32 = 0;
  for (; steps > 0; steps--) {
    multiplyRows(z, r, inverse, all, all + size, size);
    const rz = dot(r, z, size);
    if (!(rz > max(enough, TINY))) return;
    if (enough === 0) enough = rz * CONVERGED;
    const beta = rz / before;
    before = rz;
    scaleAdd(p, beta, z, size);
    scaleAdd(gp, beta, r, size);
    add(gp, z, more, size);
    negate(q, gp, size);
    addEntries(q, p, 0, column, end, toValues, y, size, weights);
    const step = -rz / dot(p, q, size);
    add(x, p, step, size);
    add(r, q, step, size);
  }
}

/** `out += Σ (liked max(c, 0) − |c| y·p) y` over a row's entries, each row of Y fetched once. */
function addEntries(
  out: usize,
  p: usize,
  liked: f32,
  column: usize,
  end: usize,
  toValues: usize,
  y: usize,
  size: usize,
  weights: usize,
): void {
  while (column < end) {
    const stop = min(end, column + BATCH * 4);
    multiplyRows(weights, p, y, column, stop, size);
    for (let at = weights, n = column; n < stop; n += 4) {
      const c = load<f32>(n + toValues);
      store<f32>(at, liked * max(c, <f32>0) - abs(c) * load<f32>(at));
      at += 4;
    }
    addRows(out, weights, y, column, stop, size);
    column = stop;
  }
}

/** Inner products of p and rows of Y, four at a time; up to three unused ones are written behind them. */
function multiplyRows(
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
function addRows(
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

function dot(x: usize, y: usize, size: usize): f32 {
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
function add(x: usize, y: usize, w: f32, size: usize): void {
  const ws = f32x4.splat(w);
  for (let i: usize = 0; i < size; i += 16)
    v128.store(x + i, f32x4.add(v128.load(x + i), f32x4.mul(ws, v128.load(y + i))));
}

/** `x = w x + y` */
function scaleAdd(x: usize, w: f32, y: usize, size: usize): void {
  const ws = f32x4.splat(w);
  for (let i: usize = 0; i < size; i += 16)
    v128.store(x + i, f32x4.add(v128.load(y + i), f32x4.mul(ws, v128.load(x + i))));
}

/** `x = −y` */
function negate(x: usize, y: usize, size: usize): void {
  for (let i: usize = 0; i < size; i += 16) v128.store(x + i, f32x4.neg(v128.load(y + i)));
}
