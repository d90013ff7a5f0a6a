/** Rows of Parquet: their values are JSON's, and one that JSON has no word for spoils no other row. */
import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { openFileRows } from "../../../src/ingest/files/file-rows.ts";
import { openRows } from "../../../src/ingest/files/open.ts";
import type { RowName } from "../../../src/ingest/rows/row.ts";
import { folderOfTests } from "../../support/test-folder.ts";

const folder = folderOfTests();

type Table = Parameters<typeof parquetWriteBuffer>[0];
const fileOf = (table: Table) => {
  const path = join(folder.path, "file.parquet");
  writeFileSync(path, new Uint8Array(parquetWriteBuffer(table)));
  return path;
};
const rowsOf = async <N extends RowName>(kind: N, table: Table) => {
  const { batches } = await openFileRows(fileOf(table), kind, { nowMs: Date.UTC(2026, 0) });
  const found = { rows: [] as unknown[], refused: [] as string[] };
  for await (const { rows, refused } of batches) {
    found.rows.push(...rows);
    found.refused.push(...refused.map((it) => `row ${it.row}: ${it.field}: ${it.detail}`));
  }
  return found;
};

test("integers and times of 64 bits keep every digit", async () => {
  const columnData = [
    { name: "id", data: [1n, 9007199254740993n], type: "INT64" as const },
    { name: "at", data: [new Date(0), new Date(5_000)], type: "TIMESTAMP" as const },
  ];
  const file = await openRows(fileOf({ columnData, rowGroupSize: 1 }));
  expect(file.format).toBe("Parquet");
  const rows = [];
  for await (const some of file.rows) rows.push(...some);
  expect(JSON.stringify(rows)).toBe(
    '[{"row":1,"fields":{"id":1,"at":"1970-01-01T00:00:00.000Z"}},{"row":2,"fields":{"id":9007199254740993,"at":"1970-01-01T00:00:05.000Z"}}]',
  );
  expect(file.readBytes()).toBe(file.sizeBytes);
});

test("decimals keep every digit, of 64 bits and more, where they have no fraction", async () => {
  const decimal = { converted_type: "DECIMAL", repetition_type: "REQUIRED" } as const;
  const schema: SchemaElement[] = [
    { name: "root", num_children: 4 },
    { name: "user", ...decimal, type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, precision: 38 },
    { name: "post", ...decimal, type: "INT64", scale: 0, precision: 18 },
    { name: "kind", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "value", ...decimal, type: "INT32", scale: 2, precision: 5 },
  ];
  const columnData = [
    { name: "user", data: [12345678901234567890n, -1n] },
    { name: "post", data: [123456789012345678n, 7n] },
    { name: "kind", data: ["rating", "rating"] },
    { name: "value", data: [50.25, -98] },
  ];
  expect(await rowsOf("events", { columnData, schema })).toEqual({
    rows: [
      { user: "12345678901234567890", post: "123456789012345678", kind: "rating", value: 50.25 },
      { user: "-1", post: "7", kind: "rating", value: -98 },
    ],
    refused: [],
  });
});

test("a row group may have a million rows, as other programs write by default", async () => {
  const count = 1_048_576;
  const columnData = ["user", "post", "kind"].map((name) => ({ name, data: new Array(count).fill("view") })); // prettier-ignore
  const path = fileOf({ columnData, rowGroupSize: count });
  const { batches } = await openFileRows(path, "events", { nowMs: Date.UTC(2026, 0) });
  const last = [];
  for await (const batch of batches) last.push(batch.last);
  expect([last[0], last.at(-1)]).toEqual([500, count]);
});

test("a card may be a list, with integers of 64 bits in it", async () => {
  const schema: SchemaElement[] = [
    { name: "root", num_children: 3 },
    { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "title", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "card", num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
    { name: "list", num_children: 1, repetition_type: "REPEATED" },
    { name: "element", type: "INT64", repetition_type: "OPTIONAL" },
  ];
  const columnData = [
    { name: "id", data: ["a"] },
    { name: "title", data: ["Knots"] },
    { name: "card", data: [[7n, 9007199254740993n]] },
  ];
  const { rows } = await rowsOf("posts", { columnData, schema });
  expect(rows).toEqual([{ id: "a", title: "Knots", card: "[7,9007199254740993]" }]);
});

test("a card may be a struct or JSON, with integers of 64 bits in it", async () => {
  const struct: SchemaElement[] = [
    { name: "root", num_children: 3 },
    { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "title", type: "BYTE_ARRAY", converted_type: "JSON", repetition_type: "REQUIRED" },
    { name: "card", num_children: 1, repetition_type: "REQUIRED" },
    { name: "n", type: "INT64", repetition_type: "REQUIRED" },
  ];
  const columnData = [
    { name: "id", data: ["a"] },
    { name: "title", data: ["Knots"] },
    { name: "card", data: [{ n: 9007199254740993n }] },
  ];
  const { rows } = await rowsOf("posts", { columnData, schema: struct });
  expect(rows).toEqual([{ id: "a", title: "Knots", card: '{"n":9007199254740993}' }]);
});

test("a moment beyond all calendars, and bytes that are no text, are refused alone", async () => {
  const columnData = [
    { name: "user", data: ["a", "b", Buffer.of(0xc3), Buffer.of(0xc4)] },
    { name: "post", data: ["p", "p", "p", "p"] },
    { name: "kind", data: ["view", "view", "view", "view"] },
    { name: "at", data: [0n, 2n ** 63n - 1n, 0n, 0n] },
  ]; // prettier-ignore
  const schema: SchemaElement[] = [
    { name: "root", num_children: 4 },
    { name: "user", type: "BYTE_ARRAY", repetition_type: "REQUIRED" },
    { name: "post", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "kind", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    { name: "at", type: "INT64", converted_type: "TIMESTAMP_MILLIS", repetition_type: "REQUIRED" },
  ];
  expect(await rowsOf("events", { columnData, schema })).toEqual({
    rows: [{ user: "a", post: "p", kind: "view", at: 0 }],
    refused: [
      expect.stringMatching(/^row 2: at: .*got "Invalid Date"/),
      expect.stringMatching(/^row 3: user: expected text/),
      expect.stringMatching(/^row 4: user: expected text/),
    ],
  });
});
