/** Posts whose factors fit the person's. */
import type { Source } from "../pipeline.ts";
import { bestUnseen, DEPTH } from "./best-of.ts";

export const collaborative: Source = {
  name: "collaborative",
  retrieve: (query) => bestUnseen(query, query.collaborative(), DEPTH),
};
