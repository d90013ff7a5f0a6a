/** What ranking does with columns of numbers. AssemblyScript: `bun src/build/kernel.ts`. */
export { combine, products, products16, productsWithSome, productsWithSome16 } from "./products";
export { largest } from "./select";

/** Rows of a table that are asked for at once: 100 kB at 400 entries. */
const AHEAD: usize = 64;

/**
 * `out[j] += w_i table[i → j]` over rows i of a table whose entries are the place in the upper 16
 * bits and a score in the lower ones.
 *
 * @param ends  For each row of the table, `m` entries wide, how many there are.
 * @param weights  Of `count` rows; they are used up.
 */
export function spread(
  out: usize,
  table: usize,
  m: usize,
  ends: usize,
  rows: usize,
  weights: usize,
  count: usize,
): void {
  let touched: u32 = 0;
  for (let n: usize = 0; n < count; n++) {
    // All that is read next is asked for at once: one after the other they would come half as soon.
    if (n % AHEAD === 0)
      for (let next = n; next < min(n + AHEAD, count); next++) {
        const from = table + ((<usize>load<u32>(rows + (next << 2)) * m) << 2);
        for (let at = from; at < from + (m << 2); at += 64) touched |= load<u32>(at);
      }
    const row = <usize>load<u32>(rows + (n << 2));
    const weight = load<f32>(weights + (n << 2));
    const weightOfAll = f32x4.splat(weight);
    let at = table + ((row * m) << 2);
    const end = at + ((<usize>load<u32>(ends + (row << 2))) << 2);
    for (; at + 16 <= end; at += 16) {
      const entries = v128.load(at);
      const scores = f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(entries, 16), 16));
      const shares = f32x4.mul(scores, weightOfAll);
      // Places out of whole numbers: sooner than out of lanes.
      const two = load<u64>(at);
      const others = load<u64>(at, 8);
      add(out, (two >> 16) & 0xffff, f32x4.extract_lane(shares, 0));
      add(out, two >> 48, f32x4.extract_lane(shares, 1));
      add(out, (others >> 16) & 0xffff, f32x4.extract_lane(shares, 2));
      add(out, others >> 48, f32x4.extract_lane(shares, 3));
    }
    for (; at < end; at += 4) {
      const entry = load<u32>(at);
      add(out, entry >> 16, weight * <f32>(<i16>entry));
    }
  }
  store<u32>(weights, touched); // so that the loads above are not left out; weights are used up
}

function add(out: usize, place: u64, share: f32): void {
  const at = out + ((<usize>place) << 2);
  store<f32>(at, load<f32>(at) + share);
}

/** `out[n] = values[rows[n]]`. */
export function gather(out: usize, values: usize, rows: usize, count: usize): void {
  for (let n: usize = 0; n < count; n++)
    store<f32>(out + (n << 2), load<f32>(values + ((<usize>load<u32>(rows + (n << 2))) << 2)));
}

/**
 * The largest of some columns, and what the largest of others takes away:
 * `out = max_v near_v − against max(0, max_v far_v)`.
 *
 * @param columns  The `near` first, each `stride` bytes after the one before.
 * @param count  Numbers of a column; a multiple of 4.
 */
export function nearness(
  out: usize,
  columns: usize,
  stride: usize,
  near: usize,
  far: usize,
  against: f32,
  count: usize,
): void {
  const scale = f32x4.splat(against);
  for (let at: usize = 0; at < count << 2; at += 16) {
    let best = f32x4.splat(near > 0 ? -1 : 0);
    let worst = f32x4.splat(0);
    let column = columns + at;
    for (let v: usize = 0; v < near; v++, column += stride)
      best = f32x4.max(best, v128.load(column));
    for (let v: usize = 0; v < far; v++, column += stride)
      worst = f32x4.max(worst, v128.load(column));
    v128.store(out + at, f32x4.sub(best, f32x4.mul(scale, worst)));
  }
}

/** Numbers that are added up in 32 bits, before that sum is added to one of 64. */
const BLOCK: usize = 256;

