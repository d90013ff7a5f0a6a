/** Drops what the person has touched before, dislikes included. */
import type { Filter } from "../pipeline.ts";

export const seen: Filter = {
  name: "seen",
  keep: ({ person }) => {
    const rows = new Set(person.seen);
    return (row) => !rows.has(row);
  },
};
