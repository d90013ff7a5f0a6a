/** When a server collects its garbage: Bun takes mapped snapshots for memory that a collection could free, and waits for as much garbage. */

/** Requests after which garbage is collected without a pause: more collections, of a millisecond or two each, would show in the 99th percentile. */
const REQUESTS_MAX = 1_000;
/** Requests that leave enough garbage to collect in a pause. */
const REQUESTS_MIN = 24;
/** Time without a request that counts as a pause. */
const PAUSE_MS = 500;

/** How garbage is collected, and what waits for a pause. */
type Collecting = {
  readonly collect: () => void;
  /** Calls back after the time of a pause. */
  readonly wait: (then: () => void) => void;
};

const BUN: Collecting = {
  collect: () => Bun.gc(false),
  wait: (then) => setTimeout(then, PAUSE_MS).unref(),
};

/** Returns what to call after each request: it collects in a pause, and now and then where there is none. */
export function garbageCollector({ collect, wait }: Collecting = BUN): () => void {
  let [answered, collected, isWaiting] = [0, 0, false];
  const waitForPause = () => {
    const before = answered;
    wait(() => {
      isWaiting = answered > before;
      if (isWaiting) waitForPause();
      else if (answered - collected >= REQUESTS_MIN) {
        collected = answered;
        collect();
      }
    });
  };
  return () => {
    if (++answered - collected >= REQUESTS_MAX) {
      collected = answered;
      setImmediate(collect); // after the reply
    }
    if (isWaiting) return;
    isWaiting = true;
    waitForPause();
  };
}
