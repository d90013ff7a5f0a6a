/** The store on an open SQLite file: every table's port, and the state of the file. */
import type { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import type { StoreMark } from "../../domain/event.ts";
import type { Store } from "../contract.ts";
import { knowSignalsOf, type WantedSignals } from "./added-signals.ts";
import { apiKeys } from "./api-keys.ts";
import { changeAll, type Buffers } from "./changes.ts";
import { catalogueVersion } from "./catalogue-version.ts";
import { embeddings } from "./embeddings.ts";
import { events } from "./event-log.ts";
import { ids } from "./ids.ts";
import { meta } from "./meta.ts";
import { posts } from "./posts.ts";
import { runs } from "./runs.ts";
import { scans } from "./scans.ts";
import { steerings } from "./steering.ts";
import { search } from "./search.ts";
import { texts } from "./texts.ts";
import { users } from "./users.ts";

/** An open store and its file. Close with `using`. */
type StoreFile = Store & {
  /** It may only be read, and may lack what others write. */
  readonly isReadOnly: boolean;
  /** {@link Store.mark} at the time of opening. */
  readonly openedAt: StoreMark | undefined;
  /** State of the path it was opened at: the same file, no file, or another one. */
  readonly whereabouts: () => "here" | "gone" | "replaced";
  /** Damage in the file, in SQLite's words; reads the whole file. */
  readonly damage: () => Promise<string | undefined>;
  readonly close: () => void;
  readonly [Symbol.dispose]: () => void;
};

/**
 * The store in `db`, which was opened at `path`. This thread then knows the store's added signals.
 *
 * @param signals  What the setting says of them; without it all are offered.
 */
export function storeOn(
  path: string,
  db: Database,
  isReadOnly: boolean,
  signals?: WantedSignals,
  buffers?: Buffers,
): StoreFile {
  knowSignalsOf(db, isReadOnly, signals);
  const fileNumber = fileNumberOf(path);
  const markOf = marker(db, isReadOnly);
  return {
    isReadOnly,
    openedAt: markOf(),
    mark: async () => markOf(),
    whereabouts: () => {
      const now = fileNumberOf(path);
      return now === fileNumber ? "here" : now === undefined ? "gone" : "replaced";
    },
    damage: async () => {
      try {
        const found = db.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get()!;
        return found.quick_check === "ok" ? undefined : found.quick_check.replaceAll(/\s+/g, " ");
      } catch (cause) {
        return cause instanceof Error ? cause.message : String(cause);
      }
    },
    ids: ids(db),
    posts: posts(db),
    users: users(db),
    texts: texts(db),
    search: search(db),
    version: catalogueVersion(db),
    events: events(db),
    embeddings: embeddings(db),
    steering: steerings(db),
    scans: scans(db),
    runs: runs(db),
    meta: meta(db),
    keys: apiKeys(db),
    changeAll: changeAll(db, buffers),
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}

/** Reader of the store's mark. */
function marker(db: Database, isReadOnly: boolean): () => StoreMark | undefined {
  const sql =
    "SELECT value AS identity, (SELECT max(seq) FROM event) AS seq FROM meta WHERE name = 'identity'";
  return () => {
    try {
      const { identity, seq } = db.query<{ identity: string; seq: number | null }, []>(sql).get()!;
      return { identity, seq: isReadOnly ? Infinity : (seq ?? 0) };
    } catch {
      return undefined; // damaged: the next read says so
    }
  };
}

/** Inode number of a file. No other file gets it while this one is open. */
function fileNumberOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
