/** Failures of SQLite in words for operators: meaning, and what to do. */

/** Codes of a file whose content is not what was written: SQLITE_ERROR where it lacks a table, a short read where its end. */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|ERROR|IOERR_SHORT_READ)/;

/** True for a failure that means a damaged file. */
export function isDamaged(cause: unknown): boolean {
  return isSqlite(cause) && DAMAGE.test(String(cause.code));
}

/**
 * A failure in words for operators, about the store at `path`.
 *
 * @param part  Named where it is not SQLite's; then the message is what it said itself.
 */
export function storeTrouble(cause: unknown, path: string, part = ""): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isDamaged(cause)) return damaged(path, message);
  if (!isSqlite(cause)) return part === "" ? message : `${part}: ${message}`;
  return `${path} cannot be used (${message}): it must be a file that vidrec may read and write, on a disk with room`;
}

/** Message about a damaged store. */
export function damaged(path: string, why: string): string {
  return `${path} is damaged (${why}): stop vidrec, then restore a backup of it, or delete it and its -wal and -shm beside it: the next sync fetches what upstream still has`;
}

/** Message about a store that an older build made. */
export function older(path: string): string {
  return `${path} was made by an older vidrec, and is left as it is: stop that one, back the file up, then start \`vidrec serve\`, which brings it up to date`;
}

/** By its name: who explains a failure need not know SQLite. */
function isSqlite(cause: unknown): cause is Error & { readonly code?: unknown } {
  return cause instanceof Error && cause.name === "SQLiteError";
}
