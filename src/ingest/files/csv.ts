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
  const parser = parse({
    delimiter,
    // Tab-separated files do not quote: their titles may begin with a quotation mark.
    quote: delimiter === "," || delimiter === ";" ? '"' : null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_MAX_BYTES,
    on_record: (values: string[], { lines }) => {
      if (names === undefined) names = namesOf(path, values);
      else rows.push(rowOf(lines, names, values));
      return null;
    },
  });
  parser.resume();
  for await (const piece of text) {
    await written(path, parser, piece);
    if (rows.length > 0) yield rows;
    rows = [];
  }
  await written(path, parser);
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
async function written(path: string, parser: Parser, piece?: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = (cause?: Error | null) => (cause ? reject(cause) : resolve());
  parser.once("error", reject);
  if (piece === undefined) parser.end(done);
  else parser.write(piece, done);
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const { message } = cause as Error;
    throw new FileError(
      `${path} can't be read further: ${message}; is a quotation mark not doubled?`,
      { cause },
    );
  } finally {
    parser.off("error", reject);
  }
}
