/** States of the fake service: readiness, statistics, a taste. */
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Readiness } from "../../src/feed/readiness.ts";
import type { Stats } from "../../src/feed/stats/stats.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Taste } from "../../src/feed/taste.ts";

/** Readiness of a service of so many posts. */
export const ready = (posts: number): Readiness => ({
  snapshot: {
    id: "s7",
    ageSeconds: 60,
    asOf: "2025-06-01T08:30:00.000Z",
    posts,
    embedded: posts,
    fitted: true,
  },
  degraded: [],
  unreadable: [{ endpoint: "posts", reason: "id above 2^53", rows: 8, of: 12 }],
  syncAgeSeconds: 3600,
  sync: null,
  learning: {
    last: "2025-06-02T00:10:09.000Z",
    runningSince: null,
    nextAt: "2025-06-03T00:10:00.000Z",
  },
  heldBackRows: 25,
  encoder: { backlog: 3 },
  demo: false,
});

/** Statistics of a log in which nobody was shown anything. */
export function statsOfNothing(days: number): Stats {
  const none = { plays: undefined, completion: undefined, likes: undefined, skips: undefined };
  const rows = { source: [], slot: [], audience: [], policy: [] };
  const about = { days, sinceMs: 0, untilMs: days * 86_400_000, people: 0, pages: 0 };
  return { ...about, total: { impressions: 0, ...none }, ...rows };
}

/** The taste of whoever likes bread. */
export const TASTE: Taste = {
  id: "12" as UserId,
  audience: "warm",
  snapshot: "s7",
  posts: { known: 40, liked: 12, disliked: 1 },
  categories: [{ name: "Cooking", share: 2 / 3, liked: 8, disliked: 0 }],
  creators: [],
  moods: [{ name: "calm", nearness: 0.123456 }],
  recent: [{ id: "1" as PostId, title: "post 1", confidence: 0.98765 }],
  steering: [{ way: "more", target: "tag", id: "bread", atMs: 0, strength: 0.5 }],
  sliders: UNMOVED,
  words: ["You like bread."],
};
