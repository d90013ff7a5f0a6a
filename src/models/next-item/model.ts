/** Next-item: posts that tend to follow what was liked last. */
import type { ModelSpec } from "../contract.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import { lookBackPart, partOf, serveLookBacks } from "../look-back.ts";

/** `m` successors of every post for each way to look back: row `block × posts + post`. */
export const sequencePart = lookBackPart("sequence");

/** Most posts in the model. */
const POSTS_MAX = LINEAR_SEQUENCE.unknownsMax / LINEAR_SEQUENCE.blocks.length;

/** The linear sequence model. A store with more than {@link POSTS_MAX} posts that it would hold has none. */
export const sequence: ModelSpec = {
  ...sequencePart,
  train: async ({ sequences, kernel }) => {
    const table = await linearSequence(sequences, LINEAR_SEQUENCE, kernel);
    return partOf({ table, lookBacks: LINEAR_SEQUENCE.blocks });
  },
  serve: (view) => serveLookBacks(sequencePart.of(view.model), view),
  weights: [0, 0.4, 0.5, 0.6],
  isPersonal: true,
  about: `Order: what is liked next after the newest likes (a linear model). Empty, so of no effect, past ${POSTS_MAX.toLocaleString("en-GB")} posts with ${LINEAR_SEQUENCE.likesMin} likes.`,
  words: "often comes after what you liked last",
  because: "after which this often comes",
};
