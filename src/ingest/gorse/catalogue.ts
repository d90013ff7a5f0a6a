/** Users and items in Gorse's words, on the store and its writer. */
import type { PostId, UserId } from "../../domain/ids.ts";
import { pause } from "../../runtime/time-slicing.ts";
import { openChanges, type Writing } from "../push/change.ts";
import { Refusal } from "../rows/refusal.ts";
import { toPost, toUser } from "../rows/to-domain.ts";
import { itemOf, patchedPostRow, postRowWithCard, type Item, type SentItem } from "./items.ts";
import { inRow, insertAll, readSent } from "./sent.ts";
import { patchedUserRow, userOf, userRowWithCard, type SentUser, type User } from "./users.ts";
import { cursorIn, cursorOf } from "./values.ts";

/** Rows in one read. */
const ROWS_A_READ = 500;

/** A page of a list; `cursor` is "" after the last one. */
export type Page<T> = { readonly cursor: string; readonly rows: readonly T[] };

/** Opens users and items. Numbers are of rows that were sent; a refusal means that nothing is stored. */
export function openCatalogue(writing: Writing) {
  const { store, writer, nowMs } = writing;
  const { changePost, changeUser } = openChanges(writing);
  /** Changes what a patch of the item names. `undefined` for an item that no app has sent. */
  const changeItem = async (id: string, patchOf: (item: Item) => SentItem) =>
    rowsOf(
      await changePost(id as PostId, (row, stored) => {
        const toRow = (patch: SentItem) => patchedPostRow(row, stored, patch);
        return readSent("posts", patchOf(itemOf(stored)), toRow, nowMs());
      }),
    );
  return {
    insertUsers: (users: readonly unknown[]) =>
      insertAll(
        users,
        (it) => readSent("users", it, userRowWithCard, nowMs()),
        (rows) => writer().write("pushUsers", rows.map(toUser)),
      ),
    user: async (id: string): Promise<User | undefined> => {
      const stored = await store().users.stored(id as UserId);
      return stored && userOf(stored);
    },
    /** Changes the fields that are not null. `undefined` for a user whom an app can't change. */
    patchUser: async (id: string, patch: SentUser) =>
      rowsOf(
        await changeUser(id as UserId, (row, stored) => {
          const toRow = (it: SentUser) => patchedUserRow(row, stored, it);
          return readSent("users", withoutNulls(patch), toRow, nowMs());
        }),
      ),
    users: (cursor: string, n: number): Promise<Page<User>> =>
      paged(cursor, n, async (id, count) => (await store().users.after(id as UserId, count)).map(userOf), (it) => it.UserId), // prettier-ignore
    /** Erases a user; 0 for an unknown one. */
    removeUser: async (id: string) =>
      Number(await writer().write("eraseUser", id as UserId, nowMs())),
    insertItems: (items: readonly unknown[]) => {
      const now = nowMs();
      return insertAll(
        items,
        (it) => readSent("posts", it, postRowWithCard, now),
        (rows) => writer().write("pushPosts", rows.map((row) => toPost(row, now)), now),
      ); // prettier-ignore
    },
    item: async (id: string): Promise<Item | undefined> => {
      const stored = (await store().posts.stored([id as PostId])).get(id as PostId);
      return stored && itemOf(stored);
    },
    /** Changes the fields that are not null. */
    patchItem: (id: string, patch: SentItem) => changeItem(id, () => withoutNulls(patch)),
    items: (cursor: string, n: number): Promise<Page<Item>> =>
      paged(cursor, n, async (id, count) => (await store().posts.after(id as PostId, count)).map(itemOf), (it) => it.ItemId), // prettier-ignore
    /** Deletes an item; 0 for one that no app has sent. */
    removeItem: (id: string) => writer().write("removePosts", [id as PostId]),
    /** Puts an item into a category, or takes it out. */
    categorise: (id: string, category: string, isIn: boolean) =>
      changeItem(id, ({ Categories }) => {
        const others = Categories.filter((it) => it !== category);
        return { Categories: isIn ? [...others, category] : others };
      }),
  };
}

/** The number of rows that a change of one came to. */
function rowsOf(changed: object | undefined): number | Refusal | undefined {
  if (changed instanceof Refusal) return inRow(0, changed);
  return changed && 1;
}

/** The fields of a patch that are given: null leaves a field as it is. */
const withoutNulls = (patch: object) =>
  Object.fromEntries(Object.entries(patch).filter(([, it]) => it !== null && it !== undefined));

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
    const asked = Math.min(ROWS_A_READ, n + 1 - rows.length);
    const found = await after(id, asked);
    rows.push(...found);
    if (found.length < asked) return { cursor: "", rows };
    if (rows.length > n) break;
    await pause();
    id = idOf(rows.at(-1)!);
  }
  rows.pop();
  return { cursor: cursorOf(rows.length === 0 ? cursorIn(cursor) : idOf(rows.at(-1)!)), rows };
}
