/** Posts whose factors fit the person's. */
import type { Source } from "../pipeline.ts";
import { bestOf, DEPTH } from "./best-of.ts";

export const collaborative: Source = {
  name: "collaborative",
  retrieve: (query) => bestOf(query.collaborative(), DEPTH),
};
