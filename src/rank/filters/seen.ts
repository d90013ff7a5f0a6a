/** Drops what the person has touched before, dislikes included. */
import type { Filter } from "../pipeline.ts";

export const seen: Filter = {
  name: "seen",
  keep: (query, rows, kept) => {
    const unseen = query.unseen();
    for (let n = 0; n < rows.length; n++) kept[n]! &= unseen[rows[n]!]!;
  },
};
