/** Cells of files: without the spaces around them, and empty where a database has no value. */

import { numberIn } from "../rows/value.ts";

/** Words of databases for no value: as ids they would make one person of all whom nobody knows. */
const NULLS: readonly unknown[] = [null, "NULL", "\\N"];

/** The value of a cell; "" for none. */
export function cellOf(value: unknown): unknown {
  const cell = typeof value === "string" ? value.trim() : value;
  return NULLS.includes(cell) ? "" : cell;
}

/** A cell's number times a factor, before its unit is guessed: seconds of Unix that are told to be so become milliseconds once. */
export function scaled(cell: unknown, times: number | undefined): unknown {
  const number = times === undefined ? undefined : numberIn(cell);
  return typeof number === "number" ? number * times! : cell;
}
