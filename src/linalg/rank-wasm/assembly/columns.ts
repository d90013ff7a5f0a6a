/** Functions on columns of 32-bit floats. AssemblyScript; columns begin at a multiple of 16 bytes. */

/** Rows of a table that are prefetched together: 100 kB at 400 entries. */
const AHEAD: usize = 64;

/**
 * Sparse row sum: `out[j] += Σ_n weight_n table[row_n → j]`. An entry of the table holds its place j in the
 * upper 16 bits and its score in the lower ones.
 *
 * @param ends  Number of entries of each row of the table, which is `m` entries wide.
 * @param rows  `[count]`, like `weights`, which are used up.
 */
export function addRows(
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
    // The next rows are prefetched together: one after the other would take twice as long.
    if (n % AHEAD === 0)
      for (let next = n; next < min(n + AHEAD, count); next++) {
        const from = table + ((<usize>load<u32>(rows + (next << 2)) * m) << 2);
        for (let at = from; at < from + (m << 2); at += 64) touched |= load<u32>(at);
      }
    const row = <usize>load<u32>(rows + (n << 2));
    const weight = load<f32>(weights + (n << 2));
    let at = table + ((row * m) << 2);
    const end = at + ((<usize>load<u32>(ends + (row << 2))) << 2);
    for (; at + 16 <= end; at += 16) {
      const scores = f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(v128.load(at), 16), 16));
      const shares = f32x4.mul(scores, f32x4.splat(weight));
      // Columns are taken from integers: faster than from lanes.
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
  store<u32>(weights, touched); // so that the loads above are not left out
}

function add(out: usize, place: u64, share: f32): void {
  const at = out + ((<usize>place) << 2);
  store<f32>(at, load<f32>(at) + share);
}

/**
 * `out = max_v near_v − against max(0, max_v far_v)` over columns; the first maximum begins at −1, or at 0
 * without any.
 *
 * @param columns  The `near` first, each `stride` bytes after the one before; `stride` is a multiple of 16.
 */
export function nearness(
  out: usize,
  columns: usize,
  stride: usize,
  near: usize,
  far: usize,
  against: f32,
): void {
  for (let at: usize = 0; at < stride; at += 16) {
    let best = f32x4.splat(near > 0 ? -1 : 0);
    let worst = f32x4.splat(0);
    let column = columns + at;
    for (let v: usize = 0; v < near; v++, column += stride)
      best = f32x4.max(best, v128.load(column));
    for (let v: usize = 0; v < far; v++, column += stride)
      worst = f32x4.max(worst, v128.load(column));
    v128.store(out + at, f32x4.sub(best, f32x4.mul(f32x4.splat(against), worst)));
  }
}

/** Numbers per sum in 32 bits, which is then added to a sum in 64 bits. */
const BLOCK: usize = 256;

/**
 * Standardises a column in place: mean 0 and standard deviation 1, then the root s of z = s (1 + |s|);
 * numbers that are all equal become 0.
 *
 * @param column  Numbers behind it are overwritten, up to a multiple of 4.
 */
export function standardise(column: usize, count: usize): void {
  const first = load<f32>(column); // about as large as the others: what is left of them is exact
  const mean = <f64>first + sumOf(column, count, first, false) / <f64>count;
  const rounded = <f32>mean;
  const rest = mean - <f64>rounded;
  const deviation = sqrt(
    max<f64>(0, sumOf(column, count, rounded, true) / <f64>count - rest * rest),
  );
  const scale: f64 = deviation > 1e-7 * (1e-7 + abs(mean)) ? 1 / deviation : 0;
  const scales = f32x4.splat(<f32>scale);
  const means = f32x4.splat(rounded);
  const rests = f32x4.splat(<f32>(rest * scale));
  for (const end = column + (count << 2); column < end; column += 16) {
    const z = f32x4.sub(f32x4.mul(scales, f32x4.sub(v128.load(column), means)), rests);
    const root = f32x4.sqrt(f32x4.add(f32x4.splat(0.25), f32x4.abs(z)));
    const s = f32x4.sub(root, f32x4.splat(0.5));
    v128.store(column, v128.or(s, v128.and(z, f32x4.splat(-0.0))));
  }
}

/** The sum of all numbers minus `from`, or of the squares of these differences. */
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
    const upper = v128.shuffle<f32>(sums, sums, 2, 3, 2, 3);
    const pairs = f64x2.add(f64x2.promote_low_f32x4(sums), f64x2.promote_low_f32x4(upper));
    total += f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  }
  for (; at < end; at += 4) {
    const x = <f64>(load<f32>(at) - from);
    total += isSquared ? x * x : x;
  }
  return total;
}
