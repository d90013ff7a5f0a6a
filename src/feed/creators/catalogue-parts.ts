/** Parts of the catalogue's health that a walk over its posts finds: near-duplicates, dead categories, cold posts. */
import { DAY_MS } from "../../domain/day.ts";
import { likedIn } from "../../models/popularity/model.ts";
import { isServable } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { slicedSort } from "../../runtime/sliced-sort.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import type { DailyTally } from "../overview/daily.ts";
import type { CatalogueHealth, ColdPosts, DeadCategory } from "./health.ts";
import type { Shown } from "./shown.ts";

/** Posts between two pauses. */
const POSTS_A_STEP = 1_000;
/** Lower ends of the age groups of cold posts, days. */
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

type Category = { -readonly [Name in keyof DeadCategory]: DeadCategory[Name] };

/**
 * Categories of `rows` of which nothing was shown, as long as anything was, or without an event since a day;
 * the one with the most posts first.
 */
export function* deadCategories(
  { model, posts, pages }: Pick<Shown, "model" | "posts" | "pages">,
  rows: readonly number[],
  lastDayOf: DailyTally["lastDayOf"],
  sinceDay: number,
): Steps<CatalogueHealth["categories"]> {
  const { info, flags, categoryRows, furtherCategories: further } = model;
  const all = new Map<number, Category>();
  const isServed = new Uint8Array(flags.length);
  const add = (row: number, category: number) => {
    if (category < 0 || isServed[row] === 0) return;
    const { name } = info.categories[category]!;
    const it = all.getOrInsertComputed(category, () => ({ name, posts: 0, impressions: 0, lastDay: undefined })); // prettier-ignore
    const lastDay = lastDayOf(model.postKeys[row]!);
    it.posts++;
    it.impressions += posts.impressions(row);
    if (lastDay !== undefined) it.lastDay = Math.max(lastDay, it.lastDay ?? lastDay);
  };
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    isServed[row] = 1;
    add(row, categoryRows[row]!);
  }
  for (let n = 0; n < further.length; n += 2) {
    if (n % POSTS_A_STEP === 0) yield;
    add(further[n]!, further[n + 1]!);
  }
  const dead = [...all.values()].filter(
    ({ impressions, lastDay = -Infinity }) =>
      (pages > 0 && impressions === 0) || lastDay < sinceDay,
  );
  return { count: all.size, dead: dead.sort((a, b) => b.posts - a.posts) };
}

/**
 * Posts with which nobody has done anything: neither what is counted nor what was learnt from has an event. Their
 * number and ages as of a time, and the rows of those that nobody was shown, the oldest first.
 */
export function* coldPosts(
  { model, posts }: Pick<Shown, "model" | "posts">,
  rows: readonly number[],
  lastDayOf: DailyTally["lastDayOf"],
  nowMs: number,
): Steps<Pick<ColdPosts, "posts" | "ages"> & { readonly waiting: readonly number[] }> {
  const { createdAtMs, postKeys } = model;
  const ages = AGES_DAYS.map((fromDays) => ({ fromDays, posts: 0, shown: 0 }));
  const waiting: number[] = [];
  const isLiked = likedIn(model);
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    if (isLiked(row) || lastDayOf(postKeys[row]!) !== undefined) continue;
    const days = (nowMs - createdAtMs[row]!) / DAY_MS;
    const age = ages.findLast(({ fromDays }) => days >= fromDays) ?? ages[0]!;
    const isShown = posts.impressions(row) > 0;
    age.posts++;
    age.shown += Number(isShown);
    if (!isShown) waiting.push(row);
  }
  return {
    posts: ages.reduce((sum, it) => sum + it.posts, 0),
    ages,
    waiting: yield* slicedSort(waiting, (a, b) => createdAtMs[a]! - createdAtMs[b]!),
  };
}
