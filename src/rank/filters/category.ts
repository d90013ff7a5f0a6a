/** Drops what does not belong to the category that was asked for. */
import type { Filter } from "../pipeline.ts";

export const category: Filter = {
  name: "category",
  keep: ({ within }, rows, kept) => {
    if (within !== undefined) for (let n = 0; n < rows.length; n++) kept[n]! &= within[rows[n]!]!;
  },
};
