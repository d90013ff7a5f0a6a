/** The rows of one request: those that can be stored, and why the others are refused. */
import type { Steps } from "../../runtime/time-slicing.ts";
import { isBigNumber, type BigNumber } from "../rows/json.ts";
import { Refusal } from "../rows/refusal.ts";
import { readRow, type Row, type RowName } from "../rows/row.ts";

/** A row that is refused. */
export type RefusedRow = {
  /** Place of the row in its request, from 0. */
  readonly index: number;
  /** As sent; `null` for a row without a readable id. */
  readonly id: string | number | BigNumber | null;
  /** The field at fault; "" if it is the row itself. */
  readonly field: string;
  /** The right value in words. */
  readonly detail: string;
};

/** The refused rows of a request. */
export type RefusedRows = {
  readonly refused: readonly RefusedRow[];
  /** Number of further refused rows; present if there are any. */
  readonly refused_more?: number;
};

/** Most refused rows that are listed: each takes more bytes than a row of nonsense. */
const LISTED_MAX = 1_000;
/** Longest id that is given back, in characters. */
const ID_LENGTH_MAX = 128;

/** Rows between two pauses. */
const ROWS_A_STEP = 100;

/**
 * Checks rows of `kind`, as JSON values, and makes something of the good ones. A row that could not be
 * read stands as its {@link Refusal}.
 */
export function* checkedRows<N extends RowName, T>(
  kind: N,
  rows: readonly unknown[],
  nowMs: number,
  make: (row: Row<N>) => T,
): Steps<RefusedRows & { readonly good: readonly T[] }> {
  const good: T[] = [];
  const refused: RefusedRow[] = [];
  let more = 0;
  for (const [index, value] of rows.entries()) {
    const row = value instanceof Refusal ? value : readRow(kind, value, nowMs);
    if (!(row instanceof Refusal)) good.push(make(row));
    else if (refused.length >= LISTED_MAX) more++;
    else refused.push({ index, id: idIn(value), field: row.field, detail: row.detail });
    if (index % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
  }
  return { good, refused, ...(more > 0 && { refused_more: more }) };
}

function idIn(row: unknown): RefusedRow["id"] {
  const id = typeof row === "object" && row !== null && "id" in row ? row.id : null;
  if (typeof id === "number" || isBigNumber(id)) return id;
  return typeof id === "string" && id.length <= ID_LENGTH_MAX ? id : null;
}
