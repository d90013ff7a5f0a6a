/** Page of a creator: what is shown of them and why, and why the rest is not. */
import type { Store } from "../../data/contract.ts";
import { searcher } from "../search.ts";
import { absentReasons } from "./absence.ts";
import { keysOf } from "./catalogue-parts.ts";
import type { Absent, Creator, CreatorPost, CreatorRequest, CreatorSummary } from "./creators.ts";
import type { Stage } from "./health.ts";
import type { Shown } from "./shown.ts";

/** What was counted about all creators. */
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
  const rows = Array.from(model.creatorRows.keys()).filter((row) => model.creatorRows[row] === creator); // prettier-ignore
  rows.sort(
    (a, b) =>
      posts.impressions(b) - posts.impressions(a) || model.createdAtMs[b]! - model.createdAtMs[a]!,
  );
  const more = summaries.filter((it) => it.impressions > summary.impressions);
  return {
    ...{ days, sinceMs, untilMs, ...summary },
    rank: more.length + 1,
    creators: summaries.length,
    outcomes: creators.of(creator),
    sources: [...shown.sources]
      .map(([name, counts]) => ({ name, impressions: counts[creator] ?? 0 }))
      .filter((it) => it.impressions > 0)
      .sort((a, b) => b.impressions - a.impressions),
    absent: summedUp(rows.flatMap((row) => absentReasons(shown, row))),
    hiddenBy: await store.steering.hiddenBy(id),
    items: await itemsOf(store, shown, stages, rows.slice(offset, offset + limit)),
  };
}

/** The reasons with the number of posts that each holds for, the most frequent first. */
function summedUp(reasons: readonly Absent[]): Creator["absent"] {
  return [...Map.groupBy(reasons, (it) => it.reason).values()]
    .map((some) => ({ ...some[0]!, posts: some.length }))
    .sort((a, b) => b.posts - a.posts);
}

async function itemsOf(
  store: Pick<Store, "ids" | "search" | "posts">,
  shown: Shown,
  stages: ReadonlyMap<number, Stage>,
  rows: readonly number[],
): Promise<readonly CreatorPost[]> {
  const keys = keysOf(shown.model, rows);
  const ids = await store.ids.postIds(keys);
  const stored = new Map((await searcher(store).summaries([...ids.values()])).map((it) => [it.id, it])); // prettier-ignore
  return rows.flatMap((row, n) => {
    const post = stored.get(ids.get(keys[n]!)!);
    if (post === undefined) return []; // deleted since
    const { id, title, createdAtMs } = post;
    const absent = absentReasons(shown, row);
    const counts = { ...shown.posts.of(row), people: shown.posts.people(row) };
    return { id, title, createdAtMs, ...counts, stage: stages.get(row), absent };
  });
}
