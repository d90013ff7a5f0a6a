/** Kaplan–Meier: the time until something happens, of which some have only been watched until now. */

/** One who is watched: the time until it happened, or until which it had not. */
export type Observation = { readonly time: number; readonly isReached: boolean };

/** The share for which it has happened by a time, 0 to 1. */
export type ReachedBy = { readonly time: number; readonly share: number };

/**
 * Estimate of the share for which it has happened by each time at which it did for somebody, ascending:
 *
 *     F(t) = 1 − Π_{t_i ≤ t} (1 − d_i / n_i)
 *
 * where it happens for d_i of the n_i who are watched up to t_i. Who is no longer watched drops out; the mean of
 * those for whom it has happened would be too short.
 *
 * @see Kaplan & Meier, "Nonparametric Estimation from Incomplete Observations" (JASA 1958).
 */
export function kaplanMeier(watched: readonly Observation[]): readonly ReachedBy[] {
  const sorted = watched.toSorted((a, b) => a.time - b.time);
  const curve: ReachedBy[] = [];
  let left = 1;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const { time } = sorted[from]!;
    let reached = 0;
    for (to = from; to < sorted.length && sorted[to]!.time === time; to++)
      reached += Number(sorted[to]!.isReached);
    if (reached === 0) continue;
    left *= 1 - reached / (sorted.length - from);
    curve.push({ time, share: 1 - left });
  }
  return curve;
}

/** Rounding of a product: a share of two halves is .5, not .4999…. */
const ROUNDING = 1e-9;

/** The first time by which it has happened for a share; `undefined` if it has not yet for that many. */
export const timeTo = (curve: readonly ReachedBy[], share: number): number | undefined =>
  curve.find((it) => it.share >= share - ROUNDING)?.time;

/** At most so many points of a curve, evenly among all; the last one is kept. */
export function thinned(curve: readonly ReachedBy[], most: number): readonly ReachedBy[] {
  const points = Math.min(most, curve.length);
  return Array.from({ length: points }, (_, n) => curve[Math.ceil(((n + 1) * curve.length) / points) - 1]!); // prettier-ignore
}
