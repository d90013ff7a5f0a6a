/** Posts liked by the people who liked the same posts. */
import type { Source } from "../pipeline.ts";
import { bestUnseen, DEPTH } from "./best-of.ts";

export const neighbours: Source = {
  name: "neighbours",
  retrieve: (query) => bestUnseen(query, query.neighbours(), DEPTH),
};
