/** A log of failed requests with at most one line a minute, which counts them. */

/** Shortest time between two lines, milliseconds. */
const PAUSE_MS = 60_000;

/** Returns a function that counts a request, such as one "with an unknown key". Tests replace `wait`. */
export function failureLog(
  log: (line: string) => void,
  wait: (then: () => void) => void = (then) => setTimeout(then, PAUSE_MS).unref(),
): (what: string) => void {
  const counts = new Map<string, number>();
  let isWaiting = false;
  const tell = () => {
    isWaiting = counts.size > 0;
    if (!isWaiting) return;
    const parts = [...counts].map(
      ([what, n]) => `${n} ${n === 1 ? "request" : "requests"} ${what}`,
    );
    log(parts.join(", "));
    counts.clear();
    wait(tell);
  };
  return (what) => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    if (!isWaiting) tell();
  };
}
