/** Reader of Parquet files, a row group at a time; the only user of hyparquet. */
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  type Compressors,
  type ParquetParsers,
  type SchemaElement,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { exactNumber, isBigNumber, jsonIn } from "../rows/json.ts";
import { FileError, type RawRow } from "./contract.ts";

/** hyparquet-compressors 1.1.2 fails on the LZ4 block of a page without values, such as one of nulls. */
const DECOMPRESSORS: Compressors = {
  ...compressors,
  LZ4_RAW: (input, length) =>
    length === 0 ? new Uint8Array() : compressors.LZ4_RAW!(input, length),
};

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes that are no text stay bytes: as text with U+FFFD, ids that differ would be the same. */
const PARSERS = {
  stringFromBytes: (bytes) => bytes && textIn(bytes),
  jsonFromBytes: (bytes) => bytes && jsonOf(textIn(bytes)),
} satisfies Partial<ParquetParsers>;

const jsonOf = (text: string | Uint8Array) => (typeof text === "string" ? jsonIn(text) : text);

function textIn(bytes: Uint8Array): string | Uint8Array {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return bytes;
  }
}

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
    const whole = takeWholeDecimals(metadata.schema);
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      const readers = { compressors: DECOMPRESSORS, parsers: PARSERS };
      const options = { file, metadata, ...readers, rowStart: start, rowEnd: end };
      const rows: Record<string, unknown>[] = await parquetReadObjects(options);
      onShare(end / Number(metadata.num_rows));
      const first = start + 1;
      yield rows.map((fields, n) => ({ row: first + n, fields: plainRow(fields, whole) }));
      start = end;
    }
  } catch (cause) {
    throw new FileError(`${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Names of the columns of decimals without a fraction, as which warehouses write ids. The library would make
 * doubles of them: their type is taken away, so that it gives bytes or integers.
 */
function takeWholeDecimals(schema: SchemaElement[]): ReadonlySet<string> {
  const whole = schema.filter(
    (it) => it.converted_type === "DECIMAL" && !it.scale && it.type !== "BYTE_ARRAY",
  );
  for (const element of whole) {
    delete element.converted_type;
    delete element.logical_type;
  }
  return new Set(whole.map((it) => it.name));
}

/** The integer that bytes hold, the highest first, in two's complement. */
const integerIn = (bytes: Uint8Array) =>
  BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`));

function plainRow(fields: Record<string, unknown>, whole: ReadonlySet<string>) {
  for (const name in fields) {
    const value = fields[name];
    const isWhole = value instanceof Uint8Array && whole.has(name);
    fields[name] = plain(isWhole ? integerIn(value) : value, whole);
  }
  return fields;
}

/** Integers of 64 bits and moments as JSON would have them, in lists and structs too. */
function plain(value: unknown, whole: ReadonlySet<string>): unknown {
  if (typeof value === "bigint") return exactNumber(String(value));
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? `${value}` : value.toISOString();
  if (Array.isArray(value)) return value.map((it) => plain(it, whole));
  if (typeof value !== "object" || value === null) return value;
  const isStruct = !isBigNumber(value) && !ArrayBuffer.isView(value);
  return isStruct ? plainRow(value as Record<string, unknown>, whole) : value;
}
