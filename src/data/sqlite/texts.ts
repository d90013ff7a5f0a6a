/** Which texts the encoder has yet to look at. */
import type { Database } from "bun:sqlite";
import type { PostKey, UserKey } from "../../domain/ids.ts";
import { catalogueBump } from "./catalogue-version.ts";

/** The fields a post's text is made of. */
export type PostFields = {
  readonly key: PostKey;
  readonly title: string;
  readonly topic: string;
  readonly category: string;
  readonly slug: string;
  readonly tags: string;
  readonly summary: string;
};

/** The fields a user's text is made of. */
export type UserFields = {
  readonly key: UserKey;
  readonly bio: string;
  readonly role: string;
  readonly userType: string;
};

export type Texts = ReturnType<typeof texts>;

/** The text columns of `db`. A hash of "" says that there is no text. */
export function texts(db: Database) {
  const bump = catalogueBump(db);
  // One transaction reads and hashes: a sync in between would leave an old hash on a new text.
  const hashing = <Row extends { key: number }>(table: "post" | "user", fields: string) => {
    const unhashed = db.query<Row, [number]>(
      `${fields} WHERE text_hash IS NULL ORDER BY key LIMIT ?`,
    );
    const update = db.query<void, [string, number]>(
      `UPDATE ${table} SET text_hash = ? WHERE key = ?`,
    );
    return db.transaction((limit: number, hashOf: (row: Row) => string): number => {
      const rows = unhashed.all(limit);
      for (const row of rows) update.run(hashOf(row), row.key);
      if (rows.length > 0) bump();
      return rows.length;
    });
  };
  const hashPosts = hashing<PostFields>("post", POST);
  const hashUsers = hashing<UserFields>("user", USER);
  const postsWithoutVector = db.query<PostFields & { hash: string }, [string, number]>(
    `${POST} WHERE ${lacksVector("post")} ORDER BY created_at_ms DESC, key DESC LIMIT ?`,
  );
  const usersWithoutVector = db.query<UserFields & { hash: string }, [string, number]>(
    `${USER} WHERE ${lacksVector("user")} ORDER BY key LIMIT ?`,
  );
  const backlog = db.query<{ n: number }, [string, string]>(`
    SELECT (SELECT count(DISTINCT text_hash) FROM post WHERE ${lacksVector("post")})
      + (SELECT count(DISTINCT text_hash) FROM user WHERE ${lacksVector("user")}) AS n`);

  return {
    /** Give `limit` posts that are new or whose text changed their hash; returns how many it was. */
    hashPosts: async (limit: number, hashOf: (post: PostFields) => string): Promise<number> =>
      hashPosts.immediate(limit, hashOf),
    hashUsers: async (limit: number, hashOf: (user: UserFields) => string): Promise<number> =>
      hashUsers.immediate(limit, hashOf),
    /** Posts whose text has a hash but no vector of `model`, newest first. */
    postsWithoutVector: async (model: string, limit: number) =>
      postsWithoutVector.all(model, limit),
    usersWithoutVector: async (model: string, limit: number) =>
      usersWithoutVector.all(model, limit),
    /** How many distinct texts with a hash lack a vector of `model`. */
    backlog: async (model: string): Promise<number> => backlog.get(model, model)!.n,
  };
}

const POST = `
  SELECT key, title, coalesce(topic_name, '') AS topic, coalesce(category_name, '') AS category,
    slug, tags, summary, text_hash AS hash
  FROM post`;

const USER = `SELECT key, bio, role, user_type AS userType, text_hash AS hash FROM user`;

const lacksVector = (table: "post" | "user") => `
  ${table}.text_hash <> '' AND NOT EXISTS
    (SELECT 1 FROM embedding AS e WHERE e.model = ? AND e.text_hash = ${table}.text_hash)`;
