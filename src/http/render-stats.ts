/** Renders statistics of the served log. */
import type { Rate } from "../evaluation/wilson.ts";
import type { Stats } from "../feed/stats/stats.ts";
import type { Outcomes } from "../feed/stats/outcomes.ts";
import { spanReply } from "./days.ts";

/** Digits of a rate. */
const DIGITS = 5;

/** Reply of `/stats`. */
export function statsReply({ people, pages, ...tally }: Stats) {
  const rows = (all: readonly ({ readonly name: string } & Outcomes)[]) =>
    all.map(({ name, ...it }) => ({ name, ...outcomesReply(it) }));
  return {
    ...spanReply(tally),
    people,
    pages,
    total: outcomesReply(tally.total),
    sources: rows(tally.source),
    slots: rows(tally.slot),
    audiences: rows(tally.audience),
    policies: rows(tally.policy),
  };
}

/** Outcomes as JSON. */
export const outcomesReply = ({ impressions, plays, completion, likes, skips }: Outcomes) => ({
  impressions,
  plays: rate(plays),
  completion: rate(completion),
  likes: rate(likes),
  skips: rate(skips),
});

function rate(it: Rate | undefined): Rate | null {
  if (it === undefined) return null;
  const round = (x: number) => Number(x.toFixed(DIGITS));
  return {
    count: round(it.count),
    of: it.of,
    rate: round(it.rate),
    low: round(it.low),
    high: round(it.high),
  };
}
