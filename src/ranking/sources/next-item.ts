/** Posts that tend to follow what was liked last. */
import type { Source } from "../pipeline.ts";
import { bestEligible, DEPTH } from "./best-of.ts";

export const sequence: Source = {
  name: "sequence",
  retrieve: (query) => bestEligible(query, query.sequence(), DEPTH),
};
