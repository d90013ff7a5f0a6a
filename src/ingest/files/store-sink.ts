/** Rows of files into the store. */
import type { Write } from "../../data/changes.ts";
import type { Store } from "../../data/contract.ts";
import { APP } from "../../data/history.ts";
import { toEvent, toPost, toUser } from "../rows/to-domain.ts";
import type { Row, RowName } from "../rows/row.ts";
import type { Sink } from "./import-file.ts";

/** Time of receipt, used for rows without a time of their own too; Unix milliseconds. */
export type Times = { readonly receivedAtMs: number; readonly happenedAtMs: number };

type WriteOf<N extends RowName> = (rows: readonly Row<N>[], times: Times) => Write;

const WRITE_OF: { readonly [N in RowName]: WriteOf<N> } = {
  posts: (rows, { receivedAtMs, happenedAtMs }) => {
    const batch = rows.map((it) => toPost(it, happenedAtMs));
    return { change: "pushPosts", args: [batch, receivedAtMs] };
  },
  users: (rows) => ({ change: "pushUsers", args: [rows.map(toUser)] }),
  events: (rows, { receivedAtMs, happenedAtMs }) => {
    const batch = rows.map((it) => toEvent(it, happenedAtMs));
    return { change: "appendEvents", args: [batch, { receivedAtMs, origin: APP }] };
  },
};

/**
 * Rows of one write. Events touch pages all over an index: the more there are at once, the less is written
 * for each. 20,000 hold the store for 0.2 s, which a service beside can wait for. Posts may have 20 kB of text each.
 */
const ROWS_A_WRITE: Readonly<Record<RowName, number>> = {
  posts: 500,
  users: 2_000,
  events: 20_000,
};
/** Events of one write where nobody waits: they write a third of what 20,000 at once do. */
const EVENTS_ALONE = 100_000;

/** Rows of one write; `isAlone` if no service uses the store. */
export function rowsAWrite(kind: RowName, isAlone: boolean): number {
  return kind === "events" && isAlone ? EVENTS_ALONE : ROWS_A_WRITE[kind];
}

/** A sink that stores rows of `kind`, each call in one durable write. */
export function storeSink<N extends RowName>(
  kind: N,
  { changeAll }: Pick<Store, "changeAll">,
  times: Times,
): Sink<N> {
  return async (rows) => {
    const [done] = await changeAll([WRITE_OF[kind](rows, times)]);
    if (done!.status === "rejected") throw done!.reason;
    return typeof done!.value === "object" ? done!.value.accepted : Number(done!.value);
  };
}
