/** Readers of the data sets' files. */
import { FileError } from "../ingest/files/contract.ts";
import { openRows } from "../ingest/files/open.ts";
import { DataError } from "./experiment.ts";

/** A row's fields by column name. */
export type Fields = Readonly<Record<string, string>>;

/**
 * Reads a file whose first line names its columns.
 *
 * @throws DataError if the file can't be read, or a row lacks one of `columns`.
 */
export async function rowsOf(
  path: string,
  columns: readonly string[],
  delimiter: "," | "\t",
): Promise<Fields[]> {
  const all: Fields[] = [];
  try {
    for await (const rows of (await openRows(path, { delimiter })).rows)
      for (const it of rows) {
        if (!("fields" in it)) throw new FileError(`${path}: row ${it.row}: ${it.fault}`);
        const missing = columns.find((name) => it.fields[name] === undefined);
        if (missing !== undefined) throw new FileError(`${path}: there is no column ${missing}`);
        all.push(it.fields as Fields);
      }
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    throw new DataError(`${cause.message}; --data names the folder of the data sets`, { cause });
  }
  if (all.length === 0) throw new DataError(`${path}: it has no rows`);
  return all;
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
