/** Posts to explain, one for each answer. */
import { LOCKED, PRIVATE } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";

/** The posts. */
export const POSTS = Array.from({ length: 700 }, (_, n) => ({
  category: n % 20 === 0 ? "b" : "a",
  popularity: 1 / (n + 1),
  ageDays: 700 - n,
  flags: n === 7 ? LOCKED | PRIVATE : 0,
  ...(n < 3 ? { duplicateOf: 0 } : {}), // a selector shows one of these
  ...(n >= 10 && n < 20 ? { creator: "bo" } : {}), // another moves these apart
}));

/** The events of whoever asks. */
export const HISTORY: readonly Done[] = [
  { post: 101 + 3, kind: "view" },
  { post: 101 + 4, kind: "rating", value: -40 },
];
