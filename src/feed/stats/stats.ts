/** Statistics of the served log: what became of the posts that were shown. */
import { DAY_MS } from "../../domain/day.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import { creditedPages, type PagesDeps } from "./credited-pages.ts";
import { openTally, type Tally } from "./tally.ts";

/** Days of the statistics if none are named: each weekday once. */
export const STATS_DAYS = 7;

/** The last days, as of a time: both Unix epoch milliseconds. */
export type Span = { readonly days: number; readonly sinceMs: number; readonly untilMs: number };

/** Outcomes of the posts that were shown in some days. */
export type Stats = Tally &
  Span & {
    /** People who were shown a post, and replies that showed some. */
    readonly people: number;
    readonly pages: number;
  };

/** Dependencies of {@link statsReader}. */
type StatsDeps = PagesDeps & {
  /** Unix epoch milliseconds. */
  readonly nowMs: () => number;
};

/**
 * Opens the statistics of the last days. Who asks while they are counted for as many days waits for the same
 * result.
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

async function statsOf(deps: StatsDeps, days: number): Promise<Stats> {
  const untilMs = deps.nowMs();
  const sinceMs = untilMs - days * DAY_MS;
  const tally = openTally();
  let [people, pages] = [0, 0];
  for await (const person of creditedPages(deps, sinceMs)) {
    await inSlices(tally.add(person));
    people++;
    pages += person.pages.length;
  }
  return { days, sinceMs, untilMs, people, pages, ...tally.result() };
}
