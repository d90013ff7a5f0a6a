/** Posts that do well with everybody, whoever asks. */
import type { Source } from "../pipeline.ts";
import { unseen } from "./best-of.ts";

/** @param order  Servable rows by popularity, best first. */
export const popular = (order: Uint32Array): Source => ({
  name: "popular",
  retrieve: (query) => unseen(query, query.limit, (count) => order.subarray(0, count)),
});
