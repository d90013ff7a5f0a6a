/** Bootstrap confidence intervals of means over cases. */
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
 * @see Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), section 13.3.
 */
export function bootstrap(columns: readonly Float64Array[], seed: number): Interval[] {
  const cases = columns[0]?.length ?? 0;
  const random = seededRandom(seed);
  const means = columns.map(() => new Float64Array(RESAMPLES));
  const times = new Uint32Array(cases);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let n = 0; n < cases; n++) times[Math.floor(random() * cases)]!++;
    for (const [c, column] of columns.entries()) {
      let sum = 0;
      for (let n = 0; n < cases; n++) sum += times[n]! * column[n]!;
      means[c]![resample] = sum / Math.max(1, cases);
    }
  }
  return columns.map((column, c) => {
    const sorted = means[c]!.sort();
    const quantile = (q: number) => sorted[Math.round(q * (RESAMPLES - 1))]!;
    return { mean: meanOf(column), low: quantile(LOW), high: quantile(HIGH) };
  });
}
