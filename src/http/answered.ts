/** Answers of a process since its start: requests, errors, fallbacks, and its latest feeds. */
import { recentFeeds, type RecentFeeds } from "./recent-feeds.ts";

/** Facts about an answer, for metrics. */
export type Answered = RecentFeeds & {
  readonly requests: number;
  /** Replies with a status from 500 on, without 503: there is nothing to serve yet. */
  readonly errors: number;
  /** Other replies with a status from 400 on. */
  readonly refused: number;
  /** Pages with a fallback, by its name. */
  readonly fallbacks: Readonly<Record<string, number>>;
};

/** Routes of feeds. */
const FEEDS: ReadonlySet<string> = new Set(["/feed", "/recommendations"]);

/** Opens the count. */
export function countAnswers() {
  const feeds = recentFeeds();
  const fallbacks: Record<string, number> = {};
  let [requests, errors, refused] = [0, 0, 0];
  return {
    add(route: string, status: number, seconds: number): void {
      requests++;
      if (status >= 500 && status !== 503) errors++;
      else if (status >= 400) refused++;
      else if (FEEDS.has(route)) feeds.add(seconds * 1_000);
    },
    fellBack: (fallback: string): void => {
      fallbacks[fallback] = (fallbacks[fallback] ?? 0) + 1;
    },
    read: (): Answered => ({
      ...feeds.read(),
      requests,
      errors,
      refused,
      fallbacks: { ...fallbacks },
    }),
  };
}
