/** Parts of the catalogue's health that a walk over its posts finds: near-duplicates, dead categories, cold posts. */
import { DAY_MS } from "../../domain/day.ts";
import { isLiked } from "../../models/popularity/model.ts";
import { isServable } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { visitFurther } from "../../ranking/match.ts";
import { slicedSort } from "../../runtime/sliced-sort.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import type { DailyTally } from "../overview/daily.ts";
import type { ColdPosts, DeadCategory } from "./health.ts";
import type { Shown } from "./shown.ts";

/** Posts between two pauses. */
const POSTS_A_STEP = 1_000;
/** First ages, in days, of the parts that cold posts are told by. */
const AGES_DAYS = [0, 1, 7, 30];

/** Rows of the posts that may be shown now. */
export function* servableRows(model: Model, nowMs: number): Steps<number[]> {
  const rows: number[] = [];
  for (let row = 0; row < model.flags.length; row++) {
    if (row % POSTS_A_STEP === 0) yield;
    if (isServable(model, row) && !isExpired(model, row, nowMs)) rows.push(row);
  }
  return rows;
}

/** Near-duplicates among `rows`: the rows of each group, the largest group first. */
export function* duplicateGroups(
  { duplicates }: Model,
  rows: readonly number[],
): Steps<number[][]> {
  const groups = new Map<number, number[]>();
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    const first = duplicates[row] ?? -1;
    if (first >= 0) groups.getOrInsertComputed(first, () => []).push(row);
  }
  const shared = [...groups.values()].filter((it) => it.length > 1);
  return yield* slicedSort(shared, (a, b) => b.length - a.length || a[0]! - b[0]!);
}

/**
 * Categories of `rows` of which nothing was shown, as long as anything was, or without an event since a day;
 * the one with the most posts first.
 */
export function* deadCategories(
  { model, posts, pages }: Pick<Shown, "model" | "posts" | "pages">,
  rows: readonly number[],
  lastDayOf: DailyTally["lastDayOf"],
  sinceDay: number,
): Steps<{ readonly count: number; readonly dead: readonly DeadCategory[] }> {
  const all = new Map<
    number,
    { posts: number; impressions: number; lastDay: number | undefined }
  >();
  const isServed = new Uint8Array(model.flags.length);
  const add = (row: number, category: number) => {
    if (category < 0 || isServed[row] === 0) return;
    const it = all.getOrInsertComputed(category, () => ({ posts: 0, impressions: 0, lastDay: undefined })); // prettier-ignore
    const lastDay = lastDayOf(model.postKeys[row]!);
    it.posts++;
    it.impressions += posts.impressions(row);
    if (lastDay !== undefined) it.lastDay = Math.max(lastDay, it.lastDay ?? lastDay);
  };
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    isServed[row] = 1;
    add(row, model.categoryRows[row]!);
  }
  visitFurther(model, add);
  const isDead = ({
    impressions,
    lastDay = -Infinity,
  }: {
    impressions: number;
    lastDay: number | undefined;
  }) =>
    // prettier-ignore
    (pages > 0 && impressions === 0) || lastDay < sinceDay;
  const dead = [...all].filter(([, it]) => isDead(it)).map(([n, it]) => ({ name: model.info.categories[n]!.name, ...it })); // prettier-ignore
  return { count: all.size, dead: dead.sort((a, b) => b.posts - a.posts) };
}

/**
 * Rows of the posts with which nobody has done anything: neither what is counted nor what was learnt from has an
 * event. The oldest first.
 */
export function* coldRows(
  model: Model,
  rows: readonly number[],
  lastDayOf: DailyTally["lastDayOf"],
): Steps<number[]> {
  const cold: number[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    if (!isLiked(model, row) && lastDayOf(model.postKeys[row]!) === undefined) cold.push(row);
  }
  return yield* slicedSort(cold, (a, b) => model.createdAtMs[a]! - model.createdAtMs[b]!);
}

/** Numbers of cold posts by age, and how many of each were shown. */
export function agesOf(
  { model, posts }: Pick<Shown, "model" | "posts">,
  cold: readonly number[],
  nowMs: number,
): ColdPosts["ages"] {
  const ages = AGES_DAYS.map((fromDays) => ({ fromDays, posts: 0, shown: 0 }));
  for (const row of cold) {
    const days = (nowMs - model.createdAtMs[row]!) / DAY_MS;
    const age = ages.findLast(({ fromDays }) => days >= fromDays) ?? ages[0]!;
    age.posts++;
    age.shown += Number(posts.impressions(row) > 0);
  }
  return ages;
}
