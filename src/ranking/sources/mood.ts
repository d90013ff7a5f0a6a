/** Posts whose texts are near the mood. */
import type { Source } from "../pipeline.ts";
import { DEPTH } from "./best-of.ts";
import { nearTo } from "./near.ts";

export const mood: Source = {
  name: "mood",
  retrieve: (query) =>
    query.mood === undefined ? new Uint32Array(0) : nearTo(query, query.mood, DEPTH),
};
