/** How near a post's text is to the mood that was asked for: a preference, not a filter. */
import { dotRows } from "../../math/vector.ts";
import type { Scorer } from "../pipeline.ts";

/** About as much as everything personal together: who names a mood wants to see it. */
const MOOD_WEIGHT = 2;

export const mood: Scorer = {
  name: "mood",
  weight: (query) => (query.mood === undefined ? 0 : MOOD_WEIGHT),
  score: ({ mood, model, columns, dense }, rows) => {
    if (mood === undefined) return columns.floats(rows.length).fill(0);
    const everywhere = dense.texts?.(mood);
    if (everywhere !== undefined) return columns.gather(everywhere, rows);
    const out = columns.floats(rows.length);
    for (let n = 0; n < out.length; n++)
      out[n] = dotRows(mood, 0, model.embeddings, rows[n]!, mood.length);
    return out;
  },
};
