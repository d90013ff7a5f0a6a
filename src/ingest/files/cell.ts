/** Cells of files: without the spaces around them, empty where a database has no value, and multiplied as told by --map. */
import { numberIn } from "../rows/value.ts";

/** Words of databases for no value: as ids they would make one person of all whom nobody knows. */
const NULLS: readonly unknown[] = [null, "NULL", "\\N"];

/** The value of a cell; "" for none. */
export function cellOf(value: unknown): unknown {
  const cell = typeof value === "string" ? value.trim() : value;
  return NULLS.includes(cell) ? "" : cell;
}

/** A cell's number times the factor of --map; anything else as it is. To be called before units are guessed: `at=ts*1000` makes milliseconds. */
export function scaled(cell: unknown, times: number | undefined): unknown {
  const number = times === undefined ? undefined : numberIn(cell);
  return typeof number === "number" ? number * times! : cell;
}
