/** Detection of times that a wrong clock has stored. */

/** Largest difference between good clocks, milliseconds. A time further ahead is a wrong clock's. */
const SLACK_MS = 5 * 60_000;

/** The latest time that is believed at `nowMs`. */
export function believedUntilMs(nowMs: number): number {
  return nowMs + SLACK_MS;
}

/** "the last sync is from the future, …" if it is; `undefined` if its time can be believed. */
export function fromTheFuture(what: string, atMs: number, nowMs: number): string | undefined {
  if (atMs <= believedUntilMs(nowMs)) return undefined;
  const at = new Date(atMs).toISOString().slice(0, 19);
  return `${what} is from the future, ${at}Z: the clock was ahead then, or is behind now; its time is not believed`;
}
