/** How near a post's text is to the nearest of the person's interests, and how far from dislikes. */
import { dotRows } from "../../math/vector.ts";
import { weightAt } from "../blend.ts";
import type { Scorer } from "../pipeline.ts";

/** What nearness to a dislike takes away, relative to what nearness to a like gives. */
const AGAINST_DISLIKED = 0.3;

export const similar: Scorer = {
  name: "similar",
  weight: ({ model, person }) => weightAt(model.info.blend, "similar", person.length),
  score: (query, rows) => {
    const { liked, all } = query.interests();
    const { columns, model } = query;
    const { embeddings, info } = model;
    const d = info.encoder?.dimension ?? 1;
    const [likes, count] = [liked.length / d, all.length / d];
    const everywhere = query.similarity();
    if (count === 0) return columns.floats(rows.length).fill(0);
    if (everywhere !== undefined)
      return columns.gather(
        columns.nearness(everywhere, likes, count - likes, AGAINST_DISLIKED),
        rows,
      );
    // A row is read once for all interests: it lies anywhere in a matrix that no cache holds.
    const out = columns.floats(rows.length);
    for (let n = 0; n < rows.length; n++) {
      let [nearest, repelled] = [likes > 0 ? -1 : 0, 0];
      for (let v = 0; v < count; v++) {
        const it = dotRows(all, v, embeddings, rows[n]!, d);
        if (v < likes) nearest = Math.max(nearest, it);
        else repelled = Math.max(repelled, it);
      }
      out[n] = nearest - AGAINST_DISLIKED * repelled;
    }
    return out;
  },
};
