/** The lease as an open transaction on a file of its own: the operating system ends it when the process dies. */
import { Database } from "bun:sqlite";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Lease } from "../contract.ts";
import { isDamaged } from "../trouble.ts";

/** The lease whose file is at `path`. */
export function leaseOn(path: string): Lease {
  const beside = holderPath(path);
  return {
    take: async (who) => {
      let db: Database | undefined;
      try {
        mkdirSync(dirname(path), { recursive: true });
        db = new Database(path, { create: true });
        db.run("BEGIN IMMEDIATE");
        // Beside the file, not in it: others cannot read what an open transaction has written.
        writeFileSync(beside, who);
        return { release: async () => db?.close() };
      } catch (cause) {
        db?.close();
        if (!isBusy(cause)) throw new LeaseError(path, cause);
        return { heldBy: holderOf(path) };
      }
    },
    holder: async () => {
      if (!existsSync(path)) return undefined;
      const db = new Database(path, { readwrite: true });
      try {
        db.run("BEGIN IMMEDIATE");
        return undefined;
      } catch (cause) {
        if (!isBusy(cause)) throw new LeaseError(path, cause);
        return holderOf(path);
      } finally {
        db.close();
      }
    },
  };
}

/** The lease's file cannot be used; `message` says what to do. */
class LeaseError extends Error {
  override readonly name = "LeaseError";
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

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY");
}

function holderOf(path: string): string {
  try {
    return readFileSync(holderPath(path), "utf8") || "another process";
  } catch {
    return "another process"; // it has not written its name yet
  }
}

function holderPath(path: string): string {
  return `${path}.holder`;
}
