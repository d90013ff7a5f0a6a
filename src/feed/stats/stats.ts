/** Statistics of the served log: what became of the posts that were shown. */
import type { Answer, Store } from "../../data/contract.ts";
import type { PageColumns, ServedLog } from "../../data/served-log.ts";
import { DAY_MS } from "../../domain/day.ts";
import type { UserId } from "../../domain/ids.ts";
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import { credited } from "./credit.ts";
import { openTally, type Tally } from "./tally.ts";

/** Days of the statistics if none are named: each weekday once. */
export const STATS_DAYS = 7;

/** Outcomes of the posts that were shown in some days. */
export type Stats = Tally & {
  readonly days: number;
  /** Unix epoch milliseconds. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** People who were shown a post, and replies that showed some. */
  readonly people: number;
  readonly pages: number;
};

/** Dependencies of {@link statsReader}. */
type StatsDeps = {
  readonly servedLog: () => ServedLog;
  readonly store: Pick<Store, "events" | "ids">;
  readonly nowMs: () => number;
};

/**
 * Opens the statistics of the last days. They are counted person by person, so that memory holds one person's
 * pages at a time; who asks while they are counted for as many days waits for the same result.
 */
export function statsReader(deps: StatsDeps): (days: number) => Promise<Stats> {
  const running = new Map<number, Promise<Stats>>();
  return (days) => {
    let stats = running.get(days);
    if (stats === undefined)
      running.set(days, (stats = statsOf(deps, days).finally(() => running.delete(days))));
    return stats;
  };
}

async function statsOf({ servedLog, store, nowMs }: StatsDeps, days: number): Promise<Stats> {
  const untilMs = nowMs();
  const sinceMs = untilMs - days * DAY_MS;
  const tally = openTally();
  let [people, pages] = [0, 0];
  for await (const user of servedLog().byUser(sinceMs)) {
    const id = user.userId as UserId;
    const key = (await store.ids.userKeys([id])).get(id);
    const answers = key === undefined ? [] : await store.events.answers(key, sinceMs);
    await inSlices(counted(tally, user.pages, answers));
    people++;
    pages += user.pages.length;
  }
  return { days, sinceMs, untilMs, people, pages, ...tally.result() };
}

function* counted(
  tally: ReturnType<typeof openTally>,
  pages: readonly PageColumns[],
  answers: readonly Answer[],
): Steps<void> {
  yield* tally.add(pages, yield* credited(pages, answers));
}
