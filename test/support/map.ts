/** A map of two posts, for tests of its route and of the dashboard. */
import type { PostId } from "../../src/domain/ids.ts";
import type { CatalogueMap } from "../../src/feed/map/catalogue-map.ts";

/** The map. Post 2 has no category. */
export const MAP: CatalogueMap = {
  snapshot: "s7",
  posts: {
    ids: ["1", "2"] as PostId[],
    x: [-0.25, 0.123456],
    y: [0, 1],
    categoryRows: [0, -1],
    createdAtMs: [0, 86_400_000],
    shown: [5, 0],
  },
  categories: ["Morning routines"],
  shares: [0.2, 0.1],
  withoutVector: 3,
  notShown: 4,
  shownSinceMs: 0,
};
