/** The most popular posts of the category that was asked for. */
import type { Source } from "../pipeline.ts";

/** @param order  Servable rows by popularity, best first. */
export const category = (order: Uint32Array): Source => ({
  name: "category",
  retrieve: ({ within, limit }) =>
    within === undefined
      ? new Uint32Array(0)
      : order.filter((row) => within[row] === 1).subarray(0, limit),
});
