/**
 * Requests a minute that each key may make, counted in the memory of this process. The only importer
 * of rate-limiter-flexible.
 */
import { RateLimiterMemory } from "rate-limiter-flexible";

const WINDOW_SECONDS = 60;

/** State of a key under its limit. */
type LimitState = {
  readonly isOver: boolean;
  /** Seconds until the count starts again. */
  readonly resetSeconds: number;
  /** Headers of the reply, as in the draft of the IETF (draft-ietf-httpapi-ratelimit-headers-10). */
  readonly headers: Readonly<Record<string, string>>;
};

/** Counts a request of a key, and says where the key stands. */
export function rateLimit(perMinute: number): (name: string) => Promise<LimitState> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  const policy = `"key";q=${perMinute};w=${WINDOW_SECONDS}`;
  return async (name) => {
    // `consume` counts as well, but throws what it counts above the limit.
    const counted = await limiter.penalty(name);
    const resetSeconds = Math.ceil(counted.msBeforeNext / 1_000);
    const state = `"key";r=${counted.remainingPoints};t=${resetSeconds}`;
    return {
      isOver: counted.consumedPoints > perMinute,
      resetSeconds,
      headers: { "ratelimit-policy": policy, ratelimit: state },
    };
  };
}
