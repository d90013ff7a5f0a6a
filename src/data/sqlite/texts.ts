/** Texts and their hashes in SQLite. */
import type { Database } from "bun:sqlite";
import type { Hashed, PostText, Texts, UserText } from "../texts.ts";
import { catalogueBump } from "./catalogue-version.ts";

/** The text columns of `db`. */
export function texts(db: Database): Texts {
  const [posts, users] = [hashing<PostText>(db, "post"), hashing<UserText>(db, "user")];
  const postsWithoutVector = db.query<Hashed<PostText>, [string, number]>(
    `${TEXT.post} WHERE ${lacksVector("post")} ORDER BY created_at_ms DESC, key DESC LIMIT ?`,
  );
  const usersWithoutVector = db.query<Hashed<UserText>, [string, number]>(
    `${TEXT.user} WHERE ${lacksVector("user")} ORDER BY key LIMIT ?`,
  );
  const backlog = db.query<{ n: number }, [string, string]>(`
    SELECT (SELECT count(DISTINCT text_hash) FROM post WHERE ${lacksVector("post")})
      + (SELECT count(DISTINCT text_hash) FROM user WHERE ${lacksVector("user")}) AS n`);

  return {
    postsToHash: async (limit) => posts.unhashed.all(limit),
    usersToHash: async (limit) => users.unhashed.all(limit),
    keepPostHashes: async (rows) => posts.keep.immediate(rows),
    keepUserHashes: async (rows) => users.keep.immediate(rows),
    postsWithoutVector: async (model, limit) => postsWithoutVector.all(model, limit),
    usersWithoutVector: async (model, limit) => usersWithoutVector.all(model, limit),
    backlog: async (model) => backlog.get(model, model)!.n,
  };
}

/** The unhashed texts of a table, and a transaction that stores hashes of unchanged texts. */
function hashing<Text extends PostText | UserText>(db: Database, table: "post" | "user") {
  const bump = catalogueBump(db);
  const update = db.query(`
    UPDATE ${table} SET text_hash = $hash
    WHERE key = $key AND (${COLUMNS[table]}) IS (${PARAMETERS[table]})`);
  return {
    unhashed: db.query<Text, [number]>(
      `${TEXT[table]} WHERE text_hash IS NULL ORDER BY key LIMIT ?`,
    ),
    keep: db.transaction((rows: readonly Hashed<Text>[]) => {
      for (const row of rows) update.run(row);
      if (rows.length > 0) bump();
    }),
  };
}

/** Names of a post's categories. */
const CATEGORIES = `concat_ws(', ', coalesce(category_name, ''),
  (SELECT group_concat(value, ', ') FROM json_each(further_categories)))`;
const COLUMNS = {
  post: `title, coalesce(topic_name, ''), ${CATEGORIES}, slug, tags, summary`,
  user: "bio, role, user_type",
};
const PARAMETERS = {
  post: "$title, $topic, $category, $slug, $tags, $summary",
  user: "$bio, $role, $userType",
};
const TEXT = {
  post: `
    SELECT key, title, coalesce(topic_name, '') AS topic, ${CATEGORIES} AS category,
      slug, tags, summary, text_hash AS hash
    FROM post`,
  user: "SELECT key, bio, role, user_type AS userType, text_hash AS hash FROM user",
};

const lacksVector = (table: "post" | "user") => `
  ${table}.text_hash <> '' AND NOT EXISTS
    (SELECT 1 FROM embedding AS e WHERE e.model = ? AND e.text_hash = ${table}.text_hash)`;
