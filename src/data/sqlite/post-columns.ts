/** Every post of SQLite as columns, as training reads them. */
import type { Category } from "../../domain/post.ts";
import type { PostColumns } from "../catalogue.ts";

/** Longest summary with tags in the columns, characters: training holds those of a million posts. */
const SUMMARY_MAX = 200;

/** A value of a row. */
export type Cell = string | number | null;

/** True for a post that Socialverse keeps from the public feed. */
export const IS_PRIVATE = "(sent IS NULL AND NOT is_public)";
/** True for a post that its app hides. */
export const IS_HIDDEN = "(sent IS NOT NULL AND NOT is_public)";

/** Selects posts as the rows of {@link toColumns}. */
const ROWS = `
  SELECT key, max(0, min(created_at_ms, coalesce(first_seen_at_ms, created_at_ms))), is_locked,
    NOT ${IS_PRIVATE}, withdrawn_at_ms IS NOT NULL, view_count, exit_count, category_id, category_name,
    further_categories, topic_code, title, ${IS_HIDDEN},
    coalesce(expires_at_ms, 0), coalesce(text_hash, ''), substr(trim(tags || ' ' || summary), 1, ${SUMMARY_MAX}),
    coalesce(creator, ''), coalesce(link, ''), tags, coalesce(duration_ms, 0)
  FROM post`;

/** Selects every post, by ascending key. */
export const ALL = `${ROWS} ORDER BY key`;
/** Selects the posts whose keys are in a JSON list. */
export const SOME = `${ROWS} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key`;

/** The rows of {@link ALL} and {@link SOME} as columns. */
export function toColumns(rows: readonly Cell[][]): PostColumns {
  const numbers = (n: number) => Float64Array.from(rows, (it) => it[n] as number);
  const bytes = (n: number) => Uint8Array.from(rows, (it) => it[n] as number);
  return {
    keys: numbers(0),
    createdAtMs: numbers(1),
    isLocked: bytes(2),
    isPublic: bytes(3),
    isWithdrawn: bytes(4),
    viewCounts: numbers(5),
    exitCounts: numbers(6),
    categories: rows.map(([, , , , , , , id, name, further]) =>
      categoriesOf(id as number | null, name as string | null, further as string),
    ),
    topicCodes: rows.map((it) => (it[10] as string | null) ?? undefined),
    titles: rows.map((it) => it[11] as string),
    isHidden: bytes(12),
    expiresAtMs: numbers(13),
    textHashes: rows.map((it) => it[14] as string),
    summaries: rows.map((it) => it[15] as string),
    creators: rows.map((it) => it[16] as string),
    links: rows.map((it) => it[17] as string),
    tags: rows.map((it) => it[18] as string),
    durationsMs: numbers(19),
  };
}

/** Stands for the categories of all posts without any: there may be a million. */
const NO_CATEGORIES: readonly Category[] = [];

function categoriesOf(id: number | null, name: string | null, further: string) {
  if (name === null) return NO_CATEGORIES;
  const first = { ...(id !== null && { id }), name };
  if (further === "[]") return [first];
  return [first, ...(JSON.parse(further) as string[]).map((name) => ({ name }))];
}
