/** Markov: posts that follow each of the last likes more than they follow others, as a product of experts. */
import { affordable } from "../top-tables.ts";
import type { ModelSpec } from "../contract.ts";
import { successorPart, partOf, serveSuccessors } from "../successor-tables.ts";
import { LOG_LIFTS, logLifts } from "./log-lifts.ts";

/** Log lifts in row `block × posts + post`. */
const markovPart = successorPart("markov");

/** @see logLifts */
export const markov: ModelSpec = {
  ...markovPart,
  train: ({ sequences }) => {
    const m = affordable(LOG_LIFTS.m, LOG_LIFTS.blocks.length * sequences.columnCount);
    const windows = LOG_LIFTS.blocks.map(({ query }) => query);
    return partOf({ table: logLifts(sequences, { ...LOG_LIFTS, m }), windows });
  },
  serve: (view) => serveSuccessors(markovPart.of(view.model), view),
  weights: [0, 0.1, 0.2, 0.3],
  isPersonal: true,
  about:
    "Transitions: what comes after each of the newest likes more often than after other posts (a Markov chain).",
  words: "comes after what you liked last more often than after other posts",
  because: "after which this comes more often than after other posts",
};
