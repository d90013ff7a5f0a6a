/** Cells of files: without the spaces around them, and empty where a database has no value. */

/** Words of databases for no value: as ids they would make one person of all whom nobody knows. */
const NULLS: readonly unknown[] = [null, "NULL", "\\N"];

/** The value of a cell; "" for none. */
export function cellOf(value: unknown): unknown {
  const cell = typeof value === "string" ? value.trim() : value;
  return NULLS.includes(cell) ? "" : cell;
}
