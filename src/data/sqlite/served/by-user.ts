/** Reads the served log one user after the other, as columns: whole pages would take ten times the memory. */
import type { Database } from "bun:sqlite";
import type { PageColumns, ServedPage, UserPages } from "../../served-log.ts";
import { inSlices, pause, type Steps } from "../../../runtime/time-slicing.ts";
import { slotColumns } from "./slots.ts";
import type { Words } from "./words.ts";

/** Users that are found at once. */
const USERS = 200;

type Row = {
  readonly recommendationId: string;
  readonly atMs: number;
  readonly about: number;
  readonly first: number;
  readonly slots: Uint8Array;
};

/**
 * Opens the reader of `db`: everybody's pages since a time, with pauses between.
 *
 * @param seqAt  Says a seq with no page of a time or later before it.
 */
export function pagesByUser(
  db: Database,
  words: Pick<Words, "valueOf">,
  seqAt: (atMs: number) => number,
) {
  const users = db.query<{ userId: string }, [string, number]>(
    "SELECT DISTINCT user_id AS userId FROM page WHERE user_id > ? ORDER BY user_id LIMIT ?",
  );
  const ofUser = db.query<{ seq: number }, [string, number]>(
    "SELECT seq FROM page WHERE user_id = ? AND seq >= ? ORDER BY seq",
  );
  const one = db.query<Row, [number]>(`
    SELECT recommendation_id AS recommendationId, at_ms AS atMs, about, first_slot AS first, slots
    FROM page WHERE seq = ?`);

  const columnsOf = ({ about, slots, ...row }: Row): PageColumns => {
    const { policy, audience } = words.valueOf<Pick<ServedPage, "policy" | "audience">>(about);
    const { posts, sources } = slotColumns(slots);
    return { ...row, policy, audience, posts, sources: Array.from(sources, (it) => words.valueOf(it)) }; // prettier-ignore
  };

  /** A user's pages of a time or later, of which none is before a seq. */
  function* pagesOf(userId: string, sinceMs: number, seq: number): Steps<PageColumns[]> {
    const pages: PageColumns[] = [];
    for (const row of ofUser.all(userId, seq)) {
      const page = one.get(row.seq);
      if (page !== null && page.atMs >= sinceMs) pages.push(columnsOf(page));
      yield;
    }
    return pages;
  }

  return async function* byUser(sinceMs: number): AsyncIterable<UserPages> {
    const seq = seqAt(sinceMs);
    let last = "";
    for (let some; (some = users.all(last, USERS)).length > 0; last = some.at(-1)!.userId)
      for (const { userId } of some) {
        const pages = await inSlices(pagesOf(userId, sinceMs, seq));
        if (pages.length > 0) yield { userId, pages };
        await pause(); // others' requests come first
      }
  };
}
