/** The file of refused rows beside an imported one: NDJSON, a refusal a line, with the row's values. */
import { open, rm, truncate, type FileHandle } from "node:fs/promises";
import { FileError } from "./contract.ts";
import type { RefusedRow } from "./file-rows.ts";
import { STDIN } from "./source.ts";

/** A file of refused rows. */
type RefusedFile = {
  /** Appends rows; resolves, with the length of the file in bytes, when they are with the operating system. */
  readonly write: (rows: readonly RefusedRow[]) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** Path of the refused rows of the file at `path`. A shell's pipes are there as /dev/fd/63, beside which nothing can be. */
export function refusedPath(path: string): string {
  return `${path === STDIN || path.startsWith("/dev/") ? "stdin" : path}.refused.ndjson`;
}

/**
 * Opens the file of refused rows of the file at `path`. Of one that is there, the first `keptBytes`
 * stay, which an interrupted run wrote. Without refused rows there is no file.
 *
 * @throws FileError if it can't be written.
 */
export async function openRefused(path: string, keptBytes = 0): Promise<RefusedFile> {
  const place = refusedPath(path);
  const attempt = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw new FileError(`${place} can't be written: ${(cause as Error).message}`, { cause });
    }
  };
  // Somebody may have removed it since.
  let length = (await Bun.file(place).exists()) ? keptBytes : 0;
  if (length === 0) await attempt(rm(place, { force: true }));
  else await attempt(truncate(place, length));
  let file: FileHandle | undefined;
  return {
    write: async (rows) => {
      if (rows.length === 0) return length;
      const text = rows.map((it) => `${lineOf(it)}\n`).join("");
      // Rows may be personal: nobody else may read them.
      file ??= await attempt(open(place, "a", 0o600));
      await attempt(file.writeFile(text));
      return (length += Buffer.byteLength(text));
    },
    close: async () => await file?.close(),
  };
}

/** A row as JSON, without its values where they are nested too deeply to be written. */
function lineOf(row: RefusedRow): string {
  try {
    return JSON.stringify(row);
  } catch {
    return JSON.stringify({ ...row, values: undefined });
  }
}
