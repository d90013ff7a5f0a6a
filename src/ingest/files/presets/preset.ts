/** A preset: how the files of a known data set, or of another program, become rows. */
import { isBigNumber } from "../../rows/json.ts";
import type { RowName } from "../../rows/row.ts";
import type { Columns } from "../contract.ts";
import type { FileFormat } from "../open.ts";

/** The rows of the API that a row of a file stands for: none, one or several; not checked yet. */
export type ToRows = (columns: Columns) => readonly Record<string, unknown>[];

/** A preset. */
export type Preset = {
  /** Its files, in words. */
  readonly about: string;
  /** Facts about a file of that name that it does not hold itself. */
  readonly formatOf?: (path: string) => FileFormat | undefined;
  /** The conversion of the file at `path`, with `columns`, into rows of `kind`; `undefined` for a file that is not of this preset. */
  readonly toRows: (
    kind: RowName,
    columns: ReadonlySet<string>,
    path: string,
  ) => ToRows | undefined | Promise<ToRows | undefined>;
};

/** A value as text; "" if there is none. */
export function textIn(columns: Columns, name: string): string {
  const value = columns[name];
  if (isBigNumber(value)) return value.rawJSON;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A value as a number; NaN if it is none. */
export function numberOf(columns: Columns, name: string): number {
  return Number(textIn(columns, name) || Number.NaN);
}
