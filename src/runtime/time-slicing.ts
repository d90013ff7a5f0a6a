/** Time slicing: long work pauses every few milliseconds, so that requests are answered meanwhile. */

/** Work that can pause wherever it yields, which it should do every fraction of a millisecond. */
export type Steps<T> = Generator<void, T>;

/** How long work runs between two pauses. */
const SLICE_MS = 2;

/** Do the work without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Do the work in slices. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let startMs = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - startMs < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    startMs = performance.now();
  }
}
