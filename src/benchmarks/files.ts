/** Readers of the data sets' files. */
import { parse } from "csv-parse/sync";
import { DataError } from "./experiment.ts";

/** A row's fields by column name. */
export type Fields = Readonly<Record<string, string>>;

/**
 * Reads a file whose first line names its columns.
 *
 * @throws DataError if the file can't be read or lacks one of `columns`.
 */
export async function rowsOf(
  path: string,
  columns: readonly string[],
  delimiter: "," | "\t",
): Promise<Fields[]> {
  // Tab-separated files do not quote: their titles may begin with a quotation mark.
  const quote = delimiter === "," ? '"' : null;
  const text = await textOf(path);
  try {
    const rows = parse<Fields>(text, { columns: true, delimiter, quote, bom: true });
    if (rows.length === 0) throw new Error("it has no rows");
    const missing = columns.find((it) => rows[0]?.[it] === undefined);
    if (missing !== undefined) throw new Error(`there is no column ${missing}`);
    return rows;
  } catch (cause) {
    throw new DataError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Reads a file whose lines are numbers separated by spaces. @throws DataError */
export async function numbersOf(path: string): Promise<number[][]> {
  const lines = (await textOf(path)).split(/\r?\n/).filter((it) => it.trim() !== "");
  return lines.map((line, n) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    if (numbers.every(Number.isFinite)) return numbers;
    throw new DataError(`${path}: line ${n + 1} is not a list of numbers`);
  });
}

async function textOf(path: string): Promise<string> {
  try {
    return await Bun.file(path).text();
  } catch (cause) {
    throw new DataError(
      `cannot read ${path}: put the data set there (README says from where), or give the folder of the data sets with --data`,
      {
        cause,
      },
    );
  }
}
