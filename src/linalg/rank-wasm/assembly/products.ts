/** Inner products of a few vectors with every row of a matrix. AssemblyScript: `bun src/build/kernel.ts`. */

/** Rows of Y that are taken at once: they stay near while all of X passes over them. */
const BLOCK: usize = 64;

/**
 * `out[v × rows + r] = x_v · y_r` in 32-bit floats.
 *
 * @param count  Vectors X `[count × width]`.
 * @param rows  Rows of Y `[rows × width]`; a multiple of 4.
 * @param width  Numbers of a row; a multiple of 4.
 */
export function products(
  out: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  width: usize,
): void {
  all<f32>(out, x, count, y, rows, width * 4, 1);
}

/**
 * The same of numbers in 16 bits, twice as many of which fit in everything.
 *
 * @param width  A multiple of 8.
 * @param scale  What a product of 1 × 1 stands for. No sum may reach 2³¹.
 */
export function products16(
  out: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  width: usize,
  scale: f32,
): void {
  all<i16>(out, x, count, y, rows, width * 2, scale);
}

/**
 * The same with some rows of Y only: `out[v × stride + n] = x_v · y_rows[n]`.
 *
 * @param stride  Numbers of a line of `out`.
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
): void {
  withSome<f32>(out, stride, x, count, y, rows, size, width * 4, 1);
}

/** The same of numbers in 16 bits. */
export function productsWithSome16(
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
  withSome<i16>(out, stride, x, count, y, rows, size, width * 2, scale);
}

/** A row is read once for all vectors: it lies anywhere in a matrix that no cache holds. */
function withSome<T>(
  out: usize,
  stride: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  size: usize,
  across: usize,
  scale: f32,
): void {
  let touched: u32 = 0;
  for (let n: usize = 0; n < size; n++) {
    const row = y + <usize>load<u32>(rows + n * 4) * across;
    // The next row is on its way from memory while this one is multiplied.
    const next = y + <usize>load<u32>(rows + min(n + 1, size - 1) * 4) * across;
    for (let i: usize = 0; i < across; i += 64) touched |= load<u32>(next + i);
    for (let v: usize = 0; v < count; v++) {
      const vector = x + v * across;
      let a = i32x4.splat(0);
      let b = a;
      let i: usize = 0;
      for (; i + 32 <= across; i += 32) {
        a = grown<T>(a, v128.load(vector + i), v128.load(row + i));
        b = grown<T>(b, v128.load(vector + i, 16), v128.load(row + i, 16));
      }
      if (i < across) a = grown<T>(a, v128.load(vector + i), v128.load(row + i));
      storeSum<T>(out + (v * stride + n) * 4, a, b, scale);
    }
  }
  store<u32>(rows, touched); // so that the loads above are not left out; rows are used up
}

function storeSum<T>(out: usize, a: v128, b: v128, scale: f32): void {
  let sums = isInteger<T>() ? f32x4.convert_i32x4_s(i32x4.add(a, b)) : f32x4.add(a, b);
  sums = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  store<f32>(out, (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) * scale);
}

/** Up to eight products grow at once, so that a number that was loaded is used more than once. */
function all<T>(
  out: usize,
  x: usize,
  count: usize,
  y: usize,
  rows: usize,
  across: usize,
  scale: f32,
): void {
  const down = rows * 4;
  for (let row: usize = 0; row < rows; row += BLOCK) {
    const height = min(BLOCK, rows - row);
    const block = y + row * across;
    let to = out + row * 4;
    let v: usize = 0;
    for (; v + 4 <= count; v += 4, to += 4 * down)
      byFour<T>(to, down, x + v * across, block, height, across, scale);
    if (v + 2 <= count) {
      byTwo<T>(to, down, x + v * across, block, height, across, scale);
      v += 2;
      to += 2 * down;
    }
    if (v < count) byOne<T>(to, x + v * across, block, height, across, scale);
  }
}

/** Sum and products of four floats, or of eight short numbers in four sums. */
function grown<T>(sum: v128, a: v128, b: v128): v128 {
  if (isFloat<T>()) return f32x4.add(sum, f32x4.mul(a, b));
  return i32x4.add(sum, i32x4.dot_i16x8_s(a, b));
}

function byFour<T>(
  out: usize,
  down: usize,
  x: usize,
  y: usize,
  rows: usize,
  across: usize,
  scale: f32,
): void {
  for (const end = out + rows * 4; out < end; out += 8) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    for (let i: usize = 0; i < across; i += 16) {
      const y0 = v128.load(y + i);
      const y1 = v128.load(y + across + i);
      const a = v128.load(x + i);
      const b = v128.load(x + across + i);
      const c = v128.load(x + 2 * across + i);
      const d = v128.load(x + 3 * across + i);
      a0 = grown<T>(a0, a, y0);
      a1 = grown<T>(a1, a, y1);
      b0 = grown<T>(b0, b, y0);
      b1 = grown<T>(b1, b, y1);
      c0 = grown<T>(c0, c, y0);
      c1 = grown<T>(c1, c, y1);
      d0 = grown<T>(d0, d, y0);
      d1 = grown<T>(d1, d, y1);
    }
    y += 2 * across;
    storeSums<T>(out, a0, a1, scale);
    storeSums<T>(out + down, b0, b1, scale);
    storeSums<T>(out + 2 * down, c0, c1, scale);
    storeSums<T>(out + 3 * down, d0, d1, scale);
  }
}

