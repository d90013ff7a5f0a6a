/** Garbage collection of a server. Bun counts mapped snapshots as memory that a collection could free, and so collects too late by itself. */

/** Requests after which garbage is collected without a pause: more collections, of one or two milliseconds, would show in the 99th percentile. */
const REQUESTS_MAX = 1_000;
/** Fewest requests after which a pause is used for a collection. */
const REQUESTS_MIN = 24;
/** Time without a request that counts as a pause, milliseconds. */
const PAUSE_MS = 500;

/** Functions that collect and wait; tests replace them. */
type Collecting = {
  readonly collect: () => void;
  /** Calls back after the time of a pause. */
  readonly wait: (then: () => void) => void;
};

const BUN: Collecting = {
  collect: () => Bun.gc(false),
  wait: (then) => setTimeout(then, PAUSE_MS).unref(),
};

/** Returns a function to call after each request: it collects in pauses, and every {@link REQUESTS_MAX} requests without one. */
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
