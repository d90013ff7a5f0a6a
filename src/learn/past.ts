/** A dataset as it was at a cut. */
import type { Split } from "../evaluate/split.ts";
import type { Dataset } from "./dataset.ts";

/**
 * What could be learnt from when the part `split.before` was all there was: posts made later do not
 * exist yet, and upstream's counters and the profiles, which speak of now, are not known.
 */
export function datasetBefore(data: Dataset, { before, asOfMs }: Split): Dataset {
  const { posts } = data;
  const none = new Float64Array(posts.ids.length);
  return {
    ...data,
    asOfMs,
    histories: before,
    profiles: data.profiles.map(() => undefined),
    posts: {
      ...posts,
      viewCounts: none,
      exitCounts: none,
      isWithdrawn: posts.isWithdrawn.map((it, row) =>
        Math.max(it, Number(posts.createdAtMs[row]! > asOfMs)),
      ),
    },
  };
}
