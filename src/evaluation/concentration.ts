/** Concentration: how unevenly something is shared out, such as exposure over creators. */
import { gini } from "./metrics.ts";

/** A point of a Lorenz curve: the share that the smallest so many have, both 0 to 1. */
type LorenzPoint = { readonly of: number; readonly have: number };

/** Concentration of some amounts; shares are 0 where there is nothing to share out. */
export type Concentration = {
  /** 0 if all have as much, 1 − 1/n if one of n has everything. */
  readonly gini: number;
  /** From 0, 0 to 1, 1. */
  readonly lorenz: readonly LorenzPoint[];
  /** The tenth with the most, rounded up: their number, and their share. */
  readonly topTenth: { readonly count: number; readonly share: number };
  /** The fewest who have half of everything. */
  readonly half: number;
};

/** Most points of a curve: a picture shows no more. */
const POINTS_MAX = 100;
/** The top tenth. */
const TOP = 0.1;

/**
 * Concentration of `amounts`. With e ascending, the Lorenz curve is
 *
 *     L(i / n) = Σ_{j ≤ i} e_j / Σ e
 *
 * @see Lorenz, "Methods of Measuring the Concentration of Wealth" (1905).
 */
export function concentrationOf(amounts: Uint32Array): Concentration {
  const n = amounts.length;
  const cumulative = Float64Array.from(amounts.toSorted());
  for (let i = 1; i < n; i++) cumulative[i]! += cumulative[i - 1]!;
  const total = cumulative[n - 1] ?? 0;
  /** Share of the i with the least. */
  const least = (i: number) => (i === 0 || total === 0 ? 0 : cumulative[i - 1]! / total);
  const steps = Math.min(n, POINTS_MAX - 1);
  const count = Math.ceil(TOP * n);
  return {
    gini: gini(amounts),
    lorenz: Array.from({ length: total > 0 ? steps + 1 : 0 }, (_, step) => {
      const i = Math.round((step / steps) * n);
      return { of: i / n, have: least(i) };
    }),
    topTenth: { count, share: total > 0 ? 1 - least(n - count) : 0 },
    half: total > 0 ? n - cumulative.findIndex((it) => it > total / 2) : 0,
  };
}
