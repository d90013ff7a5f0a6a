/** Rows of apps as the store keeps them, and as JSON for apps. */
import type { Fields } from "./field.ts";
import { ROWS } from "./fields.ts";
import type { Row, RowName } from "./row.ts";

/** A row as the store keeps it: two rows that say the same are the same text. */
export function storedRow<N extends RowName>(kind: N, row: Row<N>): string {
  return JSON.stringify(row, [...ROWS[kind].names]);
}

/** The row that {@link storedRow} made a text of. */
export function fromStored<N extends RowName>(stored: string): Row<N> {
  return JSON.parse(stored) as Row<N>;
}

/** A row as apps may send it: fields in the order of the table, times as RFC 3339. */
export function jsonRow<N extends RowName>(kind: N, row: Row<N>): Record<string, unknown> {
  const fields: Fields = ROWS[kind].fields;
  const values = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    ROWS[kind].names
      .filter((name) => values[name] !== undefined)
      .map((name) => {
        const { toJson = (it: unknown) => it } = fields[name]!.value;
        return [name, toJson(values[name])];
      }),
  );
}
