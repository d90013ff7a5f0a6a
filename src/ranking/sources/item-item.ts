/** Posts liked by the people who liked the same posts. */
import type { Source } from "../pipeline.ts";
import { bestEligible, DEPTH } from "./best-of.ts";

export const neighbours: Source = {
  name: "neighbours",
  retrieve: (query) => bestEligible(query, query.neighbours(), DEPTH),
};
