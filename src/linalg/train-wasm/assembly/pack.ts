/** Copies of a matrix: packed for a product, transposed, mirrored, negated. AssemblyScript. */

/** Columns of a strip: four vectors, one cache line. */
export const STRIP: usize = 16;

/** Packs S `[depth × columns]` as a right factor. */
export function packRows(q: usize, s: usize, stride: usize, depth: usize, columns: usize): void {
  for (let j: usize = 0; j < columns; j += STRIP) {
    const size = min(STRIP, columns - j) * 4;
    let row = s + j * 4;
    for (const end = q + depth * STRIP * 4; q < end; q += STRIP * 4) {
      if (size < STRIP * 4) memory.fill(q, 0, STRIP * 4);
      memory.copy(q, row, size);
      row += stride * 4;
    }
  }
}

/** Packs Sᵀ as a right factor, for S `[columns × depth]`. */
export function packColumns(q: usize, s: usize, stride: usize, depth: usize, columns: usize): void {
  for (let j: usize = 0; j < columns; j += STRIP) {
    const width = min(STRIP, columns - j);
    if (width < STRIP) memory.fill(q, 0, depth * STRIP * 4);
    transpose(q, STRIP, s + j * stride * 4, stride, width, depth);
    q += depth * STRIP * 4;
  }
}

/** `T = Sᵀ` for S `[rows × columns]`; they may not overlap. */
export function transpose(
  t: usize,
  tStride: usize,
  s: usize,
  sStride: usize,
  rows: usize,
  columns: usize,
): void {
  const down = sStride * 4;
  const across = tStride * 4;
  for (let i: usize = 0; i < rows; i += 4) {
    const height = min(4, rows - i);
    for (let j: usize = 0; j < columns; j += 4) {
      const from = s + i * down + j * 4;
      const to = t + j * across + i * 4;
      const width = min(4, columns - j);
      if (height === 4 && width === 4) turn(to, across, from, down);
      else
        for (let r: usize = 0; r < height; r++)
          for (let c: usize = 0; c < width; c++)
            store<f32>(to + c * across + r * 4, load<f32>(from + r * down + c * 4));
    }
  }
}

/** Four by four numbers. */
function turn(to: usize, across: usize, from: usize, down: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + down);
  const c = v128.load(from + 2 * down);
  const d = v128.load(from + 3 * down);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + across, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * across, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(to + 3 * across, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}

/** `X = −X` for X `[rows × columns]`. */
export function negate(x: usize, stride: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    let at = x + i * stride * 4;
    const end = at + columns * 4;
    for (; at + 16 <= end; at += 16) v128.store(at, f32x4.neg(v128.load(at)));
    for (; at < end; at += 4) store<f32>(at, -load<f32>(at));
  }
}

/** Copies the lower triangle of A `[n × n]` to the upper one. */
export function mirror(a: usize, stride: usize, n: usize): void {
  for (let i: usize = 1; i < n; i++)
    for (let j: usize = 0; j < i; j++)
      store<f32>(a + (j * stride + i) * 4, load<f32>(a + (i * stride + j) * 4));
}

/** `T = S` for S `[rows × columns]`; they may not overlap. */
export function copy(
  t: usize,
  tStride: usize,
  s: usize,
  sStride: usize,
  rows: usize,
  columns: usize,
): void {
  for (let i: usize = 0; i < rows; i++)
    memory.copy(t + i * tStride * 4, s + i * sStride * 4, columns * 4);
}

/** Sets `count` numbers to zero. */
export function clear(a: usize, count: usize): void {
  memory.fill(a, 0, count * 4);
}

/** A `[n × n]` becomes `value` on the diagonal, zero elsewhere. */
export function fillDiagonal(a: usize, n: usize, value: f32): void {
  memory.fill(a, 0, n * n * 4);
  for (let i: usize = 0; i < n; i++) store<f32>(a + i * (n + 1) * 4, value);
}
