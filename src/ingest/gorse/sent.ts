/** Checked rows from what Gorse's clients send. Refusals are in Gorse's words, and name the row, from 0. */
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import { refusedDepth } from "../rows/depth.ts";
import { Refusal } from "../rows/refusal.ts";
import { readRow, type Row, type RowName } from "../rows/row.ts";

/** Gorse's names of the fields of rows. */
const NAMES: Readonly<Record<RowName, Readonly<Record<string, string>>>> = {
  posts: {
    id: "ItemId",
    title: "Comment",
    text: "Comment",
    category: "Categories",
    tags: "Labels",
    created_at: "Timestamp",
    hidden: "IsHidden",
    card: "Labels",
  },
  users: { id: "UserId", text: "Labels", card: "Labels" },
  events: { user: "UserId", post: "ItemId", kind: "FeedbackType", value: "Value", at: "Timestamp" },
};
/** Rows between two pauses. */
const ROWS_A_STEP = 20;
/** Rows in one write. */
const ROWS_A_WRITE = 500;

/** The row that `toRow` makes of what was sent. */
export function readSent<N extends RowName>(
  kind: N,
  sent: object,
  toRow: (sent: object) => Record<string, unknown>,
  nowMs: number,
): Row<N> | Refusal {
  const row = refusedDepth(sent) ?? readRow(kind, toRow(sent), nowMs);
  if (!(row instanceof Refusal)) return row;
  return new Refusal(NAMES[kind][row.field] ?? row.field, row.detail);
}

/** The result of `make` for each object that was sent; the first refusal if there is one. */
export function* madeOf<T>(
  sent: readonly unknown[],
  make: (sent: object) => T | Refusal,
): Steps<T[] | Refusal> {
  const all: T[] = [];
  for (const [index, it] of sent.entries()) {
    const isObject = typeof it === "object" && it !== null && !Array.isArray(it);
    const made = isObject ? make(it) : new Refusal("", "expected an object");
    if (made instanceof Refusal) return inRow(index, made);
    all.push(made);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return all;
}

/** A refusal that names its row. */
export function inRow(index: number, { field, detail }: Refusal): Refusal {
  return new Refusal(field, `row ${index}: ${field === "" ? "" : `${field}: `}${detail}`);
}

/** Writes all that was sent, a part after the other; returns its number. A refusal: nothing is stored. */
export async function insertAll<T>(
  sent: readonly unknown[],
  make: (sent: object) => T | Refusal,
  write: (rows: readonly T[]) => Promise<unknown>,
): Promise<number | Refusal> {
  const all = await inSlices(madeOf(sent, make));
  if (all instanceof Refusal) return all;
  for (let at = 0; at < all.length; at += ROWS_A_WRITE)
    await write(all.slice(at, at + ROWS_A_WRITE));
  return all.length;
}
