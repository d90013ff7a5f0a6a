/** How near a post's text is to the mood that was asked for: a preference, not a filter. */
import { dotRows } from "../../math/vector.ts";
import type { Scorer } from "../pipeline.ts";

/** About as much as everything personal together: who names a mood wants to see it. */
const MOOD_WEIGHT = 2;

export const mood: Scorer = {
  name: "mood",
  weight: (query) => (query.mood === undefined ? 0 : MOOD_WEIGHT),
  score: ({ mood, model }, rows) => {
    const d = model.info.encoder?.dimension ?? 0;
    return Float32Array.from(rows, (row) =>
      mood === undefined ? 0 : dotRows(mood, 0, model.embeddings, row, d),
    );
  },
};
