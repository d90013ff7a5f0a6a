/** Measures of how sparse a dataset is. */
import { signalNames, signalOf, type SignalName } from "../../src/domain/known-signals.ts";
import { meanOf } from "../../src/linalg/vector.ts";
import { historyOf } from "../../src/evaluation/histories.ts";
import type { Dataset } from "../../src/training/dataset.ts";

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
/** People in `busiestShare`. */
const BUSIEST = 10;

/** Sizes of a dataset, and how its events are distributed. */
export type Shape = {
  readonly people: number;
  readonly posts: number;
  readonly categories: number;
  /** Distinct (person, post). */
  readonly pairs: number;
  /** Distinct (person, post) per signal. */
  readonly kinds: Readonly<Record<SignalName, number>>;
  readonly negativeRatings: number;
  readonly medianPosts: number;
  /** People with at least so many posts. */
  readonly atLeast5: number;
  readonly atLeast20: number;
  /** Share of the pairs that belong to the ten busiest people. */
  readonly busiestShare: number;
  /** Share of a month's active people who were never active before: mean over months but the first. */
  readonly newShare: number;
  /** Share of a month's events on the 100 most popular posts of two months before: mean over months. */
  readonly stayingShare: number;
};

/** Measures a dataset. */
export function shapeOf({ histories, posts, asOfMs }: Dataset): Shape {
  const people = [...histories.userKeys.keys()].map((user) => historyOf(histories, user));
  const sizes = people.map((it) => new Set(it.postKeys).size).sort((a, b) => b - a);
  const pairs = sizes.reduce((sum, it) => sum + it, 0);
  const pairsOf = (name: SignalName) => {
    const { code } = signalOf(name);
    const done = people.map((it) => new Set(it.postKeys.filter((_, n) => it.kinds[n] === code)));
    return done.reduce((sum, posts) => sum + posts.size, 0);
  };
  const monthOf = (atMs: number) => Math.floor((asOfMs - atMs) / (MONTH_DAYS * DAY_MS));
  return {
    people: people.length,
    posts: posts.keys.length,
    categories: new Set(posts.categories.flatMap(([it]) => (it ? [it.id] : []))).size,
    pairs,
    kinds: Object.fromEntries(signalNames().map((it) => [it, pairsOf(it)])) as Shape["kinds"],
    negativeRatings: histories.values.filter((it) => it < 0).length,
    medianPosts: sizes[sizes.length >> 1] ?? 0,
    atLeast5: sizes.filter((it) => it >= 5).length,
    atLeast20: sizes.filter((it) => it >= 20).length,
    busiestShare: sizes.slice(0, BUSIEST).reduce((sum, it) => sum + it, 0) / Math.max(1, pairs),
    newShare: newShare(people.map((it) => it.atMs.map(monthOf))),
    stayingShare: stayingShare(histories, monthOf),
  };
}

/** @param active  The months of each person's events, counted back from the newest. */
function newShare(active: readonly Float64Array[]): number {
  const first = active.map((it) => Math.max(...it));
  const months = Math.max(...first);
  const shares = Array.from({ length: months - 1 }, (_, month) => {
    const there = [...active.keys()].filter((n) => active[n]!.includes(month));
    return there.filter((n) => first[n] === month).length / Math.max(1, there.length);
  });
  return meanOf(shares);
}

function stayingShare(
  { postKeys, atMs }: Dataset["histories"],
  monthOf: (atMs: number) => number,
): number {
  const counts: Map<number, number>[] = [];
  for (const [n, id] of postKeys.entries()) {
    const month = (counts[monthOf(atMs[n]!)] ??= new Map());
    month.set(id, (month.get(id) ?? 0) + 1);
  }
  const top = (month: ReadonlyMap<number, number>) =>
    [...month.keys()].sort((a, b) => month.get(b)! - month.get(a)!).slice(0, 100);
  const shares = counts.slice(0, -2).map((month, age) => {
    const all = month.values().reduce((sum, it) => sum + it, 0);
    const kept = top(counts[age + 2]!).reduce((sum, id) => sum + (month.get(id) ?? 0), 0);
    return kept / all;
  });
  return meanOf(shares);
}
