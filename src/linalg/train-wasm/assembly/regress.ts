/**
 * Many ridge regressions that share most of their normal equations. AssemblyScript.
 *
 * Vectors have k numbers in single precision; k is a multiple of 16.
 */
import { add, addRows, dot, multiplyRows, negateVector, scaleAdd } from "./vectors";

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
  negateVector(r, r, size);
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
    negateVector(q, gp, size);
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
