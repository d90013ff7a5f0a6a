/** Next-item: posts that tend to follow what was liked last. */
import { fullestColumns } from "../../linalg/sparse.ts";
import { emptyTable } from "../top-tables.ts";
import type { ModelSpec } from "../contract.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import { lookBackPart, partOf, serveLookBacks } from "./look-back.ts";

/** `m` successors of every post for each way to look back: row `block × posts + post`. */
export const sequencePart = lookBackPart("sequence");

/** The linear sequence model while it is affordable, up to 5,250 posts; nothing beyond. */
export const sequence: ModelSpec = {
  ...sequencePart,
  train: async ({ sequences, kernel }) => {
    const { blocks: lookBacks, unknownsMax, likesMin } = LINEAR_SEQUENCE;
    const postsMax = Math.floor(unknownsMax / lookBacks.length);
    const isAffordable = fullestColumns(sequences, postsMax + 1, likesMin).length <= postsMax;
    const table = isAffordable
      ? await linearSequence(sequences, LINEAR_SEQUENCE, kernel)
      : emptyTable(lookBacks.length * sequences.columnCount, 1);
    return partOf({ table, lookBacks });
  },
  serve: (view) => serveLookBacks(sequencePart.of(view.model), view),
  weights: [0, 0.4, 0.5, 0.6],
  isPersonal: true,
  about:
    "Order: what is liked next after the newest likes of a history (a linear model of sequences).",
  words: "often comes after what you liked last",
  because: "after which this often comes",
};
