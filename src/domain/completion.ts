/** Completion: events which say that showing a post was worth it. */
import { signalCoded } from "./known-signals.ts";

/** Share of a video that has to be watched. */
const WATCHED_SHARE = 0.8;
/** Smallest value of a rating, percent. */
const RATED = 50;

/**
 * True for an event that completes a post: it was watched nearly through, rated well, or liked or shared or
 * the like. A view without a length says nothing.
 *
 * @param watchedMs  Below 0, as `durationMs`, if unknown.
 */
export function isCompletion(
  kind: number,
  value: number,
  watchedMs: number,
  durationMs: number,
): boolean {
  const strength = signalCoded(kind)?.strength;
  if (strength === undefined || strength.weight <= 0) return false;
  if (strength.by === "watching")
    return watchedMs >= 0 && durationMs > 0 && watchedMs >= WATCHED_SHARE * durationMs;
  if (strength.by === "quantile") return value >= RATED;
  return strength.isDeliberate && signalCoded(kind)!.isSeen;
}
