/** Posts that do well with everybody, whoever asks. */
import type { Source } from "../pipeline.ts";
import { firstEligible } from "./best-of.ts";

/** @param order  Servable rows by popularity, best first. */
export const popular = (order: Uint32Array): Source => ({
  name: "popular",
  retrieve: (query) => firstEligible(query, order, query.limit),
});
