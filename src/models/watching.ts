/**
 * Watch scale: how long people watch videos of a length, so that a loop of 6 seconds and a talk of 10 minutes
 * are compared fairly.
 */
import { UNKNOWN, type History } from "../domain/history.ts";
import { SIGNALS } from "../domain/signals.ts";

/** Shares watched (time watched ÷ length; above 1 for loops) by the length of the video. */
export type WatchScale = {
  /** Ascending quantiles of the shares in each bucket of lengths `[BUCKETS × QUANTILES]`; empty without any view. */
  readonly shares: Float32Array;
  /** Number of views in each bucket `[BUCKETS]`; empty without any view. */
  readonly counts: Uint32Array;
};

/** Number of buckets: from a second to a week, each twice as long as the one before. */
const BUCKETS = 20;
/** Quantiles kept per bucket. */
const QUANTILES = 128;
/** Number of views that the prior counts for, since a few real ones are no scale. */
const PRIOR_VIEWS = 10;
/** Share watched whose prior quantile is .5. */
const HALF_SHARE = 0.5;
/** A view that ended within this time is a skip, milliseconds. */
const SKIP_MS = 1_000;
/** Length from which a view can be a skip, milliseconds: a second of a shorter video is a good part of it. */
const SKIPPABLE_MS = 3_000;

/** Code of the signal whose watch time counts. */
const WATCHED = Object.values(SIGNALS).find((it) => it.strength.by === "watching")?.code;

/** The scale of all views with a watch time and a length. */
export function watchScale(history: Omit<History, "postKeys" | "values" | "atMs">): WatchScale {
  const { kinds, withdrawn, watchedMs, durationMs } = history;
  const buckets = Array.from({ length: BUCKETS }, (): number[] => []);
  for (let n = 0; n < kinds.length; n++) {
    const share = shareOf(watchedMs[n]!, durationMs[n]!);
    if (kinds[n] === WATCHED && withdrawn[n] === 0 && share !== undefined)
      buckets[bucketOf(durationMs[n]!)]!.push(share);
  }
  if (buckets.every((it) => it.length === 0)) return NO_VIEWS;
  const shares = new Float32Array(BUCKETS * QUANTILES);
  for (const [bucket, all] of buckets.entries()) {
    const sorted = Float32Array.from(all).sort();
    for (let n = 0; n < QUANTILES && sorted.length > 0; n++)
      shares[bucket * QUANTILES + n] = sorted[Math.floor(((n + 0.5) / QUANTILES) * sorted.length)]!;
  }
  return { shares, counts: Uint32Array.from(buckets, (it) => it.length) };
}

/** The scale of a store without watch times. */
export const NO_VIEWS: WatchScale = { shares: new Float32Array(0), counts: new Uint32Array(0) };

/**
 * The share of views of videos of similar length that were watched for less, smoothed: 0 to 1, .5 on average.
 * `undefined` if the watch time or the length is unknown.
 */
export function watchQuantile(
  { shares, counts }: WatchScale,
  watchedMs: number,
  durationMs: number,
): number | undefined {
  const share = shareOf(watchedMs, durationMs);
  if (share === undefined) return undefined;
  const bucket = bucketOf(durationMs);
  const own = shares.subarray(bucket * QUANTILES, (bucket + 1) * QUANTILES);
  let [below, equal] = [0, 0];
  for (const it of own)
    if (it < share) below++;
    else if (it === share) equal++;
  const views = counts[bucket] ?? 0;
  const prior = share / (share + HALF_SHARE);
  const real = views === 0 ? 0 : (below + equal / 2) / QUANTILES;
  return (views * real + PRIOR_VIEWS * prior) / (views + PRIOR_VIEWS);
}

/** True for a view that ended as soon as it had begun. */
export function isSkip(watchedMs: number, durationMs: number): boolean {
  return watchedMs !== UNKNOWN && watchedMs < SKIP_MS && durationMs > SKIPPABLE_MS;
}

/** The share watched, as columns hold it; `undefined` if the time or the length is unknown. */
export function shareOf(watchedMs: number, durationMs: number): number | undefined {
  return watchedMs >= 0 && durationMs > 0 ? Math.fround(watchedMs / durationMs) : undefined;
}

function bucketOf(durationMs: number): number {
  return Math.max(0, Math.min(BUCKETS - 1, Math.floor(Math.log2(durationMs / 1_000))));
}
