/** Posts that came next where others' recent past looked like the person's. */
import type { Source } from "../pipeline.ts";
import { bestUnseen, DEPTH } from "./best-of.ts";

export const stretches: Source = {
  name: "stretches",
  retrieve: (query) => bestUnseen(query, query.stretches(), DEPTH),
};
