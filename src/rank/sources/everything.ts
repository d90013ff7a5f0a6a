/** All posts that may be in this feed: of a small catalogue it takes less time than to choose. */
import type { Source } from "../pipeline.ts";

/**
 * Posts up to which everything competes. That changed nDCG@20 by −.0014 to +.0020 on three sparse
 * sets of 1,800 posts, and by nothing on the demo and ML-1M's validation part.
 */
export const EVERYTHING_MAX = 4_096;

export const everything: Source = {
  name: "everything",
  retrieve: (query) => query.columns.ones(query.open()),
};
