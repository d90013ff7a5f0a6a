/** Posts whose texts are near the mood. */
import type { Source } from "../pipeline.ts";
import { DEPTH } from "./best-of.ts";

export const mood: Source = {
  name: "mood",
  retrieve: (query) =>
    query.mood === undefined ? new Uint32Array(0) : query.nearest(query.mood, DEPTH),
};
