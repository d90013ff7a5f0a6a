/** Rolling window of the latest feeds that this process answered: their rate and quantiles of their latency. */

/** Length of the window, milliseconds. */
const WINDOW_MS = 60_000;
/** Feeds that are remembered: at a higher rate the window is shorter. */
const FEEDS_MOST = 4_096;

/** Entries of the window. */
export type RecentFeeds = {
  readonly feeds: number;
  /** Length of the window, seconds. */
  readonly seconds: number;
  /** Median and 99th percentile, milliseconds; `undefined` without a feed. */
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
};

/** Opens a window. @param nowMs  A clock that only runs forwards. */
export function recentFeeds(nowMs: () => number = performance.now.bind(performance)) {
  const endedMs = new Float64Array(FEEDS_MOST);
  const tookMs = new Float64Array(FEEDS_MOST);
  const startMs = nowMs();
  let added = 0;
  return {
    /** Adds a feed that was just answered. */
    add(ms: number): void {
      endedMs[added % FEEDS_MOST] = nowMs();
      tookMs[added % FEEDS_MOST] = ms;
      added++;
    },
    read(): RecentFeeds {
      const now = nowMs();
      const isFull = added >= FEEDS_MOST;
      const oldestMs = isFull ? endedMs[added % FEEDS_MOST]! : startMs;
      const sinceMs = Math.max(now - WINDOW_MS, oldestMs);
      const known = tookMs.subarray(0, Math.min(added, FEEDS_MOST));
      const sorted = known.filter((_, n) => endedMs[n]! >= sinceMs).sort();
      const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
      const seconds = (now - sinceMs) / 1_000;
      return { feeds: sorted.length, seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
    },
  };
}
