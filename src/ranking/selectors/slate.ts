/** Slate: orders the head of a ranked list by maximal marginal relevance, page by page, under caps. */
import { WINDOW, type Caps } from "./caps.ts";

/** Posts of a page, whose similarity to each other counts. */
export const PAGE = 20;
/** Pages that are varied: few people scroll further. */
const PAGES = 2;
/** Ranks that a place is chosen from. */
const POOL = 48;
/** Ranks from the top in which caps hold. */
export const DEPTH = 200;
/** A cap counts if one of this many ranks keeps it: a post from further down fits too badly. */
export const AHEAD = 12;
/** Added to the similarity of two posts of one creator: .1 more costs sparse sets .4 % of known people's nDCG@20. */
export const SAME_CREATOR = 0.1;
/** Ranks that are compared with each other. */
export const COMPARED = POOL + (PAGES - 1) * PAGE;
/**
 * Fall of the chance that a post is liked with its rank n: as 1 / (n + 8), on the held-out cases of
 * MovieLens-1M, ml-latest-small, the demo and six sparse sets alike, whatever the scale of their scores.
 */
const RANK_OFFSET = 8;

/** The relevance of each compared rank; its mean over the first page is 1. */
const RELEVANCE = (() => {
  const chances = Float64Array.from({ length: COMPARED }, (_, n) => 1 / (n + RANK_OFFSET));
  const mean = chances.subarray(0, PAGE).reduce((sum, it) => sum + it, 0) / PAGE;
  return chances.map((it) => it / mean);
})();

/** A ranked list; entry n of each column is of the post ranked n. */
export type Slate = {
  readonly size: number;
  /** Number of the first ranks that stay where they are: what the session was shown last. */
  readonly shown?: number;
  /** Ranks that are ordered; {@link DEPTH} if absent. */
  readonly depth?: number;
  /** Weight of similarity against relevance; 0 leaves the order to the caps. */
  readonly lambda: number;
  /** Cosines of the first {@link COMPARED} ranks with each other, in lines as long as `Products.among` makes them. */
  readonly similarity: ArrayLike<number>;
  readonly creators: Caps;
  readonly categories: Caps;
};

/**
 * The ranks in their new order. Each place goes to the rank n of the greatest
 *
 *     relevance(n) − λ · mean similarity of n to what the page already has
 *
 * that keeps the caps. This is the greedy algorithm of max-sum diversification: with relevance it maximises the
 * mean distance of all pairs, which the determinant of a DPP and the largest similarity of plain MMR do not.
 *
 * @see Carbonell & Goldstein, "The Use of MMR" (SIGIR 1998); Borodin, Lee & Ye, "Max-Sum Diversification" (PODS 2012).
 */
export function orderSlate(slate: Slate): Uint32Array {
  const { size, shown = 0, depth = DEPTH, lambda, similarity, creators } = slate;
  const out = new Uint32Array(size);
  const isTaken = new Uint8Array(size);
  const compared = Math.min(size, COMPARED);
  const stride = similarity.length / Math.max(1, compared);
  const similar = new Float64Array(compared);
  const screen = screenOf(slate);
  let [first, filled] = [0, 0];
  const nextFree = (): number => {
    for (let at = first, n = 0; n < AHEAD && at < size; at++) {
      if (isTaken[at] === 1) continue;
      if (screen.isFree(at)) return at;
      n++;
    }
    return first;
  };
  /** The rank of the greatest marginal relevance: of those that keep the caps, if one of them is near. */
  const best = (): number => {
    const penalty = lambda / Math.max(1, filled % PAGE);
    let [top, free, isNear] = [first, first, false];
    let [topValue, freeValue] = [-Infinity, -Infinity];
    for (let at = first, n = 0; n < POOL && at < compared; at++) {
      if (isTaken[at] === 1) continue;
      const value = RELEVANCE[at - shown]! - penalty * similar[at]!;
      if (value > topValue) {
        topValue = value;
        top = at;
      }
      const isFree = screen.isFree(at);
      if (isFree && n < AHEAD) isNear = true;
      if (isFree && value > freeValue) {
        freeValue = value;
        free = at;
      }
      n++;
    }
    return isNear ? free : top;
  };
  for (; filled < Math.min(size, depth); filled++) {
    while (isTaken[first] === 1) first++;
    if (filled % PAGE === 0) similar.fill(0);
    const isVaried = filled < PAGES * PAGE;
    const chosen = filled < shown ? filled : isVaried ? best() : nextFree();
    isTaken[chosen] = 1;
    out[filled] = chosen;
    screen.add(chosen, out[filled - (WINDOW - 1)]);
    const creator = creators.labels[chosen]!;
    for (let at = 0; isVaried && at < compared; at++) {
      similar[at]! += similarity[chosen * stride + at]!;
      if (creator > 0 && creators.labels[at] === creator) similar[at]! += SAME_CREATOR;
    }
  }
  for (let at = first; at < size; at++) if (isTaken[at] === 0) out[filled++] = at;
  return out;
}

/** Counts of labels on the screen that ends before the place to be filled. */
function screenOf({ creators, categories }: Slate) {
  const ofCreator = new Uint8Array(creators.count);
  const ofCategory = new Uint8Array(categories.count);
  const pairs = [
    [ofCreator, creators.labels],
    [ofCategory, categories.labels],
  ] as const;
  return {
    /** True if one more post of the rank's creator and category keeps the caps. */
    isFree: (at: number): boolean =>
      ofCreator[creators.labels[at]!]! < creators.most[at]! &&
      ofCategory[categories.labels[at]!]! < categories.most[at]!,
    /** Shows the rank `at`. `over`: the rank that leaves the screen, if one does. */
    add: (at: number, over: number | undefined): void => {
      for (let kind = 0; kind < pairs.length; kind++) {
        const [counts, labels] = pairs[kind]!;
        if (labels[at]! > 0) counts[labels[at]!]!++;
        if (over !== undefined && labels[over]! > 0) counts[labels[over]!]!--;
      }
    },
  };
}
