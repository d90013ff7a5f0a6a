/** New posts, which nobody can have liked yet. */
import type { Source } from "../pipeline.ts";
import { firstEligible } from "./best-of.ts";

/** New posts that compete in every feed. */
const NEWEST = 200;

/** @param order  Servable rows from the newest to the oldest. */
export const fresh = (order: Uint32Array): Source => ({
  name: "fresh",
  retrieve: (query) => firstEligible(query, order, NEWEST),
});
