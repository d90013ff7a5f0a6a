/** An event log with Ada and Bob, and events to append to it. */
import type { Database } from "bun:sqlite";
import type { Event } from "../../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import { signalNamed, type SignalName } from "../../../src/domain/known-signals.ts";
import type { Changes } from "../../../src/data/changes.ts";
import { changeAll } from "../../../src/data/sqlite/changes.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { events } from "../../../src/data/sqlite/event-log.ts";
import { keysLikeIds } from "../../support/keys.ts";
import { append, change } from "../../support/changes.ts";

/** Key of Ada, whose id is 1. */
export const ADA = 1 as UserKey;

/** An event of Ada's. */
export const did = (
  kind: SignalName,
  post: number,
  atMs: number,
  over: Partial<Event> = {},
): Event => ({
  userId: "1" as UserId,
  postId: String(post) as PostId,
  kind,
  value: 1,
  claimedAtMs: atMs,
  ...over,
});

/** A view of Ada's. */
export const viewed = (post: number, atMs: number, over: Partial<Event> = {}) =>
  did("view", post, atMs, over);

/** Ada's rating of post 7. */
export const rated = (value: number, atMs: number) => did("rating", 7, atMs, { value });

/** A scan, and the time of its reply. */
export const scan = (number: number, atMs = 100 * number, isOver = false) => ({
  scan: number,
  atMs,
  isOver,
});

/** Receipt of events that a client sends. */
export const own = (receivedAtMs: number) => ({ receivedAtMs, origin: "client" });

/** Changes that clients may make to the log of `db`. */
export function clientsOf(db: Database) {
  const store = { changeAll: changeAll(db) };
  return {
    append: (...args: Parameters<Changes["appendEvents"]>) => append(store, ...args),
    erase: (user: UserKey, nowMs: number) => change(store, "eraseUser", `${user}` as UserId, nowMs),
  };
}

/** An open log; `known` tells Ada's history. */
export function opened() {
  const db = openDatabase(":memory:");
  keysLikeIds(db);
  const log = events(db);
  /** Ada's history at a seq: "kind post@time=value", "(…)" where it is withdrawn. */
  const known = async (untilSeq?: number): Promise<string[]> => {
    const { postKeys, kinds, values, atMs, withdrawn } = await log.history(ADA, untilSeq);
    return Array.from(postKeys, (post, n) => {
      const said = `${signalNamed(kinds[n]!)} ${post}@${atMs[n]}=${values[n]}`;
      return withdrawn[n] === 1 ? `(${said})` : said;
    });
  };
  return { db, ...log, ...clientsOf(db), known, [Symbol.dispose]: () => db.close() };
}
