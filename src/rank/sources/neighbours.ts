/** Posts liked by the people who liked the same posts. */
import type { Source } from "../pipeline.ts";
import { bestOf, DEPTH, unseen } from "./best-of.ts";

export const neighbours: Source = {
  name: "neighbours",
  retrieve: (query) => unseen(query, DEPTH, (count) => bestOf(query.neighbours(), count)),
};
