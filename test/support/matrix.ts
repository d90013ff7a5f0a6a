/** Small sparse matrices, written as lists. */
import type { Csr } from "../../src/linalg/sparse.ts";

/** One `[column, value]` list a row. */
export function csr(
  rows: readonly (readonly (readonly [number, number])[])[],
  columnCount: number,
) {
  let end = 0;
  const ends = rows.map((row) => (end += row.length));
  const entries = rows.flat();
  return {
    columnCount,
    rowStart: Uint32Array.of(0, ...ends),
    columns: Uint32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
  } satisfies Csr;
}

/** The entries of a dense matrix that are not 0. */
export const sparse = (dense: readonly (readonly number[])[]) =>
  csr(
    dense.map((row) => row.flatMap((it, n) => (it === 0 ? [] : [[n, it] as const]))),
    dense[0]!.length,
  );

/** The matrix with all its zeros, one array a row. */
export function dense(m: Csr): number[][] {
  return Array.from({ length: m.rowStart.length - 1 }, (_, row) => {
    const out = new Array<number>(m.columnCount).fill(0);
    for (let n = m.rowStart[row]!; n < m.rowStart[row + 1]!; n++)
      out[m.columns[n]!]! += m.values[n]!;
    return out;
  });
}
