/** How near a post's text is to the mood that was asked for: a preference, not a filter. */
import type { Scorer } from "../pipeline.ts";

/** About as much as everything personal together: who names a mood wants to see it. */
const MOOD_WEIGHT = 2;

export const mood: Scorer = {
  name: "mood",
  weight: (query) => (query.mood === undefined ? 0 : MOOD_WEIGHT),
  score: ({ mood, columns, dense }, rows) =>
    mood === undefined
      ? columns.floats(rows.length).fill(0)
      : dense.texts.withSome(mood, rows).subarray(0, rows.length),
};
