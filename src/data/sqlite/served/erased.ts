/** Users erased within the last day: a page of theirs that a process still holds must not be written any more. */
import type { Database } from "bun:sqlite";

/** Time for which an erasure is remembered, milliseconds: no page waits that long. */
const REMEMBERED_MS = 86_400_000;

/** The erasures of one file. All is called inside transactions. */
export type ErasedUsers = ReturnType<typeof erasedUsers>;

/** Opens the erasures of `db`. */
export function erasedUsers(db: Database) {
  const put = db.query<void, [string, number]>("INSERT OR REPLACE INTO erased VALUES (?, ?)");
  const drop = db.query<void, [number]>("DELETE FROM erased WHERE at_ms < ?");
  const any = db.query<{ found: number }, [number]>("SELECT 1 AS found FROM erased WHERE at_ms >= ? LIMIT 1"); // prettier-ignore
  const find = db.query<{ found: number }, [string, number]>(
    "SELECT 1 AS found FROM erased WHERE user_hash = ? AND at_ms >= ?",
  );
  return {
    /** Remembers that a user is erased. */
    add: (userId: string, atMs: number): void => void put.run(hashOf(userId), atMs),
    /** True if a user was erased at a time or later. */
    since: (userId: string, atMs: number): boolean =>
      any.get(atMs) !== null && find.get(hashOf(userId), atMs) !== null,
    deleteOld: (nowMs: number): void => void drop.run(nowMs - REMEMBERED_MS),
  };
}

const hashOf = (userId: string) => new Bun.CryptoHasher("sha256").update(userId).digest("hex");
