/** Posts that came next where others' recent past looked like the person's. */
import type { Source } from "../pipeline.ts";
import { stretchVotes } from "../sequence-knn.ts";

export const stretches: Source = {
  name: "stretches",
  retrieve: (query) => {
    const { eligible } = query.eligibility();
    // Of a few hundred votes all count: none needs to be chosen.
    const voted = stretchVotes(query.model, query.person);
    const rows = query.arrays.words(voted.rows.length);
    let size = 0;
    for (const [n, row] of voted.rows.entries())
      if (voted.weights[n]! > 0 && eligible[row] === 1) rows[size++] = row;
    return rows.subarray(0, size);
  },
};
