/** Drops what does not belong to the category that was asked for. */
import type { Filter } from "../pipeline.ts";

export const category: Filter = { name: "category", allowed: ({ within }) => within };
