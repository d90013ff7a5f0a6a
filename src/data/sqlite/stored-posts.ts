/** Reads posts as they are stored, those of apps and of upstream, one by one or by ascending id. */
import type { Database } from "bun:sqlite";
import type { PostId } from "../../domain/ids.ts";
import type { Posts, StoredPost } from "../catalogue.ts";

/** The two reading functions of the post table of `db`. */
export function storedPosts(db: Database): Pick<Posts, "stored" | "after"> {
  const one = db.query<Row, [string]>(`${READ} AND id = ?`);
  const after = db.query<Row, [string, number]>(`${READ} AND id > ? ORDER BY id LIMIT ?`);
  return {
    stored: async (id) => {
      const row = one.get(id);
      return row === null ? undefined : toStored(row);
    },
    after: async (id, count) => after.all(id, count).map(toStored),
  };
}

type Row = {
  id: PostId;
  sent: string | null;
  title: string;
  summary: string;
  tags: string;
  category: string | null;
  further: string;
  isPublic: number;
  createdAtMs: number;
};

const READ = `
  SELECT id, sent, title, summary, tags, category_name AS category, further_categories AS further,
    is_public AS isPublic, created_at_ms AS createdAtMs
  FROM post_id JOIN post USING (key) WHERE withdrawn_at_ms IS NULL`;

function toStored({ sent, category, further, isPublic, ...plain }: Row): StoredPost {
  const names = JSON.parse(further) as string[];
  return {
    ...plain,
    sent: sent ?? undefined,
    categories: category === null ? [] : [category, ...names],
    isPublic: isPublic === 1,
  };
}