function byTwo<T>(
  out: usize,
  down: usize,
  x: usize,
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
      const b = v128.load(x + across + i);
      const y0 = v128.load(y + i);
      const y1 = v128.load(y + across + i);
      const y2 = v128.load(y + 2 * across + i);
      const y3 = v128.load(y + 3 * across + i);
      a0 = grown<T>(a0, a, y0);
      a1 = grown<T>(a1, a, y1);
      a2 = grown<T>(a2, a, y2);
      a3 = grown<T>(a3, a, y3);
      b0 = grown<T>(b0, b, y0);
      b1 = grown<T>(b1, b, y1);
      b2 = grown<T>(b2, b, y2);
      b3 = grown<T>(b3, b, y3);
    }
    y += 4 * across;
    storeSums<T>(out, a0, a1, scale);
    storeSums<T>(out + 8, a2, a3, scale);
    storeSums<T>(out + down, b0, b1, scale);
    storeSums<T>(out + down + 8, b2, b3, scale);
  }
}

function byOne<T>(out: usize, x: usize, y: usize, rows: usize, across: usize, scale: f32): void {
  for (const end = out + rows * 4; out < end; out += 16) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let i: usize = 0; i < across; i += 16) {
      const a = v128.load(x + i);
      a0 = grown<T>(a0, a, v128.load(y + i));
      a1 = grown<T>(a1, a, v128.load(y + across + i));
      a2 = grown<T>(a2, a, v128.load(y + 2 * across + i));
      a3 = grown<T>(a3, a, v128.load(y + 3 * across + i));
    }
    y += 4 * across;
    storeSums<T>(out, a0, a1, scale);
    storeSums<T>(out + 8, a2, a3, scale);
  }
}

/** The sums of the lanes of two vectors, side by side, as floats. */
function storeSums<T>(out: usize, a: v128, b: v128, scale: f32): void {
  if (isInteger<T>()) {
    a = f32x4.convert_i32x4_s(a);
    b = f32x4.convert_i32x4_s(b);
  }
  const even = v128.shuffle<f32>(a, b, 0, 4, 2, 6);
  const odd = v128.shuffle<f32>(a, b, 1, 5, 3, 7);
  const pairs = f32x4.add(even, odd); // a0+a1, b0+b1, a2+a3, b2+b3
  const sums = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
  v128.store64_lane(out, f32x4.mul(sums, f32x4.splat(scale)), 0);
}

/** Numbers of a row that grow at once: as many as a line of the caches holds. */
const ACROSS: usize = 32;

/**
 * `out = scale Σ_n weight_n × row_n` of a table in 16 bits, whose rows are named by their places.
 *
 * @param width  Numbers of a row; a multiple of 32.
 * @param weights  In 16 bits, two side by side; no sum may reach 2³¹.
 * @param count  Of rows; an even number.
 */
export function combine(
  out: usize,
  table: usize,
  width: usize,
  places: usize,
  weights: usize,
  count: usize,
  scale: f32,
): void {
  const scales = f32x4.splat(scale);
  for (let from: usize = 0; from < width; from += ACROSS, out += 4 * ACROSS) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    const column = table + 2 * from;
    for (let n: usize = 0; n < count; n += 2) {
      const x = column + <usize>load<u32>(places + n * 4) * width * 2;
      const y = column + <usize>load<u32>(places + n * 4, 4) * width * 2;
      const two = v128.load32_splat(weights + n * 2);
      const x0 = v128.load(x);
      const y0 = v128.load(y);
      a = i32x4.add(a, i32x4.dot_i16x8_s(two, low(x0, y0)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(two, high(x0, y0)));
      const x1 = v128.load(x, 16);
      const y1 = v128.load(y, 16);
      c = i32x4.add(c, i32x4.dot_i16x8_s(two, low(x1, y1)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(two, high(x1, y1)));
      const x2 = v128.load(x, 32);
      const y2 = v128.load(y, 32);
      e = i32x4.add(e, i32x4.dot_i16x8_s(two, low(x2, y2)));
      f = i32x4.add(f, i32x4.dot_i16x8_s(two, high(x2, y2)));
      const x3 = v128.load(x, 48);
      const y3 = v128.load(y, 48);
      g = i32x4.add(g, i32x4.dot_i16x8_s(two, low(x3, y3)));
      h = i32x4.add(h, i32x4.dot_i16x8_s(two, high(x3, y3)));
    }
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(a)));
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(b)), 16);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(c)), 32);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(d)), 48);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(e)), 64);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(f)), 80);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(g)), 96);
    v128.store(out, f32x4.mul(scales, f32x4.convert_i32x4_s(h)), 112);
  }
}

/** Numbers of two rows side by side: the first four of each, and the last four. */
function low(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

function high(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}
