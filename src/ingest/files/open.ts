/** Opens a file of rows in any format: told by its first bytes, not by its name. */
import type { Readable } from "node:stream";
import type { RowName } from "../rows/row.ts";
import { FileError, type Columns, type RawRow } from "./contract.ts";
import { csvRows, type CsvFormat } from "./csv.ts";
import { GORSE_DUMP_BEGINS, gorseDumpRows } from "./gorse-dump.ts";
import { jsonRows } from "./json.ts";
import { ndjsonRows } from "./ndjson.ts";
import { STDIN, encodingOf, openSource, textOf, type Encoding, type Source } from "./source.ts";

/** Facts about a file that it does not hold itself. */
export type FileFormat = Partial<CsvFormat> & {
  readonly encoding?: Encoding;
  /** The rows that are read of a file that holds several kinds. */
  readonly kind?: RowName;
};

/** Keys under which a JSON object often holds rows of any kind. */
const LISTS = ["items", "feedback", "data", "rows"];

/** A file of rows. */
export type RowFile = {
  readonly path: string;
  readonly format: "Parquet" | "Gorse backup" | "JSON" | "NDJSON" | "CSV" | "TSV";
  readonly rows: AsyncIterable<readonly RawRow[]>;
  /** Length of the file, bytes; 0 for standard input. */
  readonly sizeBytes: number;
  /** Bytes read so far. */
  readonly readBytes: () => number;
};

/**
 * Opens the file at `path`, or `stdin` for "-".
 *
 * @throws FileError now or while `rows` is read.
 */
export async function openRows(
  path: string,
  known: FileFormat = {},
  stdin: Readable = process.stdin,
): Promise<RowFile> {
  const source = await openSource(path, stdin);
  const { head, sizeBytes, readBytes } = source;
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return await openParquet(source);
  if (head.subarray(0, 8).equals(GORSE_DUMP_BEGINS)) {
    const rows = gorseDumpRows(path, source.bytes, known.kind ?? "events");
    return { path, format: "Gorse backup", rows, sizeBytes, readBytes };
  }
  return { path, sizeBytes, readBytes, ...textRows(source, known) };
}

function textRows(source: Source, known: FileFormat): Pick<RowFile, "format" | "rows"> {
  const encoding = known.encoding ?? encodingOf(source);
  const { path } = source;
  if (!encoding.startsWith("utf-16") && source.head.includes(0))
    throw new FileError(
      `${path} is no text: save it as CSV (a workbook) or unpack it (an archive)`,
    );
  const text = textOf(source, encoding);
  const head = new TextDecoder(encoding).decode(source.head).trimStart();
  if (known.delimiter === undefined && /^[[{]/.test(head)) {
    const lists = head.startsWith("[") ? [] : [...(known.kind ? [known.kind] : []), ...LISTS];
    if (head.startsWith("{") && isNdjson(head, lists))
      return { format: "NDJSON", rows: ndjsonRows(text) };
    return { format: "JSON", rows: jsonRows(path, text, lists) };
  }
  const delimiter = known.delimiter ?? delimiterOf(head);
  const format = delimiter === "\t" ? "TSV" : "CSV";
  return { format, rows: csvRows(path, text, { ...known, delimiter }) };
}

async function openParquet({ path, sizeBytes, close }: Source): Promise<RowFile> {
  close();
  if (path === STDIN)
    throw new FileError("Parquet can't be read from standard input: name the file");
  const { parquetRows } = await import("./parquet.ts"); // 16 MB of memory that nothing else needs
  let share = 0;
  const rows = parquetRows(path, (it) => (share = it));
  return { path, format: "Parquet", rows, sizeBytes, readBytes: () => share * sizeBytes };
}

/** True if one of the first lines is a whole object (the first may be broken), and not the one with all rows. */
function isNdjson(head: string, lists: readonly string[]): boolean {
  const [first = "", second = ""] = head.split("\n", 2);
  const object = objectIn(first);
  if (object === undefined) return !/[[{,]\s*$/.test(first) && objectIn(second) !== undefined;
  return second.trim() !== "" || !lists.some((it) => Array.isArray(object[it]));
}

function objectIn(line: string): Columns | undefined {
  try {
    return line.startsWith("{") ? (JSON.parse(line) as Columns) : undefined;
  } catch {
    return undefined;
  }
}

/** The one of tab, semicolon, bar and comma that the first line has most of. */
function delimiterOf(head: string): string {
  const first = /^.*/.exec(head)![0].replace(/"[^"]*"/g, "");
  const count = (it: string) => first.split(it).length;
  return ["\t", ";", "|", ","].reduce((most, it) => (count(it) >= count(most) ? it : most));
}
