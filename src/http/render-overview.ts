/** The overview as JSON. */
import type { Overview } from "../feed/overview/overview.ts";
import type { Quality, Scored } from "../feed/overview/quality.ts";
import type { Answered } from "./answered.ts";

/** Reply of `GET /overview`. */
export function overviewReply(
  { alarms, counts, days, signals, readiness, quality }: Overview,
  { feeds, seconds, p50Ms, p99Ms, ...process }: Answered,
) {
  const { snapshot, syncAgeSeconds, encoder } = readiness;
  return {
    alarms,
    stored: counts ?? null,
    days: days.map(({ people = null, events = null, ...it }) => ({ ...it, people, events })),
    signals: signals.map(({ kind, events, syncedMs, pushedMs, hasEffect }) => ({
      kind,
      events,
      synced_at: timeOf(syncedMs),
      pushed_at: timeOf(pushedMs),
      has_effect: hasEffect ?? null,
    })),
    sync_age_seconds: syncAgeSeconds,
    encoder,
    snapshot: snapshot
      ? {
          id: snapshot.id,
          age_seconds: snapshot.ageSeconds,
          posts: snapshot.posts,
          embedded: snapshot.embedded,
          quality: quality ? qualityReply(quality) : null,
        }
      : null,
    process: {
      window_seconds: seconds,
      feeds,
      feeds_a_second: seconds > 0 ? feeds / seconds : 0,
      p50_ms: p50Ms ?? null,
      p99_ms: p99Ms ?? null,
      ...process,
    },
  };
}

const timeOf = (ms: number) => (ms === 0 ? null : new Date(ms).toISOString());

const qualityReply = ({ cases, blend, others, before }: Quality) => ({
  cases,
  blend: score("blend", blend),
  others: others.map(({ name, ...it }) => score(name, it)),
  before: before ? score("blend", before) : null,
});

const score = (name: string, { nDcg, low, high }: Scored) => ({ name, ndcg: nDcg, low, high });
