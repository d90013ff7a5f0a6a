/** The file of refused rows beside an imported one: NDJSON, a refusal a line, with the row's values. */
import { open, rm, type FileHandle } from "node:fs/promises";
import { FileError } from "./contract.ts";
import type { RefusedRow } from "./file-rows.ts";
import { STDIN } from "./source.ts";

/** A file of refused rows. */
export type RefusedFile = {
  readonly path: string;
  /** Appends rows; resolves when they are with the operating system. */
  readonly write: (rows: readonly RefusedRow[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Path of the refused rows of the file at `path`. */
export function refusedPath(path: string): string {
  return `${path === STDIN ? "stdin" : path}.refused.ndjson`;
}

/**
 * Opens the file of refused rows of the file at `path`. One that an earlier run left is deleted,
 * unless this run goes on where that one ended. Without refused rows there is no file.
 *
 * @throws FileError if it can't be written.
 */
export async function openRefused(path: string, { goesOn = false } = {}): Promise<RefusedFile> {
  const place = refusedPath(path);
  const attempt = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw new FileError(`${place} can't be written: ${(cause as Error).message}`, { cause });
    }
  };
  if (!goesOn) await attempt(rm(place, { force: true }));
  let file: FileHandle | undefined;
  return {
    path: place,
    write: async (rows) => {
      if (rows.length === 0) return;
      // Rows may be personal: nobody else may read them.
      file ??= await attempt(open(place, "a", 0o600));
      await attempt(file.writeFile(rows.map((it) => `${JSON.stringify(it)}\n`).join("")));
    },
    close: async () => await file?.close(),
  };
}
