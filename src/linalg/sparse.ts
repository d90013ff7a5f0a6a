/** Sparse matrices in compressed sparse row format (CSR). */

/** A sparse matrix. Row r's entries are `rowStart[r]` up to `rowStart[r + 1]` of `columns` and `values`. */
export type Csr = {
  readonly columnCount: number;
  /** Rows + 1 entries. */
  readonly rowStart: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
};

/** An empty matrix with arrays for `entries` entries. */
export function emptyCsr(rows: number, columnCount: number, entries: number): Csr {
  return {
    columnCount,
    rowStart: new Uint32Array(rows + 1),
    columns: new Uint32Array(entries),
    values: new Float32Array(entries),
  };
}

/**
 * The transpose of a matrix; within a row, columns ascend. O(entries + columns).
 *
 * @param into  An {@link emptyCsr} that is filled and returned.
 */
export function transpose(
  m: Csr,
  into = emptyCsr(m.columnCount, m.rowStart.length - 1, m.columns.length),
): Csr {
  const rows = m.rowStart.length - 1;
  const { rowStart, columns, values } = into;
  for (let n = 0; n < m.columns.length; n++) rowStart[m.columns[n]! + 1]!++; // iterators leave garbage
  for (let r = 0; r < m.columnCount; r++) rowStart[r + 1]! += rowStart[r]!;
  const next = rowStart.slice();
  for (let r = 0; r < rows; r++)
    for (let n = m.rowStart[r]!; n < m.rowStart[r + 1]!; n++) {
      const at = next[m.columns[n]!]!++;
      columns[at] = r;
      values[at] = m.values[n]!;
    }
  return into;
}

/** The indices of the entries in each column of `m`, ascending: `columns` of the result, columns of `m` × entries. */
export function entriesByColumn(m: Csr): Csr {
  const rowStart = Uint32Array.from({ length: m.columns.length + 1 }, (_, n) => n);
  return transpose({ ...m, rowStart });
}

/** The row of each entry. */
export function entryRows({ rowStart, columns }: Csr): Uint32Array {
  const rows = new Uint32Array(columns.length);
  for (let row = 0; row < rowStart.length - 1; row++)
    rows.fill(row, rowStart[row]!, rowStart[row + 1]!);
  return rows;
}

/**
 * Adds the lower triangle of the Gram matrix XᵀX to `out` `[columns × columns]`. It goes column by column, so
 * that a row of the sum stays in the cache; each number is summed in the order of X's rows.
 *
 *     X = (1 2; 0 3) → 1, 0, 2, 13
 */
export function addGram(x: Csr, out: Float32Array): void {
  const byColumn = transpose(x);
  const { rowStart, columns, values } = transpose(byColumn); // its columns ascend
  for (let column = 0; column < x.columnCount; column++) {
    const at = column * x.columnCount;
    for (let n = byColumn.rowStart[column]!; n < byColumn.rowStart[column + 1]!; n++) {
      const weight = byColumn.values[n]!;
      let p = rowStart[byColumn.columns[n]!]!;
      for (; columns[p]! < column; p++) out[at + columns[p]!]! += weight * values[p]!;
      out[at + column]! += weight * values[p]!; // the row has this column
    }
  }
}

/**
 * Adds a product to `out` `[rows × k]`: the rows of A from row `from` on, as many as `out` has, times B `[A's columns × k]`.
 * Four entries of A at once, which halves the time.
 *
 *     A = (1 2; 0 3), B = (1; 10) → 21, 30
 */
export function addProduct(out: Float32Array, a: Csr, b: Float32Array, k: number, from = 0): void {
  const { rowStart, columns, values } = a;
  for (let row = from, at = 0; at < out.length; row++, at += k) {
    const end = rowStart[row + 1]!;
    let n = rowStart[row]!;
    for (; n + 3 < end; n += 4) {
      const [v0, v1, v2, v3] = [values[n]!, values[n + 1]!, values[n + 2]!, values[n + 3]!];
      const [b0, b1] = [columns[n]! * k, columns[n + 1]! * k];
      const [b2, b3] = [columns[n + 2]! * k, columns[n + 3]! * k];
      for (let c = 0; c < k; c++)
        out[at + c]! += v0 * b[b0 + c]! + v1 * b[b1 + c]! + v2 * b[b2 + c]! + v3 * b[b3 + c]!;
    }
    for (; n < end; n++) {
      const [value, start] = [values[n]!, columns[n]! * k];
      for (let c = 0; c < k; c++) out[at + c]! += value * b[start + c]!;
    }
  }
}

/**
 * The best `m` entries of each row, padded: `rows[r × m + i]` with `scores` descending; unused entries
 * have score 0.
 */
export type TopTable = {
  readonly m: number;
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
};

/**
 * The columns with at least `entriesMin` entries, at most `count` of them (those with the most), in
 * ascending order.
 */
export function fullestColumns(m: Csr, count: number, entriesMin: number): Uint32Array {
  const entries = new Uint32Array(m.columnCount);
  for (const column of m.columns) entries[column]!++;
  const enough = Array.from(entries.keys()).filter((column) => entries[column]! >= entriesMin);
  const fullest = enough.sort((a, b) => entries[b]! - entries[a]! || a - b).slice(0, count);
  return Uint32Array.from(fullest).sort();
}

/** The matrix with only the entries n for which `isKept(n)` is true. */
export function onlyEntries(m: Csr, isKept: (n: number) => boolean): Csr {
  const rowStart = new Uint32Array(m.rowStart.length);
  for (let row = 0, n = 0; row < rowStart.length - 1; row++) {
    rowStart[row + 1] = rowStart[row]!;
    for (; n < m.rowStart[row + 1]!; n++) rowStart[row + 1]! += Number(isKept(n));
  }
  return {
    columnCount: m.columnCount,
    rowStart,
    columns: m.columns.filter((_, n) => isKept(n)),
    values: m.values.filter((_, n) => isKept(n)),
  };
}

/** The matrix with only the columns in `kept`, numbered by their index there. */
export function someColumns(m: Csr, kept: Uint32Array): Csr {
  const placeOf = new Int32Array(m.columnCount).fill(-1);
  for (const [place, column] of kept.entries()) placeOf[column] = place;
  const some = onlyEntries(m, (n) => placeOf[m.columns[n]!]! >= 0);
  const columns = some.columns.map((column) => placeOf[column]!);
  return { ...some, columnCount: kept.length, columns };
}

/**
 * Counting sort: the indices below `count` by ascending key; equal keys keep the order of `order`.
 * O(count + keys).
 *
 * @param keyOf  Key of an index: an integer from 0 up to `keys`.
 */
export function stableOrder(
  count: number,
  keyOf: (place: number) => number,
  keys: number,
  order?: Uint32Array,
): Uint32Array {
  const starts = new Uint32Array(keys + 1);
  for (let place = 0; place < count; place++) starts[keyOf(place) + 1]!++;
  for (let key = 0; key < keys; key++) starts[key + 1]! += starts[key]!;
  const out = new Uint32Array(count);
  for (let n = 0; n < count; n++) {
    const place = order?.[n] ?? n;
    out[starts[keyOf(place)]!++] = place;
  }
  return out;
}
