/** Page of a creator: what is shown of them and why, and why the rest is not. */
import type { Store } from "../../data/contract.ts";
import { slicedSort } from "../../runtime/sliced-sort.ts";
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import { absentReasons } from "./absence.ts";
import type { Absent, Creator, CreatorPost, CreatorRequest, CreatorSummary } from "./creators.ts";
import type { Stage } from "./health.ts";
import { postsAt } from "./posts-at.ts";
import type { Shown } from "./shown.ts";

/** Posts between two pauses. */
const POSTS_A_STEP = 100;

/** Counts of all creators. */
export type Counted = {
  readonly shown: Shown;
  readonly summaries: readonly CreatorSummary[];
  readonly stages: ReadonlyMap<number, Stage>;
};

/** The page; `undefined` for a creator without a post. */
export async function creatorPage(
  store: Pick<Store, "ids" | "search" | "posts" | "steering">,
  { shown, summaries, stages }: Counted,
  { id, offset, limit }: CreatorRequest,
): Promise<Creator | undefined> {
  const { model, posts, creators, days, sinceMs, untilMs } = shown;
  const summary = summaries.find((it) => it.id === id);
  if (summary === undefined) return undefined;
  const creator = model.info.creators.indexOf(id);
  const unsorted: number[] = [];
  for (let row = 0; row < model.creatorRows.length; row++)
    if (model.creatorRows[row] === creator) unsorted.push(row);
  const rows = await inSlices(
    slicedSort(
      unsorted,
      (a, b) =>
        posts.impressions(b) - posts.impressions(a) ||
        model.createdAtMs[b]! - model.createdAtMs[a]!,
    ),
  );
  return {
    ...{ days, sinceMs, untilMs, ...summary },
    rank:
      1 + summaries.reduce((more, it) => more + Number(it.impressions > summary.impressions), 0),
    creators: summaries.length,
    outcomes: creators.of(creator),
    sources: [...shown.sources]
      .map(([name, counts]) => ({ name, impressions: counts[creator] ?? 0 }))
      .filter((it) => it.impressions > 0)
      .sort((a, b) => b.impressions - a.impressions),
    absent: await inSlices(absentAmong(shown, rows)),
    hiddenBy: await store.steering.hiddenBy(id),
    items: await itemsOf(store, shown, stages, rows.slice(offset, offset + limit)),
  };
}

/** The reasons with the number of posts that each holds for, the most frequent first. */
function* absentAmong(shown: Shown, rows: readonly number[]): Steps<Creator["absent"]> {
  const all = new Map<string, Absent & { posts: number }>();
  for (const [n, row] of rows.entries()) {
    if (n % POSTS_A_STEP === 0) yield;
    for (const it of absentReasons(shown, row))
      all.getOrInsertComputed(it.reason, () => ({ ...it, posts: 0 })).posts++;
  }
  return [...all.values()].sort((a, b) => b.posts - a.posts);
}

async function itemsOf(
  store: Pick<Store, "ids" | "search" | "posts">,
  shown: Shown,
  stages: ReadonlyMap<number, Stage>,
  rows: readonly number[],
): Promise<readonly CreatorPost[]> {
  const { model, posts } = shown;
  const firsts = rows.map((row) => model.duplicates[row] ?? -1).filter((row) => row >= 0);
  const byRow = await postsAt(store, model, [...rows, ...firsts]);
  return rows.flatMap((row) => {
    const post = byRow.get(row);
    if (post === undefined) return []; // deleted since
    const first =
      model.duplicates[row] === row ? undefined : byRow.get(model.duplicates[row] ?? -1);
    return {
      ...{ id: post.id, title: post.title, createdAtMs: post.createdAtMs },
      ...{ ...posts.of(row), people: posts.people(row), stage: stages.get(row) },
      repeats: first && { id: first.id, title: first.title },
      absent: absentReasons(shown, row),
    };
  });
}
