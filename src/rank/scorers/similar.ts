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
    const { embeddings, postIds, info } = query.model;
    const d = info.encoder?.dimension ?? 1;
    const everywhere = query.similarity();
    const likes = liked.length / d;
    // Of a post without a vector everything is 0.
    const nearness = new Float32Array(rows.length).fill(likes > 0 ? -1 : 0);
    const repelled = new Float32Array(rows.length);
    const count = all.length / d;
    if (everywhere === undefined)
      // A row is read once for all interests: it lies anywhere in a matrix that no cache holds.
      for (let n = 0; n < rows.length; n++)
        for (let v = 0; v < count; v++) {
          const most = v < likes ? nearness : repelled;
          const it = dotRows(all, v, embeddings, rows[n]!, d);
          if (it > most[n]!) most[n] = it;
        }
    else
      for (let v = 0; v < count; v++) {
        const most = v < likes ? nearness : repelled;
        const column = everywhere.subarray(v * postIds.length, (v + 1) * postIds.length);
        for (let n = 0; n < rows.length; n++) {
          const it = column[rows[n]!]!;
          if (it > most[n]!) most[n] = it;
        }
      }
    for (let n = 0; n < rows.length; n++) nearness[n]! -= AGAINST_DISLIKED * repelled[n]!;
    return nearness;
  },
};
