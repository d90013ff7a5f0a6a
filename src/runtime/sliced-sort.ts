/** Merge sort in time slices: `Array.sort` of 100,000 objects takes a tenth of a second. */
import type { Steps } from "./time-slicing.ts";

/** Entries that are sorted or merged between two pauses. */
const ENTRIES_A_STEP = 500;

/** A sorted copy; equal entries keep their order. */
export function* slicedSort<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += ENTRIES_A_STEP) {
    runs.push(items.slice(from, from + ENTRIES_A_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let n = 0; n < runs.length; n += 2)
      merged.push(yield* mergedRuns(runs[n]!, runs[n + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedRuns<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
): Steps<T[]> {
  const merged: T[] = [];
  for (let [n, m] = [0, 0]; n < a.length || m < b.length;) {
    const isFirst = m === b.length || (n < a.length && compare(a[n]!, b[m]!) <= 0);
    merged.push(isFirst ? a[n++]! : b[m++]!);
    if (merged.length % ENTRIES_A_STEP === 0) yield;
  }
  return merged;
}
