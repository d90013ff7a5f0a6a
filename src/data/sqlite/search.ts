/** Search for posts and users by parts of their names. */
import type { Database } from "bun:sqlite";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Catalogue } from "../catalogue.ts";

/** Newest posts and users whose names are read: some 50 ms on the serving thread. */
const READ_MAX = 100_000;

/** The port on `db`. */
export function search(db: Database): Catalogue["search"] {
  const posts = db.query<{ id: PostId }, Bound>(`
    SELECT id FROM (SELECT key, title FROM post ORDER BY key DESC LIMIT ${READ_MAX})
      JOIN post_id USING (key)
    WHERE title LIKE $part ESCAPE '\\' OR id = $text
    ORDER BY id = $text DESC, title LIKE $start ESCAPE '\\' DESC LIMIT $count`);
  const users = db.query<{ id: UserId; name: string }, Bound>(`
    SELECT id, coalesce(username, '') AS name
    FROM (SELECT key, id FROM user_id ORDER BY key DESC LIMIT ${READ_MAX}) LEFT JOIN user USING (key)
    WHERE (username LIKE $part ESCAPE '\\' OR id LIKE $start ESCAPE '\\') AND id NOT LIKE char(127) || '%'
    ORDER BY id = $text DESC, username LIKE $start ESCAPE '\\' DESC, length(username) LIMIT $count`);
  return {
    posts: async (text, count) => posts.all(bound(text, count)).map(({ id }) => id),
    users: async (text, count) => users.all(bound(text, count)),
  };
}

type Bound = {
  readonly text: string;
  readonly part: string;
  readonly start: string;
  readonly count: number;
};

function bound(text: string, count: number): Bound {
  const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return { text, part: `%${literal}%`, start: `${literal}%`, count };
}
