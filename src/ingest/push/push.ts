/** Rows that apps push: checked, written by the writer thread, and read back. */
import type { PostId, UserId } from "../../domain/ids.ts";
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import { FROM_STORE } from "../rows/from-store.ts";
import { Refusal } from "../rows/refusal.ts";
import { readPatch, type Patch, type Row } from "../rows/row.ts";
import { fromStored, jsonRow } from "../rows/stored.ts";
import { toPost, toUser } from "../rows/to-domain.ts";
import { openChanges, type Writing } from "./change.ts";
import { openEvents } from "./events.ts";
import { checkedRows, type RefusedRows } from "./checked-rows.ts";
import { openSteering } from "./steering.ts";
import { knownOf } from "./known-user.ts";
import { newestEvents } from "./newest-events.ts";
import { personalData } from "./personal-data.ts";

/** Writes and reads that apps may ask for. A row that could not be read stands as its {@link Refusal}. */
export type Push = ReturnType<typeof openPush>;

/** Outcome of pushed posts or users. */
type Pushed = RefusedRows & {
  readonly accepted: number;
  /** Rows that say what is stored already, or that a later row of the batch replaces. */
  readonly unchanged: number;
};

/** Opens the service of pushed rows. Its promises resolve when the change is durable. */
export function openPush(writing: Writing) {
  const { store, writer, nowMs } = writing;
  const { changePost } = openChanges(writing);

  /** Writes the last row of every id. */
  async function pushed<R extends { readonly id: string }>(
    rows: Steps<RefusedRows & { readonly good: readonly R[] }>,
    write: (batch: R[]) => Promise<number>,
  ): Promise<Pushed> {
    const { good, ...refused } = await inSlices(rows);
    const batch = [...new Map(good.map((it) => [it.id, it])).values()];
    const accepted = batch.length === 0 ? 0 : await write(batch);
    return { accepted, unchanged: good.length - accepted, ...refused };
  }

  return {
    ...openSteering(writing),
    /** @throws WriterError */
    posts: (rows: readonly unknown[]): Promise<Pushed> => {
      const now = nowMs();
      const checked = checkedRows("posts", rows, now, (it) => toPost(it, now));
      return pushed(checked, (batch) => writer().write("pushPosts", batch, now));
    },
    /** @throws WriterError */
    users: (rows: readonly unknown[]): Promise<Pushed> =>
      pushed(checkedRows("users", rows, nowMs(), toUser), (batch) => writer().write("pushUsers", batch)), // prettier-ignore
    ...openEvents(writing),
    /** A post as JSON for apps, whoever sent it. */
    post: async (id: PostId): Promise<object | undefined> => {
      const post = (await store().posts.stored([id])).get(id);
      if (post === undefined) return undefined;
      const row = post.sent === undefined ? FROM_STORE.posts(post) : fromStored<"posts">(post.sent);
      return jsonRow("posts", row);
    },
    /**
     * Changes fields of a post; `null` takes one away. Returns the whole post as JSON for apps; `undefined`
     * for one that no app has sent. Of several at once none is lost.
     *
     * @throws WriterError
     */
    patchPost: async (id: PostId, value: unknown): Promise<object | Refusal | undefined> => {
      const patch = readPatch(value, nowMs());
      if (patch instanceof Refusal) return patch;
      const row = await changePost(id, (before) => patched(before, patch));
      return row === undefined || row instanceof Refusal ? row : jsonRow("posts", row);
    },
    /** Deletes a post; its events stay. False for one that no app has sent. @throws WriterError */
    removePost: async (id: PostId): Promise<boolean> =>
      (await writer().write("removePosts", [id])) > 0,
    /** Facts about a user, as JSON for apps; `undefined` for an unknown one. */
    user: (id: UserId) => knownOf(store(), id),
    /** The newest `count` events of a user, the newest first; `undefined` for an unknown one. */
    newestEvents: (id: UserId, count: number) => newestEvents(store(), id, count),
    /** Everything held about a user, as pieces of a JSON text; `undefined` for somebody of whom nothing is. */
    exported: (id: UserId) =>
      personalData({ store: store(), servedLog: writing.servedLog?.() }, id),
    /** Erases a user and their events; false for an unknown one. @throws WriterError */
    eraseUser: (id: UserId): Promise<boolean> => writer().write("eraseUser", id, nowMs()),
  };
}

function patched(row: Row<"posts">, patch: Patch<"posts">): Row<"posts"> {
  const fields = Object.entries({ ...row, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(fields) as unknown as Row<"posts">;
}
