/** The posts in SQLite. */
import type { Database } from "bun:sqlite";
import type { PostId, PostKey } from "../../domain/ids.ts";
import type { Post } from "../../domain/post.ts";
import type { PostLimits, Posts, ServablePost } from "../catalogue.ts";
import type { Changes } from "../changes.ts";
import { catalogueBump } from "./catalogue-version.ts";
import { keyGiver, NO_SCAN } from "./ids.ts";
import { storedPosts } from "./stored-posts.ts";
import { ALL, IS_HIDDEN, IS_PRIVATE, toColumns, type Cell } from "./post-columns.ts";
import { postChangeLog } from "./post-change-log.ts";

/** The post table of `db`. */
export function posts(db: Database): Posts {
  const touch = db.query(TOUCH);
  const upsert = db.query(UPSERT);
  const columns = db.query(ALL);
  const startOf = db.query<{ ms: number }, [number]>(
    "SELECT started_at_ms AS ms FROM scan WHERE id = ?",
  );
  const bump = catalogueBump(db);
  const keyOf = keyGiver<PostId, PostKey>(db, "post_id");
  const cards = db.query<ServablePost & { key: PostKey }, [string]>(`
    SELECT key, card_head AS head, card_tail AS tail, expires_at_ms AS expiresAtMs FROM post
    WHERE key IN (SELECT value FROM json_each(?))
      AND is_public AND NOT is_locked AND withdrawn_at_ms IS NULL`);
  const limits = db.query<PostLimits, [PostKey]>(`
    SELECT withdrawn_at_ms IS NOT NULL AS isWithdrawn, is_locked AS isLocked,
      ${IS_PRIVATE} AS isPrivate, ${IS_HIDDEN} AS isHidden, expires_at_ms AS expiresAtMs
    FROM post WHERE key = ?`);
  const titles = db.query<{ key: PostKey; title: string }, [string]>(
    "SELECT key, title FROM post WHERE key IN (SELECT value FROM json_each(?))",
  );
  const count = db.query<{ n: number }, []>("SELECT count(*) AS n FROM post");
  const record = db.transaction((batch: readonly Post[], scan: number): number => {
    const startMs = startOf.get(scan)?.ms ?? null;
    let changed = 0;
    for (const post of batch) {
      const values = row(post, keyOf(post.id), scan, startMs);
      if (touch.run(values).changes === 0) changed += upsert.run(values).changes;
    }
    if (changed > 0) bump();
    return changed;
  });

  return {
    record: async (batch, scan) => record.immediate(batch, scan),
    columns: async () => toColumns(columns.values() as Cell[][]),
    cards: async (keys) => new Map(cards.all(JSON.stringify(keys)).map((it) => [it.key, it])),
    limits: async (key) => limits.get(key) ?? undefined,
    titles: async (keys) =>
      new Map(titles.all(JSON.stringify(keys)).map((it) => [it.key, it.title])),
    count: async () => count.get()!.n,
    ...storedPosts(db),
    ...postChangeLog(db),
  };
}

/** Changes of the post table that clients ask for; called inside a transaction. */
export function postChanges(
  db: Database,
): Pick<Changes, "pushPosts" | "replacePost" | "removePosts"> {
  const upsert = db.query(UPSERT);
  const isSent = db.query<object, [string, PostKey]>(
    "SELECT 1 FROM post WHERE sent = ? AND key = ?",
  );
  const remove = db.query<void, [string]>(`
    DELETE FROM post WHERE sent IS NOT NULL AND key IN
      (SELECT key FROM post_id WHERE id IN (SELECT value FROM json_each(?)))`);
  const bump = catalogueBump(db);
  const keyOf = keyGiver<PostId, PostKey>(db, "post_id");
  const isStored = (id: PostId, sent = "") => isSent.get(sent, keyOf(id)) !== null;
  const pushPosts = (batch: readonly Post[], receivedAtMs: number): number => {
    const changed = batch.filter(
      (it) =>
        !isStored(it.id, it.sent) &&
        upsert.run(row(it, keyOf(it.id), NO_SCAN, receivedAtMs)).changes > 0,
    ).length;
    if (changed > 0) bump();
    return changed;
  };
  return {
    pushPosts,
    replacePost: (post, before, receivedAtMs) => {
      if (!isStored(post.id, before)) return false;
      pushPosts([post], receivedAtMs);
      return true;
    },
    removePosts: (ids) => {
      const { changes } = remove.run(JSON.stringify(ids));
      if (changes > 0) bump();
      return changes;
    },
  };
}

// An unchanged post is only marked as seen: card and summary together depend on all its fields.
const TOUCH = `
  UPDATE post SET last_scan = $scan
  WHERE key = $key AND withdrawn_at_ms IS NULL AND sent IS NULL
    AND (card_head, card_tail, summary) IS ($cardHead, $cardTail, $summary)`;

// A changed text loses its hash, so that it is encoded again.
const UPSERT = `
  INSERT INTO post (key, category_id, category_name, topic_code, topic_name, title, slug, tags,
    summary, is_locked, is_public, created_at_ms, view_count, exit_count, upvote_count,
    rating_count, average_rating, card_head, card_tail, last_scan, first_seen_at_ms,
    sent, further_categories, duration_ms, expires_at_ms)
  VALUES ($key, $categoryId, $categoryName, $topicCode, $topicName, $title, $slug, $tags,
    $summary, $isLocked, $isPublic, $createdAtMs, $viewCount, $exitCount, $upvoteCount,
    $ratingCount, $averageRating, $cardHead, $cardTail, $scan, $firstSeenAtMs,
    $sent, $furtherCategories, $durationMs, $expiresAtMs)
  ON CONFLICT DO UPDATE SET
    text_hash = CASE WHEN (title, slug, tags, summary, category_name, further_categories,
      topic_name) IS ($title, $slug, $tags, $summary, $categoryName, $furtherCategories, $topicName) THEN text_hash END,
    category_id = $categoryId, category_name = $categoryName,
    topic_code = $topicCode, topic_name = $topicName,
    title = $title, slug = $slug, tags = $tags, summary = $summary,
    is_locked = $isLocked, is_public = $isPublic, created_at_ms = $createdAtMs,
    view_count = $viewCount, exit_count = $exitCount, upvote_count = $upvoteCount,
    rating_count = $ratingCount, average_rating = $averageRating,
    card_head = $cardHead, card_tail = $cardTail, last_scan = $scan, withdrawn_at_ms = NULL,
    sent = $sent, further_categories = $furtherCategories, duration_ms = $durationMs,
    expires_at_ms = $expiresAtMs`;

function row(post: Post, key: PostKey, scan: number, firstSeenAtMs: number | null) {
  const { id: _, categories, topic, card, isLocked, isPublic, ...plain } = post;
  const { sent = null, durationMs = null, expiresAtMs = null } = plain;
  const [category, ...further] = categories;
  return {
    ...plain,
    sent,
    furtherCategories: JSON.stringify(further.map((it) => it.name)),
    durationMs,
    expiresAtMs,
    firstSeenAtMs,
    key,
    isLocked: Number(isLocked),
    isPublic: Number(isPublic),
    categoryId: category?.id ?? null,
    categoryName: category?.name ?? null,
    topicCode: topic?.code ?? null,
    topicName: topic?.name ?? null,
    cardHead: card.head,
    cardTail: card.tail,
    scan,
  };
}
