/** Reader of NDJSON: an object a line; empty lines are skipped. */
import { parseJson } from "../rows/json.ts";
import type { Columns, RawRow } from "./contract.ts";
import { NOT_TEXT, isText } from "./source.ts";

/** Longest line, in characters. */
const LINE_LENGTH_MAX = 1_048_576;

/** The rows of `text`; a line that is no object, or too long, has a fault. */
export async function* ndjsonRows(text: AsyncIterable<string>): AsyncGenerator<RawRow[]> {
  let row = 0;
  for await (const lines of linesOf(text)) {
    const rows: RawRow[] = [];
    for (const line of lines) {
      row++;
      if (line.trim() !== "") rows.push(rowOf(row, line));
    }
    if (rows.length > 0) yield rows;
  }
}

function rowOf(row: number, line: string): RawRow {
  if (line.length > LINE_LENGTH_MAX)
    return {
      row,
      fault: `expected a line of at most ${LINE_LENGTH_MAX} characters: is it NDJSON?`,
    };
  if (!isText(line)) return { row, fault: NOT_TEXT };
  try {
    const fields = parseJson(line);
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
      return { row, fields: fields as Columns };
    return { row, fault: "expected a JSON object" };
  } catch (cause) {
    return { row, fault: `expected JSON: ${(cause as Error).message}` };
  }
}

/** Lines without their ends, some at a time; of one that is too long only the beginning may be there. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!.slice(0, LINE_LENGTH_MAX + 1);
    yield lines;
  }
  yield [rest];
}
