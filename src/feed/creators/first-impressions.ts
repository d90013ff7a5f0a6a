/** Time to the first impressions of new posts. */
import type { Store } from "../../data/contract.ts";
import { kaplanMeier, thinned, timeTo, type Observation } from "../../evaluation/kaplan-meier.ts";
import { slicedSort } from "../../runtime/sliced-sort.ts";
import { inSlices, pause } from "../../runtime/time-slicing.ts";
import type { FirstImpressions } from "./health.ts";
import { postsAt } from "./posts-at.ts";
import { FIRST_IMPRESSIONS, type Shown } from "./shown.ts";

/** Most points of the curve: more can't be told apart in a picture. */
const POINTS_MAX = 100;
/** Posts that are read at once: their times of creation in the model are none later than the newest event. */
const READ = 100;

/**
 * Time from creation to the 100th impression, of the posts created in the span. Where the log has lost its first pages,
 * nobody knows how often posts were shown that are older than what is left.
 */
export async function firstImpressions(
  store: Pick<Store, "ids" | "search" | "posts">,
  { model, first, sinceMs, untilMs, loggedSinceMs }: Shown,
): Promise<FirstImpressions> {
  const bornSinceMs = Math.max(sinceMs, loggedSinceMs);
  const rows = [...first.keys()];
  const watched: Observation[] = [];
  for (let n = 0; n < rows.length; n += READ) {
    await pause();
    for (const [row, { createdAtMs }] of await postsAt(store, model, rows.slice(n, n + READ)))
      if (createdAtMs >= bornSinceMs)
        watched.push(watchedSince(createdAtMs, first.get(row)!, endOf(model.expiresAtMs[row]!, untilMs))); // prettier-ignore
  }
  // Sorted in slices, so that the estimate has nothing left to sort.
  const sorted = await inSlices(slicedSort(watched, (a, b) => a.time - b.time));
  const curve = kaplanMeier(sorted);
  return {
    count: FIRST_IMPRESSIONS,
    posts: watched.length,
    reached: watched.filter((it) => it.isReached).length,
    longestMs: watched.reduce((most, { time }) => Math.max(most, time), 0),
    curve: thinned(curve, POINTS_MAX),
    quarterMs: timeTo(curve, 1 / 4),
    medianMs: timeTo(curve, 1 / 2),
  };
}

const endOf = (expiresAtMs: number, untilMs: number) =>
  expiresAtMs > 0 ? Math.min(expiresAtMs, untilMs) : untilMs;

function watchedSince(bornMs: number, times: readonly number[], endMs: number): Observation {
  const last = times.toSorted((a, b) => a - b)[FIRST_IMPRESSIONS - 1];
  return { time: Math.max(0, (last ?? endMs) - bornMs), isReached: last !== undefined };
}
