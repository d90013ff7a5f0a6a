/** Rows that apps push: checked, written by the writer thread, and read back. */
import type { Appended } from "../../data/changes.ts";
import type { Store } from "../../data/contract.ts";
import { APP } from "../../data/history.ts";
import type { Writer } from "../../data/writer/client.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import { FROM_STORE } from "../rows/from-store.ts";
import { Refusal } from "../rows/refusal.ts";
import { readPatch, type Patch, type Row } from "../rows/row.ts";
import { fromStored, jsonRow } from "../rows/stored.ts";
import { toEvent, toPost, toUser } from "../rows/to-domain.ts";
import { openChanges } from "./change.ts";
import { checkedRows, type RefusedRows } from "./checked-rows.ts";
import { knownOf } from "./known-user.ts";

/** What apps may push, and read of it. A row that could not be read stands as its {@link Refusal}. */
export type Push = ReturnType<typeof openPush>;

/** What became of posts or users. */
type Pushed = RefusedRows & {
  readonly accepted: number;
  /** Rows that say what is stored already, or that a later row of the batch replaces. */
  readonly unchanged: number;
};

/** What became of events. */
type PushedEvents = RefusedRows & Appended;

/** Dependencies of {@link openPush}. */
type PushDeps = {
  readonly store: () => Pick<Store, "ids" | "posts" | "users" | "events">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Opens the service of pushed rows. Its promises resolve when the change is durable. */
export function openPush({ store, writer, nowMs }: PushDeps) {
  const { changePost } = openChanges(store, writer, nowMs);

  return {
    /** @throws WriterError */
    posts: async (rows: readonly unknown[]): Promise<Pushed> => {
      const receivedAtMs = nowMs();
      const { good, ...refused } = await inSlices(
        checkedRows("posts", rows, receivedAtMs, (it) => toPost(it, receivedAtMs)),
      );
      const batch = lastOfEach(good);
      const accepted =
        batch.length === 0 ? 0 : await writer().write("pushPosts", batch, receivedAtMs);
      return { accepted, unchanged: good.length - accepted, ...refused };
    },
    /** @throws WriterError */
    users: async (rows: readonly unknown[]): Promise<Pushed> => {
      const { good, ...refused } = await inSlices(checkedRows("users", rows, nowMs(), toUser));
      const batch = lastOfEach(good);
      const accepted = batch.length === 0 ? 0 : await writer().write("pushUsers", batch);
      return { accepted, unchanged: good.length - accepted, ...refused };
    },
    /** @throws WriterError */
    events: async (rows: readonly unknown[]): Promise<PushedEvents> => {
      const receivedAtMs = nowMs();
      const { good: batch, ...refused } = await inSlices(
        checkedRows("events", rows, receivedAtMs, (it) => toEvent(it, receivedAtMs)),
      );
      const appended =
        batch.length === 0
          ? { accepted: 0, duplicates: 0 }
          : await writer().write("appendEvents", batch, { receivedAtMs, origin: APP });
      return { ...appended, ...refused };
    },
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
    /** What is known of a user, as JSON for apps; `undefined` for an unknown one. */
    user: (id: UserId) => knownOf(store(), id),
    /** Erases a user and their events; false for an unknown one. @throws WriterError */
    eraseUser: (id: UserId): Promise<boolean> => writer().write("eraseUser", id, nowMs()),
  };
}

/** The last row of every id. */
function lastOfEach<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((it) => [it.id, it])).values()];
}

function patched(row: Row<"posts">, patch: Patch<"posts">): Row<"posts"> {
  const fields = Object.entries({ ...row, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(fields) as unknown as Row<"posts">;
}
