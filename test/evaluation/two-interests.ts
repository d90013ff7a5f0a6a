/** A model in which people like either even or odd rows. */
import type { Baseline } from "../../src/evaluation/systems.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";

/** Posts of the model. */
export const POSTS = 30;
/** A like of a post; `n` orders likes in time. */
export const like = (post: number, n = 0): Done => ({
  post,
  kind: "like",
  atMs: AS_OF_MS - 1_000 + n,
});
/** The key of the post at a row. */
export const idOf = (row: number) => 101 + row;

/**
 * A model of two interests, even and odd rows; row 28 is locked. Recent popularity falls with the
 * row, all-time popularity rises.
 */
export const model = modelOf(
  Array.from({ length: POSTS }, (_, row) => ({
    factors: row % 2 === 0 ? [1 - row / 1_000, 0] : [0, 1 - row / 1_000],
    vector: row % 2 === 0 ? [1, 0, 0.1] : [0, 1, 0.1],
    ...(row === 28 && { flags: LOCKED }),
    ageDays: 1,
  })),
);
/** All-time likes, more the higher the row. */
export const likes = Float32Array.from({ length: POSTS }, (_, row) => row + 1);
/** A baseline that scores posts by counts. */
export const popularity = (counts: ArrayLike<number>): Baseline => ({
  name: "popularity",
  score: (_, rows) => Float32Array.from(rows, (row) => counts[row]!),
});
