/** Ids of users and posts, and the keys that stand for them in all other tables. */
import type { Database } from "bun:sqlite";
import type { Ids } from "../catalogue.ts";
import type { PostId, PostKey, UserId, UserKey } from "../../domain/ids.ts";

/** The two id tables of `db`. */
export function ids(db: Database): Ids {
  const [users, posts] = [
    table<UserId, UserKey>(db, "user_id"),
    table<PostId, PostKey>(db, "post_id"),
  ];
  return {
    userKeys: async (wanted) => users.keysOf(wanted),
    userIds: async (keys) => users.idsOf(keys),
    postKeys: async (wanted) => posts.keysOf(wanted),
    postIds: async (keys) => posts.idsOf(keys),
  };
}

/** Stands for a scan in rows that apps sent. */
export const NO_SCAN = 0;

/** Looks up the key of an id, and gives a new id one; called inside a transaction. */
export function keyGiver<Id extends string, Key extends number>(db: Database, name: IdTable) {
  const known = db.query<{ key: Key }, [string]>(`SELECT key FROM ${name} WHERE id = ?`);
  const give = db.query<{ key: Key }, [string]>(
    `INSERT INTO ${name} (id) VALUES (?) RETURNING key`,
  );
  return (id: Id): Key => {
    const key = known.get(id)?.key;
    return key ?? give.get(id)!.key;
  };
}

type IdTable = "user_id" | "post_id";

function table<Id extends string, Key extends number>(db: Database, name: IdTable) {
  type Row = { id: Id; key: Key };
  const byId = db.query<Row, [string]>(
    `SELECT id, key FROM ${name} WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const byKey = db.query<Row, [string]>(
    `SELECT id, key FROM ${name} WHERE key IN (SELECT value FROM json_each(?))`,
  );
  return {
    keysOf: (wanted: readonly Id[]): Map<Id, Key> =>
      new Map(byId.all(JSON.stringify(wanted)).map((it) => [it.id, it.key])),
    idsOf: (keys: readonly Key[]): Map<Key, Id> =>
      new Map(byKey.all(JSON.stringify(keys)).map((it) => [it.key, it.id])),
  };
}
