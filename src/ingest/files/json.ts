/** Reader of JSON: an array of rows, or an object that holds one; the only user of @streamparser/json. */
import { TokenParser, TokenType, Tokenizer } from "@streamparser/json";
import { exactNumber } from "../rows/json.ts";
import { FileError, type Columns, type RawRow } from "./contract.ts";
import { isText } from "./source.ts";

/** Most lists and objects inside each other: the parser's time grows with the square of it. */
const DEPTH_MAX = 1_000;

/** Integers beyond 2^53 keep their digits. */
class ExactTokenizer extends Tokenizer {
  protected override parseNumber(digits: string): number {
    return exactNumber(digits) as number; // a BigNumber passes through the parser like any value
  }
}

/** Change of the depth by token. */
const CHANGE: ReadonlyMap<TokenType, number> = new Map([
  [TokenType.LEFT_BRACE, 1],
  [TokenType.LEFT_BRACKET, 1],
  [TokenType.RIGHT_BRACE, -1],
  [TokenType.RIGHT_BRACKET, -1],
]);

/**
 * The rows of `text`, numbered from 1: of the list that it is, or of those of its keys `lists` if there
 * are any. A row that is no object has a fault.
 *
 * @throws FileError if it is no JSON, or holds no rows.
 */
export async function* jsonRows(
  path: string,
  text: AsyncIterable<string>,
  lists: readonly string[],
): AsyncGenerator<RawRow[]> {
  let row = 0;
  let rows: RawRow[] = [];
  const paths = lists.length === 0 ? ["$.*"] : lists.map((it) => `$.${it}.*`);
  const parser = new TokenParser({ paths, keepStack: false });
  parser.onValue = ({ value, key }) => {
    if (typeof key === "number") rows.push(rowOf(++row, value));
  };
  const tokenizer = new ExactTokenizer();
  let depth = 0;
  tokenizer.onToken = (it) => {
    depth += CHANGE.get(it.token) ?? 0;
    if (depth > DEPTH_MAX) throw new Error(`more than ${DEPTH_MAX} levels`);
    parser.write(it);
  };
  const isolated = (step: () => void) => {
    try {
      step();
    } catch (cause) {
      const { message } = cause as Error;
      throw new FileError(`${path} is no JSON after row ${row}: ${message}`, { cause });
    }
  };
  for await (const piece of text) {
    if (!isText(piece)) throw new FileError(`${path} is no UTF-8 text after row ${row}: save it as UTF-8`); // prettier-ignore
    isolated(() => tokenizer.write(piece));
    if (rows.length > 0) yield rows;
    rows = [];
  }
  isolated(() => {
    if (!tokenizer.isEnded) tokenizer.end();
    if (!parser.isEnded) parser.end();
  });
  if (rows.length > 0) yield rows;
  if (row === 0 && lists.length > 0)
    throw new FileError(
      `${path} holds no rows: expected a list of objects, or an object with one under ${lists.join(", ")}`,
    );
}

function rowOf(row: number, value: unknown): RawRow {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { row, fields: value as Columns }
    : { row, fault: "expected a JSON object" };
}
