/**
 * Products of whole numbers of 16 bits, eight at a time. AssemblyScript.
 *
 * Matrices are row-major, addresses are bytes of the memory, and nothing is checked: `products.ts` and
 * `combinations.ts` call this. No sum of products may reach 2³¹.
 */

/** Rows of Y per pass over X: they stay in the cache. */
const BLOCK: usize = 64;

/**
 * `out[v × rows + r] = scale × x_v · y_r`
 *
 * @param count  Vectors X `[count × width]`.
 * @param rows  Rows of Y `[rows × width]`; a multiple of 4.
 * @param width  Numbers of a row; a multiple of 8.
 * @param scale  Value of a product of 1 × 1.
 */
export function products(
  out: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  width: usize,
  scale: f32,
): void {
  const across = width * 2;
  for (let row: usize = 0; row < rows; row += BLOCK) {
    const height = min(BLOCK, rows - row);
    for (let v: usize = 0; v < count; v += 2) {
      // An odd last vector is in both halves of the tile, with equal results.
      const next: usize = v + 1 < count ? 1 : 0;
      const to = out + (v * rows + row) * 4;
      const from = x + v * across;
      tile(to, next * rows * 4, from, next * across, y + row * across, height, across, scale);
    }
  }
}

/** Two vectors with some rows, four rows at a time: each number that is loaded is used at least twice. */
function tile(
  out: usize,
  down: usize,
  x: usize,
  next: usize,
  y: usize,
  rows: usize,
  across: usize,
  scale: f32,
): void {
  for (const end = out + rows * 4; out < end; out += 16) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    for (let i: usize = 0; i < across; i += 16) {
      const a = v128.load(x + i);
      const b = v128.load(x + next + i);
      const y0 = v128.load(y + i);
      const y1 = v128.load(y + across + i);
      const y2 = v128.load(y + 2 * across + i);
      const y3 = v128.load(y + 3 * across + i);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(a, y0));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(a, y1));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(a, y2));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(a, y3));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(b, y0));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(b, y1));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(b, y2));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(b, y3));
    }
    y += 4 * across;
    storeSums(out, a0, a1, a2, a3, scale);
    storeSums(out + down, b0, b1, b2, b3, scale);
  }
}

/** The sums of the lanes of four vectors, side by side, as floats. */
function storeSums(out: usize, a: v128, b: v128, c: v128, d: v128, scale: f32): void {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 2, 6), v128.shuffle<i32>(a, b, 1, 5, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 2, 6), v128.shuffle<i32>(c, d, 1, 5, 3, 7));
  const sums = i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7)); // prettier-ignore
  v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(sums), f32x4.splat(scale)));
}

/**
 * `out[v × stride + n] = scale × x_v · y_rows[n]`: like {@link products}, of some rows of Y.
 *
 * @param stride  Numbers of a line of `out`.
 * @param rows  `[size]`, of 32 bits; they are used up.
 */
export function productsWithSome(
  out: usize,
  stride: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  size: usize,
  width: usize,
  scale: f32,
): void {
  const across = width * 2;
  let touched: u32 = 0;
  for (let n: usize = 0; n < size; n++) {
    const row = y + <usize>load<u32>(rows + n * 4) * across;
    // Prefetches the next row while this one is multiplied.
    const next = y + <usize>load<u32>(rows + min(n + 1, size - 1) * 4) * across;
    for (let i: usize = 0; i < across; i += 64) touched |= load<u32>(next + i);
    for (let v: usize = 0; v < count; v++) {
      const vector = x + v * across;
      let sums = i32x4.splat(0);
      for (let i: usize = 0; i < across; i += 16)
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load(vector + i), v128.load(row + i)));
      const pairs = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
      const sum = i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
      store<f32>(out + (v * stride + n) * 4, scale * <f32>sum);
    }
  }
  store<u32>(rows, touched); // so that the loads above are not left out
}

/**
 * `out = scale × Σ_n weight_n × row_n` over some rows of a table.
 *
 * @param width  Numbers of a row of the table; a multiple of 16.
 * @param rows  `[count]`, of 32 bits.
 * @param weights  `[count]`, of 16 bits.
 * @param count  An even number.
 */
export function combine(
  out: usize,
  table: usize,
  width: usize,
  rows: usize,
  weights: usize,
  count: usize,
  scale: f32,
): void {
  const scales = f32x4.splat(scale);
  for (const end = table + width * 2; table < end; table += 32, out += 64) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let n: usize = 0; n < count; n += 2) {
      const x = table + <usize>load<u32>(rows + n * 4) * width * 2;
      const y = table + <usize>load<u32>(rows + n * 4, 4) * width * 2;
      const two = v128.load32_splat(weights + n * 2);
      const x0 = v128.load(x);
      const y0 = v128.load(y);
      a = i32x4.add(a, i32x4.dot_i16x8_s(two, low(x0, y0)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(two, high(x0, y0)));
      const x1 = v128.load(x, 16);
      const y1 = v128.load(y, 16);
      c = i32x4.add(c, i32x4.dot_i16x8_s(two, low(x1, y1)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(two, high(x1, y1)));
    }
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(a)));
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(b)), 16);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(c)), 32);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(d)), 48);
  }
}

/** Numbers of two rows side by side: the first four of each, and the last four. */
function low(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

function high(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}
