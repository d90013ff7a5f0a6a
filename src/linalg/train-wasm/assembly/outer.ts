/** Sums of outer products of sparse rows: `C += Σ xᵣ yᵣᵀ`. AssemblyScript. */

/**
 * Group the entries of some rows of X by column: those of column c are `first[c]` up to
 * `first[c + 1]`, in the order of their rows. An entry is a `weight` and the part of a row of Y,
 * from `starts` up to `ends`, which it multiplies.
 *
 * @param first  Gets `columnCount + 2` places, of which the last is of no use.
 * @param yStart  Where Y's rows begin; 0 if Y is X and of each row the part up to the entry is
 * meant, so that every pair is there once.
 */
export function groupByColumn(
  first: usize,
  starts: usize,
  ends: usize,
  weights: usize,
  rows: usize,
  columnCount: usize,
  xStart: usize,
  columns: usize,
  values: usize,
  yStart: usize,
): void {
  memory.fill(first, 0, (columnCount + 2) * 4);
  const entries = <usize>load<u32>(xStart + rows * 4);
  for (const end = columns + entries * 4; columns < end; columns += 4) {
    const count = first + (<usize>load<u32>(columns) + 2) * 4;
    store<u32>(count, load<u32>(count) + 1);
  }
  columns -= entries * 4;
  for (let c: usize = 2; c < columnCount + 2; c++) {
    const sum = load<u32>(first + (c - 1) * 4) + load<u32>(first + c * 4);
    store<u32>(first + c * 4, sum);
  }
  for (let r: usize = 0; r < rows; r++) {
    const from = load<u32>(xStart + r * 4);
    const end = load<u32>(xStart + (r + 1) * 4);
    const yFrom = yStart === 0 ? from : load<u32>(yStart + r * 4);
    const yEnd = yStart === 0 ? 0 : load<u32>(yStart + (r + 1) * 4);
    for (let n = from; n < end; n++) {
      // Ends where the next column begins, once all entries have their places.
      const next = first + (<usize>load<u32>(columns + <usize>n * 4) + 1) * 4;
      const place = <usize>load<u32>(next);
      store<u32>(next, <u32>place + 1);
      store<u32>(starts + place * 4, yFrom);
      store<u32>(ends + place * 4, yStart === 0 ? n + 1 : yEnd);
      store<f32>(weights + place * 4, load<f32>(values + <usize>n * 4));
    }
  }
}

/**
 * Add to the rows of C `[… × stride]` from `column` up to `end` what entries of these columns
 * contribute. Row by row: one row of C stays in the first-level cache.
 */
export function addOuter(
  c: usize,
  stride: usize,
  column: usize,
  end: usize,
  first: usize,
  starts: usize,
  ends: usize,
  weights: usize,
  columns: usize,
  values: usize,
): void {
  for (; column < end; column++) {
    const row = c + column * stride * 4;
    const last = <usize>load<u32>(first + (column + 1) * 4) * 4;
    for (let n = <usize>load<u32>(first + column * 4) * 4; n < last; n += 4) {
      const from = <usize>load<u32>(starts + n) * 4;
      const size = <usize>load<u32>(ends + n) * 4 - from;
      addRow(row, columns + from, values + from, size, load<f32>(weights + n));
    }
  }
}

/**
 * `row[columns] += weight × values`, for `size` bytes of columns. Four at a time, all read before
 * one is written: else each read waits until it is sure not to be of what was written just before.
 */
function addRow(row: usize, columns: usize, values: usize, size: usize, weight: f32): void {
  const end = columns + size;
  for (; columns + 16 <= end; columns += 16) {
    const at0 = row + <usize>load<u32>(columns) * 4;
    const at1 = row + <usize>load<u32>(columns, 4) * 4;
    const at2 = row + <usize>load<u32>(columns, 8) * 4;
    const at3 = row + <usize>load<u32>(columns, 12) * 4;
    const sum0 = load<f32>(at0) + weight * load<f32>(values);
    const sum1 = load<f32>(at1) + weight * load<f32>(values, 4);
    const sum2 = load<f32>(at2) + weight * load<f32>(values, 8);
    const sum3 = load<f32>(at3) + weight * load<f32>(values, 12);
    store<f32>(at0, sum0);
    store<f32>(at1, sum1);
    store<f32>(at2, sum2);
    store<f32>(at3, sum3);
    values += 16;
  }
  for (; columns < end; columns += 4) {
    const at = row + <usize>load<u32>(columns) * 4;
    store<f32>(at, load<f32>(at) + weight * load<f32>(values));
    values += 4;
  }
}

/** `A += Bᵀ`, then `B = Aᵀ`, for A `[rows × columns]`; if A is B, below and above the diagonal. */
export function fold(a: usize, b: usize, stride: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++)
    for (let j: usize = 0; j < (a === b ? i : columns); j++) {
      const below = a + (i * stride + j) * 4;
      const above = b + (j * stride + i) * 4;
      const sum = load<f32>(below) + load<f32>(above);
      store<f32>(below, sum);
      store<f32>(above, sum);
    }
}
