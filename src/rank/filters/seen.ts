/** Drops what the person has touched before, dislikes included. */
import type { Filter } from "../pipeline.ts";

export const seen: Filter = {
  name: "seen",
  keep: (query, rows, kept) => {
    const seen = query.seen();
    for (let n = 0; n < rows.length; n++) if (seen[rows[n]!] === 1) kept[n] = 0;
  },
};
