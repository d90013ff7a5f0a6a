/** Creators and the catalogue's health as JSON. */
import { DAY_MS } from "../domain/day.ts";
import type { Creator, Creators } from "../feed/creators/creators.ts";
import type { CatalogueHealth, FirstImpressions } from "../feed/creators/health.ts";
import { spanReply } from "./days.ts";
import { outcomesReply } from "./render-stats.ts";

const HOUR_MS = 3_600_000;
/** Digits of a share. */
const DIGITS = 5;

const round = (share: number) => Number(share.toFixed(DIGITS));
const timeOf = (ms: number) => new Date(ms).toISOString();
const hoursOf = (ms: number | undefined) => (ms === undefined ? null : round(ms / HOUR_MS));

/** Reply of `GET /catalogue/health`. */
export function healthReply({ firstImpressions, cold, categories, ...it }: CatalogueHealth) {
  const { count, shown, gini, lorenz, topTenth, half } = it.creators;
  return {
    ...spanReply(it),
    pages: it.pages,
    impressions: it.impressions,
    unattributed: it.unattributed,
    creators: {
      ...{ count, shown, gini: round(gini), half },
      top_tenth: { creators: topTenth.count, share: round(topTenth.share) },
      lorenz: lorenz.map(({ of, have }) => ({ creators: round(of), impressions: round(have) })),
    },
    first_impressions: firstImpressionsReply(firstImpressions),
    exploration: it.exploration ?? null,
    duplicates: it.duplicates,
    categories: {
      count: categories.count,
      dead: categories.dead.map(({ lastDay, ...dead }) => ({
        ...dead,
        last_event: lastDay === undefined ? null : timeOf(lastDay * DAY_MS).slice(0, 10),
      })),
    },
    cold: {
      posts: cold.posts,
      ages: cold.ages.map(({ fromDays, ...age }) => ({ from_days: fromDays, ...age })),
      longest: cold.longest.map(({ createdAtMs, ...post }) => ({
        ...post,
        created_at: timeOf(createdAtMs),
      })),
    },
  };
}

const firstImpressionsReply = ({
  count,
  longestMs,
  quarterMs,
  medianMs,
  curve,
  ...it
}: FirstImpressions) => ({
  impressions: count,
  ...it,
  longest_hours: hoursOf(longestMs),
  quarter_hours: hoursOf(quarterMs),
  median_hours: hoursOf(medianMs),
  curve: curve.map(({ time, share }) => ({ hours: round(time / HOUR_MS), share: round(share) })),
});

/** Reply of `GET /creators`. */
export const creatorsReply = ({ total, creators, ...span }: Creators) => ({
  ...spanReply(span),
  total,
  creators: creators.map((it) => ({ ...it, share: round(it.share) })),
});

/** Reply of `GET /creators/{id}`. */
export function creatorReply(creator: Creator) {
  const { days, sinceMs, untilMs, outcomes, hiddenBy, items, ...it } = creator;
  return {
    ...spanReply({ days, sinceMs, untilMs }),
    ...it,
    share: round(it.share),
    outcomes: outcomesReply(outcomes),
    hidden_by: hiddenBy,
    items: items.map(
      ({ id, title, createdAtMs, people, stage = null, repeats = null, absent, ...counts }) => ({
        ...{ id, title, created_at: timeOf(createdAtMs), people },
        ...{ ...outcomesReply(counts), stage, repeats, absent },
      }),
    ),
  };
}
