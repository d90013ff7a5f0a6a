/** Reader of Parquet files, a row group at a time; the only user of hyparquet. */
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  type Compressors,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { exactNumber } from "../rows/json.ts";
import { FileError, type RawRow } from "./contract.ts";

/** hyparquet-compressors 1.1.2 fails on the LZ4 block of a page without values, such as one of nulls. */
const DECOMPRESSORS: Compressors = {
  ...compressors,
  LZ4_RAW: (input, length) =>
    length === 0 ? new Uint8Array() : compressors.LZ4_RAW!(input, length),
};

/**
 * The rows of a file, numbered from 1. Memory holds one row group, however large the file is.
 *
 * @throws FileError
 */
export async function* parquetRows(
  path: string,
  onShare: (share: number) => void,
): AsyncGenerator<RawRow[]> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      const options = { file, metadata, compressors: DECOMPRESSORS, rowStart: start, rowEnd: end };
      const rows: Record<string, unknown>[] = await parquetReadObjects(options);
      onShare(end / Number(metadata.num_rows));
      const first = start + 1;
      yield rows.map((fields, n) => ({ row: first + n, fields: plainRow(fields) }));
      start = end;
    }
  } catch (cause) {
    throw new FileError(`${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}

function plainRow(fields: Record<string, unknown>): Record<string, unknown> {
  for (const name in fields) fields[name] = plain(fields[name]);
  return fields;
}

/** Integers of 64 bits, moments and bytes as JSON would have them. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return exactNumber(String(value));
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(plain) : value;
}
