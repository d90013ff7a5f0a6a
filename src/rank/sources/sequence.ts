/** Posts that tend to follow what was liked last. */
import type { Source } from "../pipeline.ts";
import { bestOf, DEPTH, unseen } from "./best-of.ts";

export const sequence: Source = {
  name: "sequence",
  retrieve: (query) => unseen(query, DEPTH, (count) => bestOf(query.sequence(), count)),
};
