/** Rows that readers make of a file. */
import { expect } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { FileError, type RawRow } from "../../../src/ingest/files/contract.ts";
import { openRows, type FileFormat } from "../../../src/ingest/files/open.ts";
import { folderOfTests } from "../../support/test-folder.ts";

/** Fields or faults of rows. */
export const values = ({ rows }: { rows: RawRow[] }) =>
  rows.map((it) => ("fields" in it ? it.fields : it.fault));

/** Two rows. */
export const ROWS = [
  { id: "1", title: "Knots, bends" },
  { id: "2", title: 'Say "hi"' },
];
/** The rows as CSV. */
export const CSV = 'id,title\n1,"Knots, bends"\n2,"Say ""hi"""\n';
/** The rows as NDJSON. */
export const NDJSON = ROWS.map((it) => `${JSON.stringify(it)}\n`).join("");

/** Opens the readers of a test file. */
export function reading() {
  const folder = folderOfTests();

  const fileOf = (content: string | Uint8Array, name = "file") => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    return path;
  };
  const all = async (path: string, known?: FileFormat, stdin?: Readable) => {
    const file = await openRows(path, known, stdin);
    const rows: RawRow[] = [];
    for await (const some of file.rows) rows.push(...some);
    return { format: file.format, rows, sizeBytes: file.sizeBytes, readBytes: file.readBytes() };
  };
  const read = (content: string | Uint8Array, known?: FileFormat) => all(fileOf(content), known);
  const failure = async (content: string | Uint8Array, known?: FileFormat) => {
    const cause = await read(content, known).catch((it: unknown) => it);
    expect(cause).toBeInstanceOf(FileError);
    return (cause as Error).message;
  };
  return { folder, fileOf, all, read, failure };
}
