/** Rows of the served log's pages: written, read, deleted. */
import type { Database } from "bun:sqlite";
import type { LoggedPage, ServedPage } from "../../served-log.ts";
import { firstSeqAt } from "../first-seq.ts";
import { pagesByUser } from "./by-user.ts";
import type { ErasedUsers } from "./erased.ts";
import { packSlots, unpackSlots } from "./slots.ts";
import { wordsOf, type Words } from "./words.ts";

type Row = {
  readonly seq: number;
  readonly recommendation_id: string;
  readonly at_ms: number;
  readonly user_id: string;
  readonly session: string | null;
  readonly list: string;
  readonly start: number;
  readonly next: string | null;
  readonly about: number;
  readonly first_slot: number;
  readonly slots: Uint8Array;
};

/** Delay with which a page may be logged after a newer one, milliseconds: buffered, while another process writes. */
const DISORDER_MS = 10_000;

/** Facts that many pages have in common. */
type AboutPage = Pick<ServedPage, "snapshot" | "policy" | "audience" | "match" | "fallback">;

/** The rows of one file. */
export type PageRows = ReturnType<typeof pageRows>;

/** Opens the pages of `db`. */
export function pageRows(db: Database, erased: ErasedUsers) {
  const words = wordsOf(db);
  const seqAt = firstSeqAt(db, "page", "at_ms", DISORDER_MS);
  return {
    ...writing(db, words, erased),
    ...reading(db, words),
    byUser: pagesByUser(db, words, seqAt),
    seqAt,
    clearWords: words.clear,
  };
}

function writing(db: Database, words: Words, erased: ErasedUsers) {
  const insert = db.query<{ seq: number }, (string | number | null | Uint8Array)[]>(
    `INSERT INTO page (recommendation_id, at_ms, user_id, session, list, start, next, about, first_slot, slots)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
  );
  return {
    /** Adds a page; returns its seq. Called inside a transaction. */
    add: (page: ServedPage): number => {
      const { snapshot, policy, audience, match, fallback, slots } = page;
      return insert.get(
        page.recommendationId,
        page.atMs,
        page.userId,
        page.session ?? null,
        page.list,
        page.from,
        page.next ?? null,
        words.numberOf({ snapshot, policy, audience, match, fallback }),
        slots[0]?.slot ?? 1,
        packSlots(slots, words.numberOf),
      )!.seq;
    },
    /** True for a page of a user who was erased since it was made. */
    isErased: ({ userId, atMs }: ServedPage): boolean => erased.since(userId, atMs),
    /** Deletes a user's pages; false if there are none. */
    eraseUser: db.transaction((userId: string, nowMs: number): boolean => {
      erased.add(userId, nowMs);
      const { changes } = db.run("DELETE FROM page WHERE user_id = ?", [userId]);
      if (changes > 0) db.run("UPDATE state SET erasures = erasures + 1");
      db.run("DELETE FROM shown WHERE user_id = ?", [userId]);
      return changes > 0;
    }).immediate,
  };
}

function reading(db: Database, words: Words) {
  const newer = db.query<{ found: number }, [string, string, number]>(
    "SELECT 1 AS found FROM page WHERE user_id = ? AND session = ? AND seq > ? LIMIT 1",
  );
  const ofSession = db.query<Row, [string, string, number, number]>(
    "SELECT * FROM page WHERE user_id = ? AND session = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const one = db.query<Row, [number]>("SELECT * FROM page WHERE seq = ?");
  const after = db.query<Row, [number, number]>(
    "SELECT * FROM page WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const afterOf = db.query<Row, [string, number, number]>(
    "SELECT * FROM page WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const before = db.query<Row, [number, number]>(
    "SELECT * FROM page WHERE seq < ? ORDER BY seq DESC LIMIT ?",
  );
  const erasures = db.query<{ erasures: number }, []>("SELECT erasures FROM state");

  const pageOf = (row: Row): LoggedPage => ({
    seq: row.seq,
    recommendationId: row.recommendation_id,
    atMs: row.at_ms,
    userId: row.user_id,
    session: row.session ?? undefined,
    list: row.list,
    from: row.start,
    next: row.next ?? undefined,
    ...words.valueOf<AboutPage>(row.about),
    slots: unpackSlots(row.slots, row.first_slot, (it) => words.valueOf(it)),
  });

  return {
    hasNewer: ({ userId, session = "" }: ServedPage, seq: number): boolean =>
      newer.get(userId, session, seq) !== null,
    /** The next `count` pages of a session after a seq. */
    ofSession: (userId: string, session: string, seq: number, count: number): LoggedPage[] =>
      ofSession.all(userId, session, seq, count).map(pageOf),
    page: (seq: number): LoggedPage | undefined => {
      const row = one.get(seq);
      return row === null ? undefined : pageOf(row);
    },
    /** The next `count` pages after a seq, of a user or of all. */
    after: (seq: number, count: number, userId?: string): LoggedPage[] =>
      (userId === undefined ? after.all(seq, count) : afterOf.all(userId, seq, count)).map(pageOf),
    before: (seq: number, count: number): LoggedPage[] => before.all(seq, count).map(pageOf),
    erasures: (): number => erasures.get()!.erasures,
  };
}
