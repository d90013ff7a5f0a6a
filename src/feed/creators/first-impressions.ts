/** Time to the first impressions of new posts. */
import type { Store } from "../../data/contract.ts";
import { kaplanMeier, timeTo, type Watched } from "../../evaluation/kaplan-meier.ts";
import { searcher } from "../search.ts";
import { keysOf } from "./catalogue-parts.ts";
import type { FirstImpressions } from "./health.ts";
import { FIRST_IMPRESSIONS, type Shown } from "./shown.ts";

/** Posts that are read at once: their times of creation in the model are none later than the newest event. */
const READ = 100;

/**
 * Time from creation to the 100th impression, of the posts created in the span; of those created before the oldest
 * page of the log nobody knows how often they were shown.
 */
export async function firstImpressions(
  store: Pick<Store, "ids" | "search" | "posts">,
  { model, first, sinceMs, untilMs, loggedSinceMs }: Shown,
): Promise<FirstImpressions> {
  const bornSinceMs = Math.max(sinceMs, loggedSinceMs);
  const rows = [...first.keys()];
  const { summaries } = searcher(store);
  const watched: Watched[] = [];
  for (let n = 0; n < rows.length; n += READ) {
    const some = rows.slice(n, n + READ);
    const keys = keysOf(model, some);
    const ids = await store.ids.postIds(keys);
    const posts = new Map((await summaries([...ids.values()])).map((it) => [it.id, it]));
    for (const [m, row] of some.entries()) {
      const bornMs = posts.get(ids.get(keys[m]!)!)?.createdAtMs ?? 0;
      if (bornMs < bornSinceMs) continue;
      watched.push(watchedSince(bornMs, first.get(row)!, endOf(model.expiresAtMs[row]!, untilMs)));
    }
  }
  const curve = kaplanMeier(watched);
  return {
    count: FIRST_IMPRESSIONS,
    posts: watched.length,
    reached: watched.filter((it) => it.isReached).length,
    curve,
    quarterMs: timeTo(curve, 1 / 4),
    medianMs: timeTo(curve, 1 / 2),
  };
}

const endOf = (expiresAtMs: number, untilMs: number) =>
  expiresAtMs > 0 ? Math.min(expiresAtMs, untilMs) : untilMs;

function watchedSince(bornMs: number, times: readonly number[], endMs: number): Watched {
  const last = times.toSorted((a, b) => a - b)[FIRST_IMPRESSIONS - 1];
  return { time: Math.max(0, (last ?? endMs) - bornMs), isReached: last !== undefined };
}
