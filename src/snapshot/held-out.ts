/** Held-out cases of a training run: by these, other weights can be judged while the snapshot serves. */
import { anyLength, optional, partSpec } from "./columns.ts";

/**
 * Each case is one person at one history length. A column named …Starts has the index at which each case's entries
 * begin in the columns below it, and the end as its last entry. Posts are keys. All are empty where nothing was held out.
 */
export const heldOutPart = partSpec<{
  /** Names of the score terms, in the order of `scores`. */
  readonly terms?: readonly string[];
}>()("held-out", {
  /** Number of the person. */
  people: optional(anyLength("Uint32Array")),
  /** Number of posts that the ranker may know. */
  lengths: optional(anyLength("Uint32Array")),
  candidateStarts: optional(anyLength("Uint32Array")),
  /** The best candidates, in the order of standing. */
  candidates: optional(anyLength("Uint32Array")),
  /** Standardised scores, of all candidates of a case by one term, then by the next one. */
  scores: optional(anyLength("Float32Array")),
  /** Of the candidates at the cut, 0 to 1: another half-life changes it, and so the scores by it. */
  freshness: optional(anyLength("Float32Array")),
  allStarts: optional(anyLength("Uint32Array")),
  /** Of all candidates, those too that are not kept. */
  allFreshness: optional(anyLength("Float32Array")),
  positiveStarts: optional(anyLength("Uint32Array")),
  /** Posts that they liked after the cut. */
  positives: optional(anyLength("Uint32Array")),
  knownStarts: optional(anyLength("Uint32Array")),
  /** Posts of the history, oldest first, with the columns of a person. */
  known: optional(anyLength("Uint32Array")),
  confidence: optional(anyLength("Float32Array")),
  newer: optional(anyLength("Uint32Array")),
});
