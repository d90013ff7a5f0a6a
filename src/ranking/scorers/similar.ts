/** How near a post's text is to the nearest of the person's interests, and how far from dislikes. */
import { gather } from "../../linalg/vector-ops.ts";
import { weightAt } from "../blend.ts";
import { toldLength } from "../person.ts";
import type { Scorer } from "../pipeline.ts";

/** What nearness to a dislike takes away, relative to what nearness to a like gives. */
const AGAINST_DISLIKED = 0.3;

export const similar: Scorer = {
  name: "similar",
  weight: ({ model, person }) => weightAt(model.info.blend, "similar", toldLength(person)),
  score: (query, rows) => {
    const { count, likes, units } = query.interests();
    const { arrays, dense } = query;
    if (count === 0) return arrays.floats(rows.length).fill(0);
    const nearness = (products: Float32Array) =>
      dense.kernel.nearness(products, likes, count - likes, AGAINST_DISLIKED);
    const everywhere = query.similarity();
    return everywhere === undefined
      ? nearness(dense.texts.withSome(units(), rows)).subarray(0, rows.length)
      : gather(arrays, nearness(everywhere), rows);
  },
};
