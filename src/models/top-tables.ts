/** Tables of the best entries per row: their size limit, and functions that fill them. */
import type { TopTable } from "../linalg/sparse.ts";
import { topK } from "../linalg/top-k.ts";
import { column } from "../snapshot/columns.ts";

/**
 * Most entries of a table: 400 MB, which serving reads too. Beyond half a million posts each row keeps
 * fewer, with a million posts 50.
 */
const ENTRIES_MAX = 50_000_000;

/** Entries per row of a table for `posts` posts, at most `m`. */
export const affordable = (m: number, posts: number) => Math.min(m, Math.ceil(ENTRIES_MAX / posts));

/** Columns of a {@link TopTable} with the row dimensions `rows`; its `m` is in the part's info. */
export const tableColumns = (...rows: readonly string[]) => ({
  rows: column("Uint32Array", ...rows, "m"),
  scores: column("Float32Array", ...rows, "m"),
});

/** The table of a part that has {@link tableColumns}. */
export function tableIn(part: {
  readonly info: { readonly m: number };
  readonly columns: { readonly rows: Uint32Array; readonly scores: Float32Array };
}): TopTable {
  return { m: part.info.m, ...part.columns };
}

/** The score of a post in some rows of a table; 0 where a row does not hold it. */
export function scoresIn({ m, rows, scores }: TopTable, from: Uint32Array, post: number) {
  return Float32Array.from(from, (row) => {
    const place = rows.subarray(row * m, row * m + m).indexOf(post);
    return place < 0 ? 0 : scores[row * m + place]!;
  });
}

/** A table without entries. */
export function emptyTable(rows: number, m: number): TopTable {
  return { m, rows: new Uint32Array(rows * m), scores: new Float32Array(rows * m) };
}

/** Fills a row of a table with the `best` of the posts `found` and their scores. */
export function fillRow(
  { m, ...table }: TopTable,
  row: number,
  best: Uint32Array,
  found: Uint32Array,
  scores: Float32Array,
): void {
  for (let i = 0, at = row * m; i < best.length; i++, at++) {
    table.rows[at] = found[best[i]!]!;
    table.scores[at] = scores[best[i]!]!;
  }
}

/**
 * Puts the largest weights of each row of a matrix `[rows × active]`, by absolute value, into a table; a weight of
 * 0 is left out.
 *
 * @param placeOf  Row of the table for a row of the matrix.
 */
export function keepLargest(
  weights: Float32Array,
  active: Uint32Array,
  out: TopTable,
  placeOf: (row: number) => number,
): void {
  const n = active.length;
  const sizes = new Float32Array(n);
  for (let i = 0; i * n < weights.length; i++) {
    const row = weights.subarray(i * n, i * n + n);
    for (let c = 0; c < n; c++) sizes[c] = row[c] === 0 ? -Infinity : Math.abs(row[c]!);
    fillRow(out, placeOf(i), topK(sizes, out.m), active, row);
  }
}

/** A table, and the candidates of the current row: post `found[n]` has `scores[n]`. */
type BestRows = {
  readonly table: TopTable;
  readonly found: Uint32Array;
  readonly scores: Float32Array;
  /** Puts the best of the first `size` candidates into a row. */
  readonly keep: (row: number, size: number) => void;
};

/** An empty table of the best `m` for each of `posts`. */
export function bestRows(posts: number, m: number): BestRows {
  const scores = new Float32Array(posts);
  const found = new Uint32Array(posts);
  const table = emptyTable(posts, m);
  const keep = (row: number, size: number) =>
    fillRow(table, row, topK(scores.subarray(0, size), m), found, scores);
  return { table, found, scores, keep };
}
