/** Contract of readers: rows as the file has them, some at a time. */

/** A row by column name, or why it can't be read. */
export type RawRow = {
  /** Line of a text file on which the row ends, number of the row of any other file; from 1, ascending. */
  readonly row: number;
} & ({ readonly fields: Columns } | { readonly fault: string });

/** A row's values by column name. */
export type Columns = Readonly<Record<string, unknown>>;

/** A file that can't be read, or not further: says where, why and what to do. */
export class FileError extends Error {
  override readonly name = "FileError";
}
