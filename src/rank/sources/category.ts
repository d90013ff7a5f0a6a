/** The most popular posts of the category that was asked for. */
import type { Source } from "../pipeline.ts";
import { unseen } from "./best-of.ts";

/** @param order  Servable rows by popularity, best first. */
export const category = (order: Uint32Array): Source => ({
  name: "category",
  retrieve: (query) => {
    const { within, limit } = query;
    if (within === undefined) return new Uint32Array(0);
    const inside = order.filter((row) => within[row] === 1);
    return unseen(query, limit, (count) => inside.subarray(0, count));
  },
});