/**
 * In place: mean 0 and standard deviation 1, then the root s of z = s (1 + |s|); numbers that are all
 * equal become 0.
 *
 * @param column  What lies behind it up to a multiple of 4 numbers is overwritten.
 */
export function standardise(column: usize, count: usize): void {
  const first = load<f32>(column); // about as large as the others: what is left of them is exact
  const mean = <f64>first + sumOf(column, count, first, false) / <f64>count;
  const rounded = <f32>mean;
  const rest = mean - <f64>rounded;
  const variance = sumOf(column, count, rounded, true) / <f64>count - rest * rest;
  const deviation = sqrt(max<f64>(0, variance));
  const scale: f64 = deviation > 1e-7 * (1e-7 + abs(mean)) ? 1 / deviation : 0;
  const scales = f32x4.splat(<f32>scale);
  const means = f32x4.splat(rounded);
  const rests = f32x4.splat(<f32>(rest * scale));
  for (const end = column + (count << 2); column < end; column += 16) {
    const x = f32x4.mul(scales, f32x4.sub(v128.load(column), means));
    v128.store(column, rootsOf(f32x4.sub(x, rests)));
  }
}

/** The sum of all numbers less `from`, or of their squares. */
function sumOf(column: usize, count: usize, from: f32, isSquared: boolean): f64 {
  const less = f32x4.splat(from);
  const end = column + (count << 2);
  let total: f64 = 0;
  let at = column;
  for (const four = column + ((count & ~3) << 2); at < four;) {
    let sums = f32x4.splat(0);
    for (const stop = min(four, at + 4 * BLOCK); at < stop; at += 16) {
      const x = f32x4.sub(v128.load(at), less);
      sums = f32x4.add(sums, isSquared ? f32x4.mul(x, x) : x);
    }
    const pairs = f64x2.add(f64x2.promote_low_f32x4(sums), f64x2.promote_low_f32x4(upper(sums)));
    total += f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  }
  for (; at < end; at += 4) {
    const x = <f64>(load<f32>(at) - from);
    total += isSquared ? x * x : x;
  }
  return total;
}

/** s of z = s (1 + |s|). */
function rootsOf(z: v128): v128 {
  const one = f32x4.splat(1);
  const inner = f32x4.add(one, f32x4.mul(f32x4.splat(4), f32x4.abs(z)));
  const s = f32x4.mul(f32x4.splat(0.5), f32x4.sub(f32x4.sqrt(inner), one));
  return v128.or(s, v128.and(z, f32x4.splat(-0.0)));
}

function upper(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 2, 3);
}

/** Weigh a column in place and add it to a total; both are long enough for a multiple of 4 numbers. */
export function addWeighted(total: usize, column: usize, count: usize, weight: f32): void {
  const weights = f32x4.splat(weight);
  for (let at: usize = 0; at < count << 2; at += 16) {
    const share = f32x4.mul(weights, v128.load(column + at));
    v128.store(column + at, share);
    v128.store(total + at, f32x4.add(v128.load(total + at), share));
  }
}

/** `kept[n] &= allowed[rows[n]]`; returns how many are left. */
export function keep(kept: usize, rows: usize, count: usize, allowed: usize): i32 {
  let left: i32 = 0;
  for (let n: usize = 0; n < count; n++) {
    const is = load<u8>(kept + n) & load<u8>(allowed + <usize>load<u32>(rows + (n << 2)));
    store<u8>(kept + n, is);
    left += is;
  }
  return left;
}

/**
 * Places and bits of the words that are not 0, ascending; returns how many.
 *
 * @param rows  Like `bits` it has room for one more than all.
 */
export function compact(rows: usize, bits: usize, words: usize, count: usize): i32 {
  let size: usize = 0;
  for (let n: usize = 0; n < count; n++) {
    if ((n & 3) === 0 && n + 4 <= count && !v128.any_true(v128.load(words + (n << 2)))) {
      n += 3;
      continue;
    }
    // Written whether it counts or not: to guess which do would take longer.
    const word = load<u32>(words + (n << 2));
    store<u32>(rows + size, <u32>n);
    store<u32>(bits + size, word);
    size += (<usize>(word !== 0)) << 2;
  }
  return <i32>(size >> 2);
}
