/** Users and items in Gorse's words, on the store and its writer. */
import type { Store } from "../../data/contract.ts";
import { WriterError, type Writer } from "../../data/writer/client.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { Refusal } from "../rows/refusal.ts";
import { readRow, type Row } from "../rows/row.ts";
import { toPost, toUser } from "../rows/to-domain.ts";
import { ITEM_FIELDS, itemOf, postRowWithCard, type Item, type SentItem } from "./items.ts";
import { USER_FIELDS, userOf, userRowWithCard, type SentUser, type User } from "./users.ts";
import { cursorIn, cursorOf, inGorsesWords, inRow, isObject } from "./values.ts";

/** Store, writer and clock of Gorse's REST. */
export type GorseDeps = {
  readonly store: () => Pick<Store, "ids" | "posts" | "users" | "events">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Rows in one write. */
export const WRITTEN = 500;
/** Rows in one read. */
const READ = 500;

/** A page of a list; `cursor` is "" after the last one. */
export type Page<T> = { readonly cursor: string; readonly rows: readonly T[] };

/** Opens users and items. Numbers are of rows that were sent; a refusal means that nothing is stored. */
export function openCatalogue({ store, writer, nowMs }: GorseDeps) {
  const insertUsers = (users: readonly unknown[]): Promise<number | Refusal> => {
    const rows = checked("users", users, userRowWithCard, USER_FIELDS, nowMs());
    return written(rows, (some) => writer().write("pushUsers", some.map(toUser)));
  };
  const insertItems = (items: readonly unknown[]): Promise<number | Refusal> => {
    const now = nowMs();
    const rows = checked("posts", items, postRowWithCard, ITEM_FIELDS, now);
    const postOf = (row: Row<"posts">) => toPost(row, now);
    return written(rows, (some) => writer().write("pushPosts", some.map(postOf), now));
  };
  const user = async (id: string): Promise<User | undefined> => {
    const stored = await store().users.stored(id as UserId);
    return stored && userOf(stored);
  };
  const storedPost = async (id: string) =>
    (await store().posts.stored([id as PostId])).get(id as PostId);
  const item = async (id: string): Promise<Item | undefined> => {
    const stored = await storedPost(id);
    return stored && itemOf(stored);
  };
  /** Changes an item, of several changes at once none is lost. `undefined` for an unknown item. */
  const changeItem = async (
    id: string,
    change: (item: Item) => SentItem,
  ): Promise<number | Refusal | undefined> => {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const before = await storedPost(id);
      if (before === undefined) return undefined;
      const changed = change(itemOf(before));
      if (before.sent === undefined) return insertItems([changed]);
      const now = nowMs();
      const rows = checked("posts", [changed], postRowWithCard, ITEM_FIELDS, now);
      if (rows instanceof Refusal) return rows;
      const post = toPost(rows[0]!, now);
      if (await writer().write("replacePost", post, before.sent, now)) return 1;
    }
    throw new WriterError("the item is changed by too many others at once");
  };
  return {
    insertUsers,
    user,
    /** Changes the fields that are not null. `undefined` for an unknown user. */
    patchUser: async (id: string, patch: SentUser): Promise<number | Refusal | undefined> => {
      const before = await user(id);
      return before && insertUsers([{ ...before, ...given(patch), UserId: id }]);
    },
    users: (cursor: string, n: number): Promise<Page<User>> =>
      paged(cursor, n, async (id, count) => (await store().users.after(id as UserId, count)).map(userOf), (it) => it.UserId), // prettier-ignore
    /** Erases a user; 0 for an unknown one. */
    removeUser: async (id: string) =>
      Number(await writer().write("eraseUser", id as UserId, nowMs())),
    insertItems,
    item,
    /** Changes the fields that are not null. `undefined` for an unknown item. */
    patchItem: (id: string, patch: SentItem) =>
      changeItem(id, (item) => ({ ...item, ...given(patch), ItemId: id })),
    items: (cursor: string, n: number): Promise<Page<Item>> =>
      paged(cursor, n, async (id, count) => (await store().posts.after(id as PostId, count)).map(itemOf), (it) => it.ItemId), // prettier-ignore
    /** Deletes an item; 0 for one that no app has sent. */
    removeItem: (id: string) => writer().write("removePosts", [id as PostId]),
    /** Puts an item into a category, or takes it out. `undefined` for an unknown item. */
    categorise: (id: string, category: string, isIn: boolean) =>
      changeItem(id, ({ Categories, ...item }) => {
        const others = (Categories ?? []).filter((it) => it !== category);
        return { ...item, Categories: isIn ? [...others, category] : others };
      }),
  };
}

/** Most tries of a change that others overtake: each time, one of them has come through. */
const TRIES_MAX = 1_000;

/** The fields of a patch that are given: null leaves a field as it is. */
const given = (patch: object) =>
  Object.fromEntries(Object.entries(patch).filter(([, it]) => it !== null && it !== undefined));

/** The rows of some values; the refusal of the first that can't be stored. */
function checked<N extends "users" | "posts", T extends object>(
  kind: N,
  values: readonly unknown[],
  toRow: (value: T) => Record<string, unknown>,
  names: Readonly<Record<string, string>>,
  nowMs: number,
): Row<N>[] | Refusal {
  const rows: Row<N>[] = [];
  for (const [index, value] of values.entries()) {
    if (!isObject(value)) return inRow(index, new Refusal("", "expected an object"));
    const row = readRow(kind, toRow(value as T), nowMs);
    if (row instanceof Refusal) return inRow(index, inGorsesWords(row, names));
    rows.push(row);
  }
  return rows;
}

async function written<R>(
  rows: readonly R[] | Refusal,
  write: (rows: readonly R[]) => Promise<unknown>,
): Promise<number | Refusal> {
  if (rows instanceof Refusal) return rows;
  for (let at = 0; at < rows.length; at += WRITTEN) await write(rows.slice(at, at + WRITTEN));
  return rows.length;
}

/** `n` rows after the id that the cursor holds. */
async function paged<T>(
  cursor: string,
  n: number,
  after: (id: string, count: number) => Promise<readonly T[]>,
  idOf: (row: T) => string,
): Promise<Page<T>> {
  const rows: T[] = [];
  let id = cursorIn(cursor);
  for (;;) {
    const asked = Math.min(READ, n + 1 - rows.length);
    const found = await after(id, asked);
    rows.push(...found);
    if (found.length < asked) return { cursor: "", rows };
    if (rows.length > n) break;
    id = idOf(rows.at(-1)!);
  }
  rows.pop();
  return { cursor: cursorOf(rows.length === 0 ? cursorIn(cursor) : idOf(rows.at(-1)!)), rows };
}
