/** Sums of outer products of sparse rows: grams and products of large sparse matrices, dense. */
import type { Csr } from "../sparse.ts";
import type { Address, Arena } from "../arena.ts";
import { blocksOf, lowerPlaces } from "./blocks.ts";
import type { Desk } from "./dense.ts";
import { columnTasks, group, type Batch, type Outer, type Rows } from "./outer-tasks.ts";
import { SIZE } from "./wasm.ts";

/**
 * Entries that are added at a time: few enough to stay in the third-level cache, since each row is
 * read once for each of its entries; enough that passing over the whole sum each time costs little.
 */
const ENTRIES = 1 << 20;

/** Rows `[from, end)` of both matrices. */
type Range = { readonly from: number; readonly end: number };

/**
 * C `[x.columnCount × y.columnCount]` += XᵀY. Without Y, C `[x.columnCount × x.columnCount]` += XᵀX:
 * it is symmetric, its lower half is read, and both are written.
 *
 * Each number of C is a sum in the order of the rows, however many threads there are.
 */
export async function addOuterProducts(
  desk: Desk,
  c: Address,
  x: Csr,
  y: Csr | undefined,
): Promise<void> {
  const { arena, team } = desk;
  const isHalf = y === undefined;
  const [xColumns, yColumns] = [x.columnCount, (y ?? x).columnCount];
  const spare = { at: 0, size: 0 };
  if (isHalf) clearUpper(arena.floatsAt(c, xColumns ** 2), xColumns);
  await arena.scratch(async () => {
    const ranges = rangesOf(x, y);
    const rooms = [0, 1].map(() => roomFor(arena, x, y, ranges));
    const batchOf = (n: number) => ranges[n] && fill(arena, rooms[n % 2]!, x, y, ranges[n]);
    for (let n = 0, batch = batchOf(0); batch !== undefined; n++) {
      const next = batchOf(n + 1);
      const of: Outer = { c, xColumns, yColumns, isHalf, batch, next };
      if (n === 0) group(of, batch, team.wasm);
      await team.run({ count: columnTasks(of), spare, work: { kind: "outer", of } });
      batch = next;
    }
  });
  if (!isHalf) return;
  const count = lowerPlaces(blocksOf(xColumns));
  await team.run({ count, spare, work: { kind: "fold", of: { a: c, n: xColumns } } });
}

/** Make room above the diagonal, for pairs whose later entry has the smaller column. */
function clearUpper(c: Float32Array, n: number): void {
  for (let i = 0; i < n; i++) c.fill(0, i * n + i + 1, i * n + n);
}

function entriesOf({ rowStart }: Csr, { from, end }: Range): number {
  return rowStart[end]! - rowStart[from]!;
}

/** Cut the rows so that no range has more than ENTRIES, unless it is one row. */
function rangesOf(x: Csr, y = x): Range[] {
  const rows = x.rowStart.length - 1;
  const fits = (it: Range) =>
    Math.max(entriesOf(x, it), entriesOf(y, it), it.end - it.from) <= ENTRIES;
  const ranges: Range[] = [];
  for (let from = 0, end = 0; from < rows; from = end) {
    do end++;
    while (end < rows && fits({ from, end: end + 1 }));
    ranges.push({ from, end });
  }
  return ranges;
}

/** Room for any of the ranges. */
function roomFor(arena: Arena, x: Csr, y: Csr | undefined, ranges: readonly Range[]): Batch {
  const most = (sizeOf: (range: Range) => number) =>
    ranges.reduce((size, it) => Math.max(size, sizeOf(it)), 0);
  const allocate = (count: number) => arena.allocate(count * SIZE);
  const rows = most((it) => it.end - it.from);
  const rowsOf = (m: Csr): Rows => {
    const entries = most((it) => entriesOf(m, it));
    return {
      rowStart: allocate(rows + 1),
      columns: allocate(entries),
      values: allocate(entries),
    };
  };
  const xRows = rowsOf(x);
  const entries = most((it) => entriesOf(x, it));
  return {
    rows,
    x: xRows,
    y: y === undefined ? xRows : rowsOf(y),
    first: allocate(x.columnCount + 2),
    starts: allocate(entries),
    ends: allocate(entries),
    weights: allocate(entries),
  };
}

/** Copy a range's rows to where a batch has room for them. */
function fill(arena: Arena, room: Batch, x: Csr, y: Csr | undefined, range: Range): Batch {
  copyRows(arena, room.x, x, range);
  if (y !== undefined) copyRows(arena, room.y, y, range);
  return { ...room, rows: range.end - range.from };
}

function copyRows(arena: Arena, to: Rows, m: Csr, { from, end }: Range): void {
  const first = m.rowStart[from]!;
  const rowStart = m.rowStart.subarray(from, end + 1).map((it) => it - first);
  arena.wordsAt(to.rowStart, rowStart.length).set(rowStart);
  const columns = m.columns.subarray(first, m.rowStart[end]);
  arena.wordsAt(to.columns, columns.length).set(columns);
  arena.floatsAt(to.values, columns.length).set(m.values.subarray(first, m.rowStart[end]));
}
