/** Picks the candidate of a fit that beats the shipped one by more than chance. */

/** Observations that the prior variance weighs as many as. */
const PRIOR_OBSERVATIONS = 3;
/** Prior standard deviation of a gain from one observation to the next, as a share of the shipped quality. */
const PRIOR_SPREAD = 0.15;
/** Standard errors that a gain must exceed. */
const ERRORS = 1;

/** The candidate that was picked, and the mean qualities that decided. */
type Proven = { readonly best: number; readonly quality: number; readonly shipped: number };

/**
 * The candidate with the largest gain over the shipped one less its standard error: one that wins in
 * nearly every observation is picked, one that wins in a single one by far is not.
 *
 * @param values  Quality of each candidate in each observation `[candidates][observations]`.
 * @param weights  Weight of each observation, 0 to 1; 1 if absent.
 * @param shipped  Index of the shipped candidate, which stays unless another one's gain is above 0.
 */
export function provenBest(
  values: readonly (readonly number[])[],
  shipped: number,
  weights: readonly number[] = values[0]!.map(() => 1),
): Proven {
  const total = sum(weights);
  const mean = (x: readonly number[]) =>
    total === 0 ? 0 : sum(x.map((it, n) => weights[n]! * it)) / total;
  const usual = mean(values[shipped]!);
  const prior = PRIOR_OBSERVATIONS * (PRIOR_SPREAD * usual) ** 2;
  const squares = sum(weights.map((it) => it ** 2));
  let [best, most] = [shipped, 0];
  for (const [candidate, quality] of values.entries()) {
    if (candidate === shipped || total === 0) continue;
    const gains = quality.map((it, n) => it - values[shipped]![n]!);
    const gain = mean(gains);
    const spread = sum(gains.map((it, n) => weights[n]! * (it - gain) ** 2));
    const variance = (spread + prior) / (total + PRIOR_OBSERVATIONS);
    const sure = gain - (ERRORS * Math.sqrt(variance * squares)) / total;
    if (sure > most) [best, most] = [candidate, sure];
  }
  return { best, quality: mean(values[best]!), shipped: usual };
}

function sum(x: readonly number[]): number {
  return x.reduce((total, it) => total + it, 0);
}
