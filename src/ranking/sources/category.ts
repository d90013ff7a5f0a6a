/** The most popular posts of the category that was asked for. */
import type { Source } from "../pipeline.ts";
import { firstUnseen } from "./best-of.ts";

/** @param order  Servable rows by popularity, best first. */
export const category = (order: Uint32Array): Source => ({
  name: "category",
  retrieve: (query) => {
    const { within, limit } = query;
    return within === undefined ? new Uint32Array(0) : firstUnseen(query, order, limit, within);
  },
});
