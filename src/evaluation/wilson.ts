/** Wilson intervals of rates whose observations come in clusters: many posts that one person was shown. */

/** Sums over persons, of whom each has `y` successes, or a sum of values from 0 to 1, in `m` observations. */
export type RatioSums = {
  persons: number;
  y: number;
  m: number;
  yy: number;
  ym: number;
  mm: number;
};

/** A rate and the ends of its 95 % interval. */
export type Rate = {
  /** Successes, or the sum of values, and observations. */
  readonly count: number;
  readonly of: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
};

/** Quantile of the normal distribution for 95 %. */
const Z = 1.96;
/** Persons from which on their variance is estimated; below, all posts of a person count as one observation. */
const PERSONS_MIN = 10;

/** Sums without any person. */
export const noSums = (): RatioSums => ({ persons: 0, y: 0, m: 0, yy: 0, ym: 0, mm: 0 });

/** Adds a person. */
export function addPerson(sums: RatioSums, y: number, m: number): void {
  if (m === 0) return;
  sums.persons++;
  sums.y += y;
  sums.m += m;
  sums.yy += y * y;
  sums.ym += y * m;
  sums.mm += m * m;
}

/**
 * The rate r = Σ y / Σ m with Wilson's interval at the effective number of observations: as many independent
 * ones as give the ratio the variance that it has between persons,
 *
 *     n = r (1 − r) / V,   V = Σ (y − r m)² / (Σ m)² · P / (P − 1),
 *
 * no more than Σ m, and no fewer than (Σ m)² / Σ m². `undefined` without an observation.
 *
 * @see Wilson, "Probable Inference" (JASA 1927); Korn & Graubard, "Confidence Intervals for Proportions With
 *   Small Expected Number of Positive Counts Estimated From Survey Data" (1998), for the effective number.
 */
export function wilson({ persons, y, m, yy, ym, mm }: RatioSums): Rate | undefined {
  if (m === 0) return undefined;
  const rate = y / m;
  const fewest = (m * m) / mm;
  const between = (yy - 2 * rate * ym + rate * rate * mm) / (m * m);
  const variance = (between * persons) / Math.max(1, persons - 1);
  // Where nobody or everybody did it, nothing is known of how people differ.
  const isEstimated = persons >= PERSONS_MIN && y > 0 && y < m;
  const n = isEstimated ? Math.min(m, Math.max(fewest, (rate * (1 - rate)) / variance)) : fewest;
  const middle = (rate + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (Z * Z) / (4 * n * n));
  // Rounding must not leave a rate of 0 or 1 outside of its own interval.
  const [low, high] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return { count: y, of: m, rate, low: Math.min(low, rate), high: Math.max(high, rate) };
}
