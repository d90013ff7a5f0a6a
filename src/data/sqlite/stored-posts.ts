/** Reads posts as they are stored, those of apps and of upstream, by their ids or a page of all. */
import type { Database } from "bun:sqlite";
import type { PostId } from "../../domain/ids.ts";
import type { Posts, StoredPost } from "../catalogue.ts";

/** The two reading functions of the post table of `db`. */
export function storedPosts(db: Database): Pick<Posts, "stored" | "after"> {
  const some = db.query<Row, [string]>(`${READ} WHERE id IN (SELECT value FROM json_each(?))`);
  const after = db.query<Row, [string, number]>(`${READ} WHERE id > ? ORDER BY id LIMIT ?`);
  return {
    stored: async (ids) =>
      new Map(some.all(JSON.stringify(ids)).map((it) => [it.id, toStored(it)])),
    after: async (id, count) => after.all(id, count).map(toStored),
  };
}

type Row = {
  id: PostId;
  sent: string | null;
  title: string;
  summary: string;
  tags: string;
  creator: string;
  category: string | null;
  further: string;
  isHidden: number;
  createdAtMs: number;
  head: string;
  tail: string;
};

const READ = `
  SELECT id, sent, title, summary, tags, coalesce(creator, '') AS creator, category_name AS category, further_categories AS further,
    is_locked OR NOT is_public OR withdrawn_at_ms IS NOT NULL AS isHidden,
    coalesce(sent ->> 'created_at',
      max(0, min(created_at_ms, coalesce(first_seen_at_ms, created_at_ms)))) AS createdAtMs,
    card_head AS head, card_tail AS tail
  FROM post_id JOIN post USING (key)`;

function toStored({ sent, category, further, isHidden, head, tail, ...plain }: Row): StoredPost {
  const names = JSON.parse(further) as string[];
  return {
    ...plain,
    sent: sent ?? undefined,
    categories: category === null ? [] : [category, ...names],
    isHidden: isHidden === 1,
    card: { head, tail },
  };
}
