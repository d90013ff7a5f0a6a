/** Reader of NDJSON: an object a line; empty lines are skipped. */
import { parseJson } from "../rows/json.ts";
import { FileError, type Columns, type RawRow } from "./contract.ts";

/** Longest line, in characters. */
const LINE_LENGTH_MAX = 1_048_576;

/** The rows of `text`; a line that is no object has a fault. */
export async function* ndjsonRows(
  path: string,
  text: AsyncIterable<string>,
): AsyncGenerator<RawRow[]> {
  let row = 0;
  for await (const lines of linesOf(path, text)) {
    const rows: RawRow[] = [];
    for (const line of lines) {
      row++;
      if (line.trim() !== "") rows.push(rowOf(row, line));
    }
    if (rows.length > 0) yield rows;
  }
}

function rowOf(row: number, line: string): RawRow {
  try {
    const fields = parseJson(line);
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
      return { row, fields: fields as Columns };
    return { row, fault: "expected a JSON object" };
  } catch (cause) {
    return { row, fault: `expected JSON: ${(cause as Error).message}` };
  }
}

/** Lines without their ends, some at a time. */
async function* linesOf(path: string, text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  let before = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    before += lines.length;
    if (rest.length > LINE_LENGTH_MAX)
      throw new FileError(
        `${path}: line ${before + 1} is longer than ${LINE_LENGTH_MAX} characters: is it NDJSON?`,
      );
    yield lines;
  }
  yield [rest];
}
