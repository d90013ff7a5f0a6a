/** Reader of CSV, TSV and their like; the only user of csv-parse. */
import { parse, type Parser } from "csv-parse";
import { FileError, type RawRow } from "./contract.ts";
import { NOT_TEXT, isText } from "./source.ts";

/** Longest row, in bytes: a quote that is never closed takes in no more. */
const ROW_MAX_BYTES = 1_048_576;
const TOO_LONG = `expected a row of at most ${ROW_MAX_BYTES} bytes`;
const OPEN_QUOTE = "expected a closing quotation mark: is one not doubled?";

/** Separator of a file's values, and the names of its columns if its first line has none. */
export type CsvFormat = { readonly delimiter: string; readonly columns?: readonly string[] };

/**
 * The rows of `text`. One with more values than there are columns has a fault, and so has a line with a
 * quote that is never closed, or that is too long: reading goes on with the next line.
 *
 * @throws FileError if columns share a name, or its first lines can't be parsed.
 */
export async function* csvRows(
  path: string,
  text: AsyncIterable<string>,
  { delimiter, columns }: CsvFormat,
): AsyncGenerator<RawRow[]> {
  let names = columns && namesOf(path, columns);
  let rows: RawRow[] = [];
  /** Text from the end of the last row on, and the bytes of this parser's text before it. */
  let [held, cut, parsed] = [Buffer.alloc(0), 0, 0];
  /** Line of the last row, and the lines before this parser's text. */
  let [last, before] = [0, 0];
  let isInLongLine = false;
  const begin = () =>
    parserOf(delimiter, (values, { lines, bytes }) => {
      [last, parsed] = [before + lines, bytes];
      if (names === undefined) names = namesOf(path, values);
      else rows.push(rowOf(last, names, values));
    });
  let parser = begin();
  const parsedAll = async (piece: Buffer, isEnd: boolean) => {
    held = Buffer.concat([held, piece]);
    for (let next: Buffer = piece; ; next = held)
      try {
        await written(parser, next, isEnd);
        held = held.subarray(parsed - cut);
        return void (cut = parsed);
      } catch (cause) {
        const rest = held.subarray(parsed - cut);
        const [blank] = /^[\r\n]*/.exec(rest.toString("latin1"))!;
        const end = rest.indexOf("\n", blank.length);
        if (names === undefined) throw failed(path, last, cause as Error);
        last = before = last + blank.split("\n").length;
        const isLong = (end < 0 ? rest.length : end) > ROW_MAX_BYTES;
        rows.push({ row: last, fault: isLong ? TOO_LONG : OPEN_QUOTE });
        [held, cut, parsed] = [end < 0 ? Buffer.alloc(0) : rest.subarray(end + 1), 0, 0];
        parser = begin();
        isInLongLine = end < 0 && !isEnd;
        if (isInLongLine) return;
      }
  };
  for await (const piece of text) {
    const bytes = Buffer.from(piece);
    const end = isInLongLine ? bytes.indexOf("\n") : -1;
    if (isInLongLine && end < 0) continue;
    isInLongLine = false;
    await parsedAll(bytes.subarray(end + 1), false);
    if (rows.length > 0) yield rows;
    rows = [];
  }
  await parsedAll(Buffer.alloc(0), true);
  if (rows.length > 0) yield rows;
}

function failed(path: string, last: number, cause: Error): FileError {
  if (cause instanceof FileError) return cause;
  const why = `${cause.message}; is a quotation mark there not doubled?`;
  return new FileError(`${path} can't be read after line ${last}: ${why}`, { cause });
}

type OnRow = (values: string[], place: { readonly lines: number; readonly bytes: number }) => void;

function parserOf(delimiter: string, onRow: OnRow): Parser {
  // Tab-separated files do not quote: their titles may begin with a quotation mark.
  const isQuoted = delimiter !== "\t" && delimiter.length === 1;
  const parser = parse({
    delimiter,
    quote: isQuoted ? '"' : null,
    ltrim: isQuoted, // a quotation mark may come after ", "
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_MAX_BYTES,
    on_record: (values: string[], place) => (onRow(values, place), null),
  });
  return parser.resume();
}

function rowOf(row: number, names: readonly string[], values: readonly string[]): RawRow {
  if (values.length > names.length)
    return { row, fault: `expected ${names.length} values, got ${values.length}` };
  if (!values.every(isText)) return { row, fault: NOT_TEXT };
  const fields: Record<string, string> = {};
  for (let n = 0; n < values.length; n++) if (names[n] !== "") fields[names[n]!] = values[n]!;
  return { row, fields };
}

/** Names of columns; "" for one without a name, whose values are left out. */
function namesOf(path: string, header: readonly string[]): string[] {
  if (!header.every(isText)) throw new FileError(`${path} is no UTF-8 text: save it as UTF-8`);
  const names = header.map((it) => it.trim());
  const twice = names.find((it, n) => it !== "" && names.indexOf(it) !== n);
  if (twice === undefined) return names;
  throw new FileError(`${path}: two columns are called ${twice}: rename one`);
}

/** Resolves when a piece is parsed; the last one ends the parser. */
async function written(parser: Parser, piece: Buffer, isEnd: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = (cause?: Error | null) => (cause ? reject(cause) : resolve());
  parser.once("error", reject);
  if (isEnd) parser.end(piece, done);
  else parser.write(piece, done);
  await promise;
  parser.off("error", reject);
}
