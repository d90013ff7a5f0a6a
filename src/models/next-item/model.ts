/** Next-item: posts that tend to follow what was liked last. */
import type { ModelSpec } from "../contract.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import { lookBackPart, partOf, serveLookBacks } from "../look-back.ts";

/** `m` successors of every post for each way to look back: row `block × posts + post`. */
export const sequencePart = lookBackPart("sequence");

/** The linear sequence model. A store with more than 5,250 posts that it would hold has none. */
export const sequence: ModelSpec = {
  ...sequencePart,
  train: async ({ sequences, kernel }) => {
    const table = await linearSequence(sequences, LINEAR_SEQUENCE, kernel);
    return partOf({ table, lookBacks: LINEAR_SEQUENCE.blocks });
  },
  serve: (view) => serveLookBacks(sequencePart.of(view.model), view),
  weights: [0, 0.4, 0.5, 0.6],
  isPersonal: true,
  about:
    "Order: what is liked next after the newest likes of a history (a linear model of sequences).",
  words: "often comes after what you liked last",
  because: "after which this often comes",
};
