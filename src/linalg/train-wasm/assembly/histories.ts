/**
 * Ridge regression from decayed histories to the next post, by conjugate gradients. AssemblyScript.
 *
 * Φ is never stored: ΦX is one recursion forward through each history, ΦᵀU one backward. Matrices are strips.
 */
import { addTimes, areWithin, divide, dots, ROW } from "./strips";

/** Bytes of a block's parameters: decay, decay^window and scale as floats, window as an integer. */
const BLOCK: usize = 16;
/** Squared residual, as a share of the right side's, at which a column is done. */
const CONVERGED: f32 = 1e-10;
/** Most steps. */
const STEPS = 100;
/** Least divisor: a column that is done may have no residual. */
const TINY: f32 = 1e-30;

/**
 * Solves (ΦᵀΦ + λI) W = ΦᵀY for the columns of W from `first` to `first` + 15.
 *
 * @param w  The columns `[blocks × n × 16]`.
 * @param rowStart  Histories, users + 1 numbers.
 * @param columns  Posts of the histories, oldest first, below n.
 * @param blocks  Parameters of each block.
 * @param scratch  Memory for three strips as large as W, one of the longest history, and five rows.
 */
export function regressHistories(
  w: usize,
  n: usize,
  first: u32,
  rowStart: usize,
  columns: usize,
  users: usize,
  blocks: usize,
  blockCount: usize,
  lambda: f32,
  scratch: usize,
): void {
  const size = blockCount * n * ROW;
  const before = scratch;
  const now = before + ROW;
  const start = now + ROW;
  const share = start + ROW;
  const negated = share + ROW;
  const r = negated + ROW;
  const p = r + size;
  const q = p + size;
  const u = q + size;
  memory.fill(w, 0, size);
  memory.fill(r, 0, size);
  addHistories(r, 0, first, n, rowStart, columns, users, blocks, blockCount, u);
  memory.copy(p, r, size);
  dots(start, r, r, size);
  memory.copy(before, start, ROW);
  for (let step = 0; step < STEPS && !areWithin(CONVERGED, before, start); step++) {
    fillTimes(q, lambda, p, size);
    addHistories(q, p, 0, n, rowStart, columns, users, blocks, blockCount, u);
    dots(now, p, q, size);
    divide(share, negated, before, now, TINY);
    addTimes(w, w, share, p, size);
    addTimes(r, r, negated, q, size);
    dots(now, r, r, size);
    divide(share, negated, now, before, TINY);
    addTimes(p, r, share, p, size);
    memory.copy(before, now, ROW);
  }
}

/** `Y = c X` */
function fillTimes(y: usize, c: f32, x: usize, size: usize): void {
  const cs = f32x4.splat(c);
  for (const end = y + size; y < end; y += 16) {
    v128.store(y, f32x4.mul(cs, v128.load(x)));
    x += 16;
  }
}

/** `Y += ΦᵀΦX`; or, if X is 0, `Y += ΦᵀZ` with Z 1 where the next post is the one of the strip's column. */
function addHistories(
  y: usize,
  x: usize,
  first: u32,
  n: usize,
  rowStart: usize,
  columns: usize,
  users: usize,
  blocks: usize,
  blockCount: usize,
  u: usize,
): void {
  for (let user: usize = 0; user < users; user++) {
    const from = <usize>load<u32>(rowStart + user * 4);
    const count = <usize>load<u32>(rowStart + user * 4 + 4) - from;
    if (count < 2) continue;
    const posts = columns + from * 4;
    memory.fill(u, 0, count * ROW);
    if (x === 0) {
      if (!markNext(u, posts, count, first)) continue;
    } else {
      for (let b: usize = 0; b < blockCount; b++)
        addForward(u, x + b * n * ROW, posts, count, blocks + b * BLOCK);
    }
    for (let b: usize = 0; b < blockCount; b++)
      addBackward(y + b * n * ROW, u, posts, count, blocks + b * BLOCK);
  }
}

/** Puts 1 at each step into the column of its post, if the strip has one; returns whether it has any. */
function markNext(u: usize, posts: usize, count: usize, first: u32): bool {
  let isAny = false;
  for (let t: usize = 1; t < count; t++) {
    const column = load<u32>(posts + t * 4) - first; // wraps around below 0
    if (column >= 16) continue;
    store<f32>(u + t * ROW + column * 4, 1);
    isAny = true;
  }
  return isAny;
}

/** `U += ΦX` of one block and history: the sum S of the rows before a step has `decay S + X` at the next. */
function addForward(u: usize, x: usize, posts: usize, count: usize, block: usize): void {
  const decay = v128.load32_splat(block);
  const last = v128.load32_splat(block + 4);
  const scale = v128.load32_splat(block + 8);
  const window = <usize>load<u32>(block + 12);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let t: usize = 0; t < count; t++) {
    v128.store(u, f32x4.add(v128.load(u), f32x4.mul(scale, s0)));
    v128.store(u, f32x4.add(v128.load(u, 16), f32x4.mul(scale, s1)), 16);
    v128.store(u, f32x4.add(v128.load(u, 32), f32x4.mul(scale, s2)), 32);
    v128.store(u, f32x4.add(v128.load(u, 48), f32x4.mul(scale, s3)), 48);
    u += ROW;
    const at = x + <usize>load<u32>(posts + t * 4) * ROW;
    s0 = f32x4.add(f32x4.mul(decay, s0), v128.load(at));
    s1 = f32x4.add(f32x4.mul(decay, s1), v128.load(at, 16));
    s2 = f32x4.add(f32x4.mul(decay, s2), v128.load(at, 32));
    s3 = f32x4.add(f32x4.mul(decay, s3), v128.load(at, 48));
    if (t < window) continue;
    const old = x + <usize>load<u32>(posts + (t - window) * 4) * ROW;
    s0 = f32x4.sub(s0, f32x4.mul(last, v128.load(old)));
    s1 = f32x4.sub(s1, f32x4.mul(last, v128.load(old, 16)));
    s2 = f32x4.sub(s2, f32x4.mul(last, v128.load(old, 32)));
    s3 = f32x4.sub(s3, f32x4.mul(last, v128.load(old, 48)));
  }
}

/** `Y += ΦᵀU` of one block and history: the same sum, from the last step on. */
function addBackward(y: usize, u: usize, posts: usize, count: usize, block: usize): void {
  const decay = v128.load32_splat(block);
  const last = v128.load32_splat(block + 4);
  const scale = v128.load32_splat(block + 8);
  const window = <usize>load<u32>(block + 12);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let t = count - 1; t > 0; t--) {
    const at = u + t * ROW;
    s0 = f32x4.add(f32x4.mul(decay, s0), v128.load(at));
    s1 = f32x4.add(f32x4.mul(decay, s1), v128.load(at, 16));
    s2 = f32x4.add(f32x4.mul(decay, s2), v128.load(at, 32));
    s3 = f32x4.add(f32x4.mul(decay, s3), v128.load(at, 48));
    if (t + window < count) {
      const old = at + window * ROW;
      s0 = f32x4.sub(s0, f32x4.mul(last, v128.load(old)));
      s1 = f32x4.sub(s1, f32x4.mul(last, v128.load(old, 16)));
      s2 = f32x4.sub(s2, f32x4.mul(last, v128.load(old, 32)));
      s3 = f32x4.sub(s3, f32x4.mul(last, v128.load(old, 48)));
    }
    const to = y + <usize>load<u32>(posts + (t - 1) * 4) * ROW;
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(scale, s0)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(scale, s1)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(scale, s2)), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(scale, s3)), 48);
  }
}
