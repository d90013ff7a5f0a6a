/** What is stored as NDJSON: rows that an import stores as they were. */
import type { Standing } from "../../data/standing.ts";
import { FROM_STORE } from "../rows/from-store.ts";
import type { Row, RowName } from "../rows/row.ts";
import { jsonRow } from "../rows/stored.ts";

/** The lines of all rows of `kind`, some at a time. */
export async function* exportLines<N extends RowName>(
  kind: N,
  standing: Standing,
): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const rowOf = FROM_STORE[kind] as (found: unknown) => Row<N>;
  for await (const some of standing[kind]()) {
    const text = some.map((it) => `${JSON.stringify(jsonRow(kind, rowOf(it)))}\n`).join("");
    yield { text, rows: some.length };
  }
}
