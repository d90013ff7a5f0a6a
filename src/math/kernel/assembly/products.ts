/** Inner products of a few vectors with every row of a matrix. AssemblyScript: `bun src/build/kernel.ts`. */

/** Rows of Y that are taken at once: they stay near while all of X passes over them. */
const BLOCK: usize = 64;

/**
 * `out[v × rows + r] = x_v · y_r`. Up to eight products grow at once, so that a number that was
 * loaded is used more than once.
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
  const across = width * 4;
  const down = rows * 4;
  for (let row: usize = 0; row < rows; row += BLOCK) {
    const height = min(BLOCK, rows - row);
    const block = y + row * across;
    let to = out + row * 4;
    let v: usize = 0;
    for (; v + 4 <= count; v += 4, to += 4 * down)
      byFour(to, down, x + v * across, block, height, across);
    if (v + 2 <= count) {
      byTwo(to, down, x + v * across, block, height, across);
      v += 2;
      to += 2 * down;
    }
    if (v < count) byOne(to, x + v * across, block, height, across);
  }
}

function byFour(out: usize, down: usize, x: usize, y: usize, rows: usize, across: usize): void {
  for (const end = out + rows * 4; out < end; out += 8) {
    let a0 = f32x4.splat(0);
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
      a0 = f32x4.add(a0, f32x4.mul(a, y0));
      a1 = f32x4.add(a1, f32x4.mul(a, y1));
      b0 = f32x4.add(b0, f32x4.mul(b, y0));
      b1 = f32x4.add(b1, f32x4.mul(b, y1));
      c0 = f32x4.add(c0, f32x4.mul(c, y0));
      c1 = f32x4.add(c1, f32x4.mul(c, y1));
      d0 = f32x4.add(d0, f32x4.mul(d, y0));
      d1 = f32x4.add(d1, f32x4.mul(d, y1));
    }
    y += 2 * across;
    storeSums(out, a0, a1);
    storeSums(out + down, b0, b1);
    storeSums(out + 2 * down, c0, c1);
    storeSums(out + 3 * down, d0, d1);
  }
}

function byTwo(out: usize, down: usize, x: usize, y: usize, rows: usize, across: usize): void {
  for (const end = out + rows * 4; out < end; out += 16) {
    let a0 = f32x4.splat(0);
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
      a0 = f32x4.add(a0, f32x4.mul(a, y0));
      a1 = f32x4.add(a1, f32x4.mul(a, y1));
      a2 = f32x4.add(a2, f32x4.mul(a, y2));
      a3 = f32x4.add(a3, f32x4.mul(a, y3));
      b0 = f32x4.add(b0, f32x4.mul(b, y0));
      b1 = f32x4.add(b1, f32x4.mul(b, y1));
      b2 = f32x4.add(b2, f32x4.mul(b, y2));
      b3 = f32x4.add(b3, f32x4.mul(b, y3));
    }
    y += 4 * across;
    storeSums(out, a0, a1);
    storeSums(out + 8, a2, a3);
    storeSums(out + down, b0, b1);
    storeSums(out + down + 8, b2, b3);
  }
}

function byOne(out: usize, x: usize, y: usize, rows: usize, across: usize): void {
  for (const end = out + rows * 4; out < end; out += 16) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let i: usize = 0; i < across; i += 16) {
      const a = v128.load(x + i);
      a0 = f32x4.add(a0, f32x4.mul(a, v128.load(y + i)));
      a1 = f32x4.add(a1, f32x4.mul(a, v128.load(y + across + i)));
      a2 = f32x4.add(a2, f32x4.mul(a, v128.load(y + 2 * across + i)));
      a3 = f32x4.add(a3, f32x4.mul(a, v128.load(y + 3 * across + i)));
    }
    y += 4 * across;
    storeSums(out, a0, a1);
    storeSums(out + 8, a2, a3);
  }
}

/** The sums of the lanes of two vectors, side by side. */
function storeSums(out: usize, a: v128, b: v128): void {
  const even = v128.shuffle<f32>(a, b, 0, 4, 2, 6);
  const odd = v128.shuffle<f32>(a, b, 1, 5, 3, 7);
  const pairs = f32x4.add(even, odd); // a0+a1, b0+b1, a2+a3, b2+b3
  const all = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
  v128.store64_lane(out, all, 0);
}

/**
 * `out = Σ_n weight_n × row_n` of a table, whose rows are named by their places.
 *
 * @param width  Numbers of a row; a multiple of 4.
 */
export function combine(
  out: usize,
  table: usize,
  width: usize,
  places: usize,
  weights: usize,
  count: usize,
): void {
  const across = width * 4;
  memory.fill(out, 0, across);
  let n: usize = 0;
  for (; n + 4 <= count; n += 4) {
    const a = table + load<u32>(places + n * 4) * across;
    const b = table + load<u32>(places + n * 4, 4) * across;
    const c = table + load<u32>(places + n * 4, 8) * across;
    const d = table + load<u32>(places + n * 4, 12) * across;
    const wa = v128.load32_splat(weights + n * 4);
    const wb = v128.load32_splat(weights + n * 4, 4);
    const wc = v128.load32_splat(weights + n * 4, 8);
    const wd = v128.load32_splat(weights + n * 4, 12);
    for (let i: usize = 0; i < across; i += 16) {
      const ab = f32x4.add(f32x4.mul(wa, v128.load(a + i)), f32x4.mul(wb, v128.load(b + i)));
      const cd = f32x4.add(f32x4.mul(wc, v128.load(c + i)), f32x4.mul(wd, v128.load(d + i)));
      v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.add(ab, cd)));
    }
  }
  for (; n < count; n++) {
    const a = table + load<u32>(places + n * 4) * across;
    const wa = v128.load32_splat(weights + n * 4);
    for (let i: usize = 0; i < across; i += 16)
      v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.mul(wa, v128.load(a + i))));
  }
}
