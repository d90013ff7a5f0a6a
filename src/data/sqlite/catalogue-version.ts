/** The catalogue's version: it grows when a post, a profile or a vector changes, or a user is erased. */
import type { Database } from "bun:sqlite";
import type { Catalogue } from "../catalogue.ts";

/** Increments the version; called inside the transaction that changes the catalogue. */
export function catalogueBump(db: Database): () => void {
  const bump = db.query("UPDATE meta SET value = value + 1 WHERE name = 'catalogue'");
  return () => void bump.run();
}

/** Reads the version: own writes show at once, those of other connections at most `lateMs` late. */
export function catalogueVersion(db: Database): Catalogue["version"] {
  const select = db.query<{ version: number }, []>(
    "SELECT CAST(value AS INTEGER) AS version FROM meta WHERE name = 'catalogue'",
  );
  const changes = db.query<{ own: number }, []>("SELECT total_changes() AS own");
  let [readMs, readOwn, version] = [-Infinity, 0, 0];
  return async (lateMs = 0) => {
    const [nowMs, { own }] = [performance.now(), changes.get()!];
    if (nowMs - readMs >= lateMs || own !== readOwn)
      [readMs, readOwn, version] = [nowMs, own, select.get()!.version];
    return version;
  };
}
