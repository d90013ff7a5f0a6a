/** One process at a time syncs and learns: whoever holds an open transaction on lock.db. */
import { Database, SQLiteError } from "bun:sqlite";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isDamaged } from "./trouble.ts";

/** The lock, until it is released or the process dies: the system frees it then. */
export type Lock = { readonly release: () => void };

/** Who has it instead. */
export type Held = { readonly heldBy: string };

/**
 * Try to take the lock; never waits. Of several that try at once exactly one gets it.
 *
 * @param who  Shown to those who come later, such as "vidrec serve (process 4711)".
 * @throws LockError
 */
export function takeLock(path: string, who: string): Lock | Held {
  let db: Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new Database(path, { create: true });
    db.run("BEGIN IMMEDIATE");
    // Beside the lock, not in it: what an open transaction has written, nobody else can read.
    writeFileSync(holderPath(path), who);
    return { release: () => db?.close() };
  } catch (cause) {
    db?.close();
    if (!isBusy(cause)) throw new LockError(path, cause);
    return { heldBy: holderOf(path) };
  }
}

/** The lock can neither be taken nor be seen to be held; `message` says what to do. */
export class LockError extends Error {
  override readonly name = "LockError";
  constructor(path: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const whatToDo = isDamaged(cause)
      ? "stop every vidrec that uses this folder, then delete it"
      : "it must be a file that vidrec may write, on a disk with room";
    super(`${path} cannot be locked (${why}), and nothing is synced or learnt: ${whatToDo}`, {
      cause,
    });
  }
}

/** Who has the lock at the moment; `undefined` if nobody does. */
export function lockHolder(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const db = new Database(path, { readwrite: true });
  try {
    db.run("BEGIN IMMEDIATE");
    return undefined;
  } catch (cause) {
    if (!isBusy(cause)) throw new LockError(path, cause);
    return holderOf(path);
  } finally {
    db.close();
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof SQLiteError && cause.code?.startsWith("SQLITE_BUSY") === true;
}

function holderOf(path: string): string {
  try {
    return readFileSync(holderPath(path), "utf8") || "another process";
  } catch {
    return "another process"; // it has not come so far as to say who it is
  }
}

function holderPath(path: string): string {
  return `${path}.holder`;
}
