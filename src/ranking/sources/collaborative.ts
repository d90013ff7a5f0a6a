/** Posts whose factors fit the person's. */
import type { Source } from "../pipeline.ts";
import { bestEligible, DEPTH } from "./best-of.ts";

export const collaborative: Source = {
  name: "collaborative",
  retrieve: (query) => {
    const { dense, person } = query;
    return dense.mips && person.factors
      ? dense.mips(person.factors, DEPTH, query.eligibility().eligible)
      : bestEligible(query, query.collaborative(), DEPTH);
  },
};
