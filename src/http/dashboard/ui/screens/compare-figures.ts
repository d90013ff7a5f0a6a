/** Figures of a list of posts, and of two lists. */
import { DAY_MS } from "../../../../domain/day.ts";
import type { Post } from "../parts/types.ts";

/** Number of ids that both lists have. */
export const overlapOf = (a: readonly string[], b: readonly string[]): number =>
  a.filter((id) => b.includes(id)).length;

/** Mean number of places between the two of a post that both lists have; 0 without any. */
export function placesApart(a: readonly string[], b: readonly string[]): number {
  const both = a.flatMap((id, n) => (b.includes(id) ? [Math.abs(n - b.indexOf(id))] : []));
  return both.reduce((sum, it) => sum + it, 0) / Math.max(1, both.length);
}

/** Number of distinct words, "" left out. */
export const distinct = (words: readonly string[]): number => new Set(words.filter(Boolean)).size;

/** Share of neighbours in the list that are of different categories; 0 for a single post. */
export function varietyOf(posts: readonly Post[]): number {
  const changes = posts.slice(1).filter((it, n) => it.categories[0] !== posts[n]!.categories[0]);
  return changes.length / Math.max(1, posts.length - 1);
}

/** Median age, days; 0 of nothing. */
export function agesOf(posts: readonly Post[], nowMs: number): number {
  const ages = posts.map((it) => (nowMs - Date.parse(it.created_at)) / DAY_MS);
  return ages.sort((a, b) => a - b)[ages.length >> 1] ?? 0;
}
