/** IVF of steps: inverted lists of similar states, of which a query probes only the nearest. */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { invertedLists } from "../../linalg/ivf.ts";
import { reorder, type StepTable } from "./sequence-knn.ts";

/** Fewest steps for inverted lists; fewer are scanned in .4 ms. */
const LISTS_FROM = 32_000;

/**
 * Number of lists, half the root of the number of steps: 500 lists of 2,000 for a million steps. Share of
 * the exact vote that 8,000 to 32,000 probed steps have on ML-1M (981,481 steps, 8 bits a number):
 *
 * | lists |  8,000 | 16,000 | 32,000 | made in |
 * | ----: | -----: | -----: | -----: | ------: |
 * |   512 |   .970 |   .989 |   .996 |   1.6 s |
 * | 1,024 |   .984 |   .993 |   .998 |   1.4 s |
 *
 * and on KuaiRand (388,713) more than .999.
 */
const listsOf = (steps: number): number => Math.round(Math.sqrt(steps) / 2);

/** Steps in the order of their lists, and within a list by the next post. */
export type ClusteredSteps = StepTable & {
  /** See `InvertedLists` in linalg/ivf.ts; both empty for few steps. */
  readonly centroids: Int8Array;
  readonly starts: Uint32Array;
};

/**
 * Clusters steps into inverted lists.
 *
 * @param all  In the order of the next post, which they keep within a list.
 */
export async function clusterSteps(
  all: StepTable,
  kernel: Pick<Kernel, "multiply">,
  seed: number,
  from = LISTS_FROM,
): Promise<ClusteredSteps> {
  const steps = all.next.length / 2;
  const width = all.states.length / steps;
  if (steps === 0 || steps < from)
    return { ...all, centroids: new Int8Array(0), starts: new Uint32Array(0) };
  const { centroids, starts, order } = await invertedLists(all.states, width, listsOf(steps), kernel, seed); // prettier-ignore
  return { ...reorder(all, order), centroids, starts };
}
