/** Bootstrap confidence intervals of means over cases. */
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { seededRandom } from "../linalg/random.ts";
import { meanOf } from "../linalg/vector.ts";

/** A mean and the ends of its 95 % interval. */
export type Interval = { readonly mean: number; readonly low: number; readonly high: number };

const RESAMPLES = 2_000;
/** Quantiles that a 95 % interval lies between. */
const [LOW, HIGH] = [0.025, 0.975];

/**
 * Percentile intervals of the means of `columns` `[columns][cases]`. Every column is resampled with
 * the same cases. For a paired comparison of two systems, pass their differences as a column.
 *
 * @param clusters  Number of each case's cluster, from 0: clusters are drawn whole, since cases of one are not
 *   independent. By default every case is one.
 * @see Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), section 13.3.
 */
export function bootstrap(...options: Parameters<typeof bootstrapping>): Interval[] {
  return atOnce(bootstrapping(...options));
}

/** {@link bootstrap} in time slices. */
export function* bootstrapping(
  columns: readonly Float64Array[],
  seed: number,
  clusters?: readonly number[],
): Steps<Interval[]> {
  const cases = columns[0]?.length ?? 0;
  const clusterOf = clusters ?? [...Array(cases).keys()];
  const count = clusterOf.reduce((most, it) => Math.max(most, it), -1) + 1;
  const sizes = sumsBy(clusterOf, new Float64Array(cases).fill(1), count);
  const sums = columns.map((column) => sumsBy(clusterOf, column, count));
  const random = seededRandom(seed);
  const means = columns.map(() => new Float64Array(RESAMPLES));
  const times = new Uint32Array(count);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let n = 0; n < count; n++) times[Math.floor(random() * count)]!++;
    const size = weightedSum(times, sizes);
    for (const [c, sum] of sums.entries())
      means[c]![resample] = weightedSum(times, sum) / Math.max(1, size);
    yield;
  }
  return columns.map((column, c) => {
    const sorted = means[c]!.sort();
    const quantile = (q: number) => sorted[Math.round(q * (RESAMPLES - 1))]!;
    return { mean: meanOf(column), low: quantile(LOW), high: quantile(HIGH) };
  });
}

function sumsBy(clusterOf: readonly number[], values: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const [n, cluster] of clusterOf.entries()) sums[cluster]! += values[n]!;
  return sums;
}

function weightedSum(times: Uint32Array, values: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < times.length; n++) sum += times[n]! * values[n]!;
  return sum;
}
