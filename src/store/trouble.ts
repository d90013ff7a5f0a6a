/** What a failure of SQLite means for the file it was about, and what to do about it. */
import { SQLiteError } from "bun:sqlite";

/** Codes of a file whose content is not what was written; SQLITE_ERROR: it lacks a table. */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|ERROR)/;

/** Whether a failure says that the file's content is damaged. */
export function isDamaged(cause: unknown): boolean {
  return cause instanceof SQLiteError && DAMAGE.test(cause.code ?? "");
}

/** A failure in words for operators, about the store at `path`; its plain message if it is not SQLite's. */
export function storeTrouble(cause: unknown, path: string): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isDamaged(cause)) return damaged(path, message);
  if (!(cause instanceof SQLiteError)) return message;
  return `${path} cannot be used (${message}): it must be a file that vidrec may read and write, on a disk with room`;
}

/** What to do about a damaged store. */
export function damaged(path: string, why: string): string {
  return `${path} is damaged (${why}): stop vidrec, then restore a backup of it, or delete it and its -wal and -shm beside it: the next sync fetches what upstream still has`;
}
