/** Long work that others need not wait for: it stops every few milliseconds and lets them go first. */

/** Work that may be left off wherever it yields: at best after a fraction of a millisecond. */
export type Steps<T> = Generator<void, T>;

/** How long it may go on before others have their turn. */
const SLICE_MS = 2;

/** Do it without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Do it with pauses in which requests are answered. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let startMs = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - startMs < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    startMs = performance.now();
  }
}
