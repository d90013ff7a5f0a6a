/** How near a post's text is to the nearest of the person's interests, and how far from dislikes. */
import { hasVector } from "../../nearest/exact.ts";
import { weightAt } from "../blend.ts";
import { bestSimilarity } from "../interests.ts";
import type { Scorer } from "../pipeline.ts";

/** What nearness to a dislike takes away, relative to what nearness to a like gives. */
const AGAINST_DISLIKED = 0.3;

export const similar: Scorer = {
  name: "similar",
  weight: ({ model, person }) => weightAt(model.info.blend, "similar", person.length),
  score: (query, rows) => {
    const { liked, disliked } = query.interests();
    const { embeddings, info } = query.model;
    const d = info.encoder?.dimension ?? 0;
    if (liked.length + disliked.length === 0) return new Float32Array(rows.length);
    return Float32Array.from(rows, (row) => {
      if (!hasVector(embeddings, row, d)) return 0;
      const nearness = liked.length > 0 ? bestSimilarity(liked, embeddings, row, d) : 0;
      const repelled = Math.max(0, bestSimilarity(disliked, embeddings, row, d));
      return nearness - AGAINST_DISLIKED * repelled;
    });
  },
};
