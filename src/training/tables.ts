/** Which model fills the tables of neighbours and successors: the closed forms while they are affordable. */
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { fullestColumns, type Csr, type TopTable } from "../linalg/sparse.ts";
import type { LookBack } from "../snapshot/model.ts";
import { EASE, ease } from "../models/item-item/ease.ts";
import { LINEAR_SEQUENCE, linearSequence } from "../models/next-item/linear-sequence.ts";
import { NEIGHBOURS, neighbours } from "../models/item-item/neighbours.ts";
import { SEQUENCE, successors, TRANSITIONS } from "../models/next-item/transitions.ts";

/**
 * Entries of a table, at most: 400 MB, which serving reads too. Beyond half a million posts each
 * keeps fewer than {@link NEIGHBOURS} and {@link SEQUENCE} say, a million 50.
 */
const ENTRIES_MAX = 50_000_000;
const affordable = (m: number, posts: number) => Math.min(m, Math.ceil(ENTRIES_MAX / posts));

/** EASE up to 8,000 posts that somebody else likes too (256 MB, a 15 s inverse), item neighbours beyond. */
export async function neighbourTable(
  likes: Csr,
  lambdaPerLike: number,
  kernel: Kernel,
): Promise<TopTable> {
  const active = fullestColumns(likes, EASE.postsMax + 1, EASE.likesMin);
  return active.length <= EASE.postsMax
    ? ease(likes, { ...EASE, lambdaPerLike }, kernel)
    : neighbours(likes, { ...NEIGHBOURS, m: affordable(NEIGHBOURS.m, likes.columnCount) });
}

/** What follows what, and how its rows look back on a history. */
export type SequenceTable = {
  readonly successors: TopTable;
  readonly lookBacks: readonly LookBack[];
};

/** The linear sequence model up to 5,250 posts, a table of transitions beyond. */
export async function sequenceTable(likes: Csr, kernel: Kernel): Promise<SequenceTable> {
  const { blocks, unknownsMax, likesMin } = LINEAR_SEQUENCE;
  const postsMax = Math.floor(unknownsMax / blocks.length);
  if (fullestColumns(likes, postsMax + 1, likesMin).length > postsMax) {
    const m = affordable(SEQUENCE.m, likes.columnCount);
    return { successors: successors(likes, { ...SEQUENCE, m }), lookBacks: TRANSITIONS };
  }
  return { successors: await linearSequence(likes, LINEAR_SEQUENCE, kernel), lookBacks: blocks };
}
