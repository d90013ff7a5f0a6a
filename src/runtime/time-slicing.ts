/** Time slicing: long work pauses every few milliseconds, so that requests are answered meanwhile. */

/** Long work as a generator: it can pause at each `yield`, at least once a millisecond. */
export type Steps<T> = Generator<void, T>;

/** Time between two pauses, milliseconds. */
const SLICE_MS = 2;

/** Runs the steps without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Runs the steps in slices of {@link SLICE_MS}; other work of the thread is done between them. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let startMs = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - startMs < SLICE_MS) continue;
    await pause();
    startMs = performance.now();
  }
}

/** Lets the thread do what else waits. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
