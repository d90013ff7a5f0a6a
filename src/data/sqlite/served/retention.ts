/** Retention of the served log: the oldest pages go, some with each write, once they are too old or too many. */
import type { Database } from "bun:sqlite";
import { DAY_MS } from "../../../domain/day.ts";
import type { ErasedUsers } from "./erased.ts";
import { showingsDeleter } from "./exposures.ts";

/** Limits of age and size. */
export type Kept = { readonly days: number; readonly megabytes: number };

/** Pages that are deleted at least at a time: some 2 ms. */
const STEP = 100;
/** Pages that are deleted for each that is written, so that a log that was made smaller becomes so. */
const PER_PAGE = 2;

/**
 * Opens the retention of `db`. The returned function deletes a few pages; it is called inside a transaction that
 * has written `added` pages, of which the newest is of `nowMs`.
 */
export function retention(db: Database, { days, megabytes }: Kept, erased: ErasedUsers) {
  const oldest = db.query<{ at_ms: number }, []>("SELECT at_ms FROM page ORDER BY seq LIMIT 1");
  const used = db.query<{ bytes: number }, []>(
    `SELECT (page_count - freelist_count) * page_size AS bytes
     FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
  );
  const deletePages = db.query<void, [number, number]>(
    `DELETE FROM page WHERE seq IN (SELECT seq FROM page ORDER BY seq LIMIT ?1)
     AND (?2 = 0 OR at_ms < ?2)`,
  );
  // Counting deletes them much sooner, as long as exploration is on.
  const deleteShown = showingsDeleter(db);
  return (nowMs: number, added: number): void => {
    const count = Math.max(STEP, PER_PAGE * added);
    const untilMs = nowMs - days * DAY_MS;
    erased.deleteOld(nowMs);
    deleteShown.run(untilMs, count);
    const first = oldest.get();
    if (first === null) return;
    if (used.get()!.bytes > megabytes * 1e6) deletePages.run(count, 0);
    else if (first.at_ms < untilMs) deletePages.run(count, untilMs);
  };
}
