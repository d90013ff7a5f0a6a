/** Changes of stored posts and users. Of several at once none is lost. */
import type { StoredPost, StoredUser } from "../../data/catalogue.ts";
import type { Store } from "../../data/contract.ts";
import type { ServedLog } from "../../data/served-log.ts";
import { WriterError, type Writer } from "../../data/writer/client.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { Refusal } from "../rows/refusal.ts";
import type { Row } from "../rows/row.ts";
import { fromStored } from "../rows/stored.ts";
import { toPost, toUser } from "../rows/to-domain.ts";

/** Most tries of a change that others overtake: each time, one of them has come through. */
const TRIES_MAX = 1_000;

/** The row that a change makes of another, or why it can't. */
type Change<R, Stored> = (row: R, stored: Stored) => R | Refusal;
/** The changed row, durable; `undefined` if there is none that an app may change. */
type Outcome<R> = Promise<R | Refusal | undefined>;

/** The store that apps write to, its writer, and a clock. */
export type Writing = {
  readonly store: () => Pick<Store, "ids" | "posts" | "users" | "events" | "steering">;
  /** Absent: nothing is shown. */
  readonly servedLog?: () => Pick<ServedLog, "pages">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Opens the changes. */
export function openChanges({ store, writer, nowMs }: Writing) {
  async function changed<R, S>(
    read: () => Promise<S | undefined>,
    rowIn: (stored: S) => R | undefined,
    change: Change<R, S>,
    replace: (row: R, stored: S) => Promise<boolean>,
  ): Outcome<R> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const stored = await read();
      const before = stored && rowIn(stored);
      if (stored === undefined || before === undefined) return undefined;
      const row = change(before, stored);
      if (row instanceof Refusal || (await replace(row, stored))) return row;
    }
    throw new WriterError("it is changed by too many others at once");
  }

  return {
    /** Changes a post that an app has sent. @throws WriterError */
    changePost: (id: PostId, change: Change<Row<"posts">, StoredPost>): Outcome<Row<"posts">> =>
      changed(
        async () => (await store().posts.stored([id])).get(id),
        ({ sent }) => (sent === undefined ? undefined : fromStored<"posts">(sent)),
        change,
        (row, { sent, createdAtMs }) =>
          writer().write("replacePost", toPost(row, createdAtMs), sent!, nowMs()),
      ),
    /** Changes a user whom an app has sent, or whom only events name. @throws WriterError */
    changeUser: (id: UserId, change: Change<Row<"users">, StoredUser>): Outcome<Row<"users">> =>
      changed<Row<"users">, StoredUser>(
        () => store().users.stored(id),
        ({ sent, username }) => {
          if (sent !== undefined) return fromStored<"users">(sent);
          return username === undefined ? { id } : undefined;
        },
        change,
        (row, { sent }) => writer().write("replaceUser", toUser(row), sent),
      ),
  };
}
