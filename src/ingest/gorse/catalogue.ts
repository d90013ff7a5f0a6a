/** Users and items in Gorse's words, on the store and its writer. */
import type { Store } from "../../data/contract.ts";
import type { Writer } from "../../data/writer/client.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { inSlices, pause, type Steps } from "../../runtime/time-slicing.ts";
import { openChanges } from "../push/change.ts";
import { refusedDepth } from "../rows/depth.ts";
import { Refusal } from "../rows/refusal.ts";
import { readRow, type Row } from "../rows/row.ts";
import { toPost, toUser } from "../rows/to-domain.ts";
import {
  ITEM_FIELDS,
  itemOf,
  patchedPostRow,
  postRowWithCard,
  type Item,
  type SentItem,
} from "./items.ts";
import {
  USER_FIELDS,
  patchedUserRow,
  userOf,
  userRowWithCard,
  type SentUser,
  type User,
} from "./users.ts";
import { cursorIn, cursorOf, inGorsesWords, inRow, isObject } from "./values.ts";

/** Store, writer and clock of Gorse's REST. */
export type GorseDeps = {
  readonly store: () => Pick<Store, "ids" | "posts" | "users" | "events">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Rows in one write. */
export const ROWS_A_WRITE = 500;
/** Rows in one read. */
const ROWS_A_READ = 500;

/** A page of a list; `cursor` is "" after the last one. */
export type Page<T> = { readonly cursor: string; readonly rows: readonly T[] };

/** Opens users and items. Numbers are of rows that were sent; a refusal means that nothing is stored. */
export function openCatalogue({ store, writer, nowMs }: GorseDeps) {
  const { changePost, changeUser } = openChanges(store, writer, nowMs);
  const insertUsers = async (users: readonly unknown[]): Promise<number | Refusal> => {
    const rows = await inSlices(checkRows("users", users, userRowWithCard, USER_FIELDS, nowMs()));
    return writeInParts(rows, (some) => writer().write("pushUsers", some.map(toUser)));
  };
  const insertItems = async (items: readonly unknown[]): Promise<number | Refusal> => {
    const now = nowMs();
    const rows = await inSlices(checkRows("posts", items, postRowWithCard, ITEM_FIELDS, now));
    const postOf = (row: Row<"posts">) => toPost(row, now);
    return writeInParts(rows, (some) => writer().write("pushPosts", some.map(postOf), now));
  };
  /** Changes what a patch of the item names. `undefined` for an item that no app has sent. */
  const changeItem = async (id: string, patchOf: (item: Item) => SentItem) =>
    rowsOf(
      await changePost(id as PostId, (row, stored) => {
        const toRow = (patch: SentItem) => patchedPostRow(row, stored, patch);
        return checkRow("posts", 0, patchOf(itemOf(stored)), toRow, ITEM_FIELDS, nowMs());
      }),
    );
  return {
    insertUsers,
    user: async (id: string): Promise<User | undefined> => {
      const stored = await store().users.stored(id as UserId);
      return stored && userOf(stored);
    },
    /** Changes the fields that are not null. `undefined` for a user whom an app can't change. */
    patchUser: async (id: string, patch: SentUser) =>
      rowsOf(
        await changeUser(id as UserId, (row, stored) => {
          const toRow = (it: SentUser) => patchedUserRow(row, stored, it);
          return checkRow("users", 0, withoutNulls(patch), toRow, USER_FIELDS, nowMs());
        }),
      ),
    users: (cursor: string, n: number): Promise<Page<User>> =>
      paged(cursor, n, async (id, count) => (await store().users.after(id as UserId, count)).map(userOf), (it) => it.UserId), // prettier-ignore
    /** Erases a user; 0 for an unknown one. */
    removeUser: async (id: string) =>
      Number(await writer().write("eraseUser", id as UserId, nowMs())),
    insertItems,
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
const rowsOf = (changed: object | undefined) =>
  changed === undefined || changed instanceof Refusal ? changed : 1;

/** The fields of a patch that are given: null leaves a field as it is. */
const withoutNulls = (patch: object) =>
  Object.fromEntries(Object.entries(patch).filter(([, it]) => it !== null && it !== undefined));

/** The rows of some values; the refusal of the first that can't be stored. */
function* checkRows<N extends "users" | "posts", T extends object>(
  kind: N,
  values: readonly unknown[],
  ...rest: readonly [
    (value: T) => Record<string, unknown>,
    Readonly<Record<string, string>>,
    number,
  ]
): Steps<Row<N>[] | Refusal> {
  const rows: Row<N>[] = [];
  for (const [index, value] of values.entries()) {
    const row = checkRow(kind, index, value, ...rest);
    if (row instanceof Refusal) return row;
    rows.push(row);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return rows;
}

/** Rows between two pauses. */
const ROWS_A_STEP = 20;

/** The row of a value; `names` are Gorse's of its fields. */
function checkRow<N extends "users" | "posts", T extends object>(
  kind: N,
  index: number,
  value: unknown,
  toRow: (value: T) => Record<string, unknown>,
  names: Readonly<Record<string, string>>,
  nowMs: number,
): Row<N> | Refusal {
  if (!isObject(value)) return inRow(index, new Refusal("", "expected an object"));
  const refused = refusedDepth(value);
  const row = refused ?? readRow(kind, toRow(value as T), nowMs);
  return row instanceof Refusal ? inRow(index, inGorsesWords(row, names)) : row;
}

async function writeInParts<R>(
  rows: readonly R[] | Refusal,
  write: (rows: readonly R[]) => Promise<unknown>,
): Promise<number | Refusal> {
  if (rows instanceof Refusal) return rows;
  for (let at = 0; at < rows.length; at += ROWS_A_WRITE)
    await write(rows.slice(at, at + ROWS_A_WRITE));
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
