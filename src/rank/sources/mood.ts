/** Posts whose texts are near the mood. */
import type { Source } from "../pipeline.ts";
import { DEPTH, unseen } from "./best-of.ts";

export const mood: Source = {
  name: "mood",
  retrieve: (query) => {
    const { mood, nearest } = query;
    if (mood === undefined) return new Uint32Array(0);
    return unseen(query, DEPTH, (count) => nearest(mood, count));
  },
};
