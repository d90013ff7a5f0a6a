/** Next-item: posts that tend to follow what was liked last. */
import type { ModelSpec } from "../contract.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import { successorPart, partOf, serveSuccessors } from "../successor-tables.ts";

/** `m` successors of every post for each window: row `block × posts + post`. */
export const sequencePart = successorPart("sequence");

/** The linear sequence model. A store with more posts that it would hold than its most has none. */
export const sequence: ModelSpec = {
  ...sequencePart,
  train: async ({ sequences, kernel }) => {
    const table = await linearSequence(sequences, LINEAR_SEQUENCE, kernel);
    return partOf({ table, windows: LINEAR_SEQUENCE.blocks });
  },
  serve: (view) => serveSuccessors(sequencePart.of(view.model), view),
  weights: [0, 0.4, 0.5, 0.6],
  isPersonal: true,
  about: `Order: what is liked next after the newest likes (a linear model). It has no effect where more than ${LINEAR_SEQUENCE.postsMax.toLocaleString("en-GB")} posts have ${LINEAR_SEQUENCE.likesMin} likes.`,
  words: "often comes after what you liked last",
  because: "after which this often comes",
};
