/** Lasting popularity: popularity with a half-life of half a year. */
import { topK } from "../../linalg/top-k.ts";
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec, Served } from "../contract.ts";
import { blendLength } from "../person.ts";
import { byColumn, firstEligible } from "../pick.ts";
import { POPULARITY, popularity, type PopularityParams } from "../popularity/popularity.ts";

/**
 * A long half-life: beside `popular`, whose half-life is fitted, it tells posts liked for long from those that have just
 * come up. Of 60, 180 and 3,650 days, no one is better for newcomers of 24 sparse sets.
 */
export const LASTING: PopularityParams = { ...POPULARITY, halfLifeDays: 180 };
/** Posts that compete in a newcomer's feed, as many as the newest. */
export const MOST_LASTING = 200;
/** Best posts that are kept in order, of which a request takes the first eligible ones. */
const ORDERED = 1_000;
const NOTHING = new Uint32Array(0);

const part = partSpec<object>()("lasting", { lasting: column("Float32Array", "posts") });

/** Posts that have been popular for long. They are counted anew by each training: a day changes little of half a year. */
export const lasting: ModelSpec = {
  ...part,
  train: ({ entries, posts, asOfMs }) => ({
    info: {},
    columns: { lasting: popularity(entries, posts, asOfMs, LASTING) },
  }),
  *serve({ model }) {
    const column = part.of(model).columns.lasting;
    const best = topK(column, ORDERED, undefined, 0);
    const { score } = byColumn(() => column);
    const retrieve: Served["retrieve"] = (request) =>
      blendLength(request.person) > 0 ? NOTHING : firstEligible(request, best, MOST_LASTING);
    return { score, retrieve };
  },
  weights: [0.2, 0, 0, 0],
  isForNewcomers: true,
  slider: "popularity",
  about: "What everybody has liked for long: popularity that fades within half a year.",
  words: "has done well with everybody for long",
};
