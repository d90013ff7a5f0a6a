/** Steps in lists of similar states, so that a query need not look at every step. */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { invertedLists } from "../../linalg/ivf.ts";
import { arranged, type StepTable } from "./sequence-knn.ts";

/** Number of steps from which they lie in lists: fewer are scanned in .4 ms. */
const LISTS_FROM = 32_000;

/**
 * Half the root of their number: 500 lists of 2,000 for a million steps. Of what the exact nearest
 * vote on ML-1M (981,481 steps), those among the nearest 16,000 by lists have
 *
 * | lists |  8,000 | 16,000 | 32,000 | made in |
 * | ----: | -----: | -----: | -----: | ------: |
 * |   512 |   .970 |   .989 |   .996 |   1.6 s |
 * | 1,024 |   .984 |   .993 |   .998 |   1.4 s |
 *
 * and on KuaiRand (388,713) more than .999.
 */
const listsOf = (steps: number): number => Math.round(Math.sqrt(steps) / 2);

/** Steps list by list, within a list by what came next. */
export type ClusteredSteps = StepTable & {
  /** See `InvertedLists` in linalg/ivf.ts; both empty where there are too few steps. */
  readonly centroids: Int8Array;
  readonly starts: Uint32Array;
};

/** @param all  In the order of what came next, which they keep within a list. */
export async function clustered(
  all: StepTable,
  kernel: Pick<Kernel, "multiply">,
  seed: number,
  from = LISTS_FROM,
): Promise<ClusteredSteps> {
  const steps = all.next.length / 2;
  if (steps === 0 || steps < from)
    return { ...all, centroids: new Int8Array(0), starts: new Uint32Array(0) };
  const width = all.states.length / steps;
  const { centroids, starts, order } = await invertedLists(all.states, width, listsOf(steps), kernel, seed); // prettier-ignore
  return { ...arranged(all, order), centroids, starts };
}
