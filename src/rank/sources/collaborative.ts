/** Posts whose factors fit the person's. */
import type { Source } from "../pipeline.ts";
import { bestOf, DEPTH, unseen } from "./best-of.ts";

export const collaborative: Source = {
  name: "collaborative",
  retrieve: (query) => unseen(query, DEPTH, (count) => bestOf(query.collaborative(), count)),
};
