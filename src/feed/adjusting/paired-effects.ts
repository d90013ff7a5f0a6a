/** Paired effects: means before and after, and the interval of their difference. */
import { bootstrapping, type Interval } from "../../evaluation/bootstrap.ts";
import { meanOf } from "../../linalg/vector.ts";
import type { Steps } from "../../runtime/time-slicing.ts";

/** A figure before and after: means, and the 95 % interval of the difference. */
export type Effect = {
  readonly before: number;
  readonly after: number;
  readonly difference: Interval;
};

/** Values of one figure; entry n of both columns is of the same list. */
type Pairs = { readonly before: Float64Array; readonly after: Float64Array };

/** Seed of the resampling: equal figures have equal intervals. */
const SEED = 1;

/** The effect on each figure, in time slices. `clusters` are as in `bootstrap`. */
export function* pairedEffects(
  figures: readonly Pairs[],
  clusters?: readonly number[],
): Steps<Effect[]> {
  const differences = figures.map(({ before, after }) => after.map((it, n) => it - before[n]!));
  const intervals = yield* bootstrapping(differences, SEED, clusters);
  return figures.map(({ before, after }, n) => ({
    before: meanOf(before),
    after: meanOf(after),
    difference: intervals[n]!,
  }));
}
