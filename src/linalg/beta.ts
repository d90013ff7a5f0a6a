/** Beta distributions as tables of their CDF: draws, and the exact chance that each of several draws is the largest. */

/** Number of equal cells that a table has on [0, 1]; its CDF is linear within each. */
const CELLS = 256;

/** A CDF at the bounds of the cells, from 0 to 1 `[CELLS + 1]`. */
export type Cdf = Float64Array;

/** The CDF of Beta(mean · strength, (1 − mean) · strength); each cell has the density of its middle. */
export function betaCdf(mean: number, strength: number): Cdf {
  const [a, b] = [mean * strength, (1 - mean) * strength];
  const cdf = new Float64Array(CELLS + 1);
  const mode = (Math.min(CELLS - 1, Math.floor(mean * CELLS)) + 0.5) / CELLS;
  const top = (a - 1) * Math.log(mode) + (b - 1) * Math.log(1 - mode); // keeps exp within range
  for (let n = 0; n < CELLS; n++) {
    const x = (n + 0.5) / CELLS;
    cdf[n + 1] = cdf[n]! + Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x) - top);
  }
  const total = cdf[CELLS]!;
  for (let n = 1; n <= CELLS; n++) cdf[n]! /= total;
  return cdf;
}

/** The number whose CDF is `u`: a draw, if `u` is uniform on [0, 1). */
export function quantile(cdf: Cdf, u: number): number {
  let [from, to] = [0, CELLS];
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if (cdf[middle]! <= u) from = middle;
    else to = middle;
  }
  return (from + (u - cdf[from]!) / (cdf[to]! - cdf[from]!)) / CELLS;
}

/** Nodes of Gauss–Legendre quadrature on [0, 1]; three are exact for products of up to six linear CDFs. */
const NODES = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const;
const NODE_WEIGHTS = [5 / 18, 8 / 18, 5 / 18] as const;

/**
 * The chance that the draw from each distribution is the largest of all: ∫ fᵢ(x) · Π_{j≠i} Fⱼ(x) dx, by
 * quadrature within each cell.
 */
export function winChances(cdfs: readonly Cdf[]): Float64Array {
  const chances = new Float64Array(cdfs.length);
  const below = new Float64Array(cdfs.length);
  for (let cell = 0; cell < CELLS; cell++)
    for (let node = 0; node < NODES.length; node++) {
      for (let i = 0; i < cdfs.length; i++) {
        const from = cdfs[i]![cell]!;
        below[i] = from + NODES[node]! * (cdfs[i]![cell + 1]! - from);
      }
      for (let i = 0; i < cdfs.length; i++) {
        let others = NODE_WEIGHTS[node]! * (cdfs[i]![cell + 1]! - cdfs[i]![cell]!);
        for (let j = 0; j < cdfs.length && others > 0; j++) if (j !== i) others *= below[j]!;
        chances[i]! += others;
      }
    }
  return chances;
}
