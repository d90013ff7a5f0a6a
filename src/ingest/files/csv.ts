/** Reader of CSV, TSV and their like; the only user of csv-parse. */
import { parse, type Parser } from "csv-parse";
import { FileError, type RawRow } from "./contract.ts";

/** Longest row, in bytes: a quote that is never closed takes in no more. */
const ROW_MAX_BYTES = 1_048_576;

/** How a file's values are parted, and the names of its columns where its first line does not have them. */
export type CsvFormat = { readonly delimiter: string; readonly columns?: readonly string[] };

/**
 * The rows of `text`; one with more values than there are columns has a fault.
 *
 * @throws FileError if columns share a name, or if a quote is not closed.
 */
export async function* csvRows(
  path: string,
  text: AsyncIterable<string>,
  { delimiter, columns }: CsvFormat,
): AsyncGenerator<RawRow[]> {
  let names = columns && namesOf(path, columns);
  let rows: RawRow[] = [];
  let last = 0;
  const parser = parse({
    delimiter,
    // Tab-separated files do not quote: their titles may begin with a quotation mark.
    quote: delimiter === "," || delimiter === ";" ? '"' : null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_MAX_BYTES,
    on_record: (values: string[], { lines }) => {
      last = lines;
      if (names === undefined) names = namesOf(path, values);
      else rows.push(rowOf(lines, names, values));
      return null;
    },
  });
  parser.resume();
  const failed = (cause: Error): FileError =>
    cause instanceof FileError
      ? cause
      : new FileError(
          `${path} can't be read after line ${last}: ${cause.message}; is a quotation mark there not doubled?`,
          { cause },
        );
  for await (const piece of text) {
    await written(parser, failed, piece);
    if (rows.length > 0) yield rows;
    rows = [];
  }
  await written(parser, failed);
  if (rows.length > 0) yield rows;
}

function rowOf(row: number, names: readonly string[], values: readonly string[]): RawRow {
  if (values.length > names.length)
    return { row, fault: `expected ${names.length} values, got ${values.length}` };
  const fields: Record<string, string> = {};
  for (let n = 0; n < values.length; n++) if (names[n] !== "") fields[names[n]!] = values[n]!;
  return { row, fields };
}

/** Names of columns; "" for one without a name, whose values are left out. */
function namesOf(path: string, header: readonly string[]): string[] {
  const names = header.map((it) => it.trim());
  const twice = names.find((it, n) => it !== "" && names.indexOf(it) !== n);
  if (twice === undefined) return names;
  throw new FileError(`${path}: two columns are called ${twice}: rename one`);
}

/** Resolves when a piece, or the end without one, is parsed. */
async function written(parser: Parser, failed: (cause: Error) => FileError, piece?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onError = (cause: Error) => reject(failed(cause));
  const done = (cause?: Error | null) => (cause ? onError(cause) : resolve());
  parser.once("error", onError);
  if (piece === undefined) parser.end(done);
  else parser.write(piece, done);
  await promise;
  parser.off("error", onError);
}
