/** Rows of files into the store. */
import type { Store } from "../../data/contract.ts";
import { APP } from "../../data/history.ts";
import { toEvent, toPost, toUser } from "../rows/to-domain.ts";
import type { Row, RowName } from "../rows/row.ts";
import type { Sink } from "./import-file.ts";

/** When rows were received, and when that happened which has no time of its own; Unix milliseconds. */
export type Times = { readonly receivedAtMs: number; readonly happenedAtMs: number };

type Written = Pick<Store, "posts" | "users" | "events">;
type Write<N extends RowName> = (
  store: Written,
  rows: readonly Row<N>[],
  times: Times,
) => Promise<number>;

const WRITES: { readonly [N in RowName]: Write<N> } = {
  posts: (store, rows, { receivedAtMs, happenedAtMs }) =>
    store.posts.push(
      rows.map((it) => toPost(it, happenedAtMs)),
      receivedAtMs,
    ),
  users: (store, rows) => store.users.push(rows.map(toUser)),
  events: async (store, rows, { receivedAtMs, happenedAtMs }) => {
    const batch = rows.map((it) => toEvent(it, happenedAtMs));
    return (await store.events.append(batch, { receivedAtMs, origin: APP })).accepted;
  },
};

/**
 * Rows of one write. Events touch pages all over two indexes: 20,000 at once write a fifth of what
 * they write in tens, and hold the store for 0.2 s. Posts may have 20 kB of text each.
 */
export const ROWS_A_WRITE: Readonly<Record<RowName, number>> = {
  posts: 500,
  users: 2_000,
  events: 20_000,
};

/** A sink that stores rows of `kind`, each call in one durable write. */
export function storeSink<N extends RowName>(kind: N, store: Written, times: Times): Sink<N> {
  return (rows) => WRITES[kind](store, rows, times);
}
