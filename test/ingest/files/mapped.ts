/** Rows of columns, mapped. */
import type { Columns } from "../../../src/ingest/files/contract.ts";
import { kindWords } from "../../../src/ingest/files/kind-words.ts";
import { describeMapping, mapColumns, rowMapper } from "../../../src/ingest/files/mapping.ts";
import type { RowName } from "../../../src/ingest/rows/row.ts";

/** Rows of the sample, and the mapping in words. */
export const mapped = (kind: RowName, sample: readonly Columns[], map?: string, kinds?: string) => {
  const mapping = mapColumns("f.csv", kind, sample, map);
  const rows = sample.map(rowMapper(kind, mapping, kindWords(kinds)));
  return { about: describeMapping(kind, mapping), rows };
};

/** The row of one line. */
export const row = (kind: RowName, columns: Columns, map?: string) =>
  mapped(kind, [columns], map).rows[0];
