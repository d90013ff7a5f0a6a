/**
 * Linear sequence model, in closed form: ridge regression from decayed histories to the next post.
 *
 *     W = (ΦᵀΦ + λI)⁻¹ ΦᵀY
 *
 * Φ has a row for every step of every history: the posts before it, each with weight decay^age, in one
 * block per {@link DecayedWindow}, side by side. Y is the next post. This is EASE's regression with order:
 * the short block learns direct successors, the long one general ones.
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import {
  entriesByColumn,
  fullestColumns,
  entryRows,
  someColumns,
  type Csr,
  type TopTable,
} from "../../linalg/sparse.ts";
import type { DecayedWindow } from "../../linalg/decayed-window.ts";
import { emptyTable, keepLargest } from "../top-tables.ts";

/** Parameters of the regression. */
type LinearSequenceParams = {
  readonly blocks: readonly DecayedWindow[];
  readonly lambda: number;
  /** Weights kept per post and block. */
  readonly m: number;
  /** Most posts in the model: time grows with the third power of blocks × posts. */
  readonly postsMax: number;
  /** Fewest likes of a post in the model. */
  readonly likesMin: number;
};

/** Defaults. */
export const LINEAR_SEQUENCE: LinearSequenceParams = {
  blocks: [
    { decay: 0.5, window: 4, scale: 1 },
    { decay: 0.96, window: 80, scale: 0.35 },
  ],
  lambda: 200,
  m: 200,
  postsMax: 5_250,
  likesMin: 3,
};

/** Cost of a like in the conjugate gradients, some twenty steps, in costs of an entry of posts × posts in the dense solution. */
const LIKE_COST = 60;

/**
 * Trains the model.
 *
 * @param likes  Users × posts; a row's entries from oldest to newest, each post once; values unused.
 * @returns W: row `block × posts + post` of the table holds its largest weights; rows of posts that
 *   are not in the model are empty, all of them if it would have more than the most posts.
 */
export async function linearSequence(
  likes: Csr,
  params: LinearSequenceParams,
  kernel: Kernel,
): Promise<TopTable> {
  const { blocks, postsMax } = params;
  const active = fullestColumns(likes, postsMax + 1, params.likesMin);
  const n = active.length > postsMax ? 0 : active.length;
  const m = Math.max(1, Math.min(params.m, n));
  const out = emptyTable(blocks.length * likes.columnCount, m);
  if (n === 0) return out;
  await kernel.scratch(async () => {
    const histories = someColumns(likes, active);
    const weights = kernel.floats(blocks.length * n * n);
    if (kernel.regressHistories && histories.columns.length * LIKE_COST < n * n)
      await kernel.regressHistories(weights, histories, params);
    else await solveDense(weights, histories, params, kernel);
    const placeOf = (i: number) => Math.floor(i / n) * likes.columnCount + active[i % n]!;
    keepLargest(weights, active, out, placeOf);
  });
  return out;
}

/** W by the normal equations, for histories that fill them. */
async function solveDense(
  weights: Float32Array,
  histories: Csr,
  { blocks, lambda }: LinearSequenceParams,
  kernel: Pick<Kernel, "floats" | "solve">,
): Promise<void> {
  const unknowns = histories.columnCount * blocks.length;
  const a = kernel.floats(unknowns * unknowns);
  addSteps(histories, blocks, a, weights);
  for (let i = 0; i < unknowns; i++) a[i * unknowns + i]! += lambda;
  await kernel.solve(a, weights);
}

/**
 * Adds the lower triangle of ΦᵀΦ `[unknowns × unknowns]`, and ΦᵀY `[unknowns × posts]`, without storing
 * Φ. It goes post by post, so that a row of either stays in the cache.
 */
function addSteps(
  likes: Csr,
  blocks: readonly DecayedWindow[],
  gram: Float32Array,
  right: Float32Array,
): void {
  const { columnCount: n, rowStart, columns } = likes;
  const unknowns = n * blocks.length;
  const addPairs = pairAdder(likes, blocks, gram);
  const users = entryRows(likes);
  const byPost = entriesByColumn(likes).columns;
  for (let i = 0; i < byPost.length; i++) {
    const p = byPost[i]!;
    const [start, end] = [rowStart[users[p]!]!, rowStart[users[p]! + 1]!];
    for (let block = 0; block < blocks.length; block++) {
      const { decay, window, scale } = blocks[block]!;
      const row = (block * n + columns[p]!) * n;
      for (let next = p + 1, it = scale; next < Math.min(end, p + 1 + window); next++, it *= decay)
        right[row + columns[next]!]! += it;
      addPairs(p, start, end, block);
    }
  }
  addUpper(gram, unknowns);
}

/** Rows and columns of a tile: 16 kB. */
const TILE = 64;

/** Adds the upper triangle of a matrix `[n × n]` to the lower one, tile by tile. */
function addUpper(a: Float32Array, n: number): void {
  for (let top = 0; top < n; top += TILE)
    for (let left = 0; left <= top; left += TILE)
      for (let i = top; i < Math.min(n, top + TILE); i++)
        for (let j = left; j < Math.min(i, left + TILE); j++) a[i * n + j]! += a[j * n + i]!;
}

/**
 * Makes the function that adds, to ΦᵀΦ, all products of the post at index p of a history in one block
 * with the posts at indices q ≤ p in every block. Both are in Φ's row of each later step that their
 * blocks reach; over n such steps their products are a geometric series,
 *
 *     scale_p scale_q decay_q^(p − q) (1 + r + … + r^(n − 1)),   r = decay_p decay_q
 */
function pairAdder(
  { columnCount: posts, columns }: Csr,
  blocks: readonly DecayedWindow[],
  gram: Float32Array,
) {
  const unknowns = posts * blocks.length;
  const series = blocks.map((a) => blocks.map((b) => sumsOfPowers(a.decay * b.decay, a.window)));
  return (p: number, start: number, end: number, of: number): void => {
    const row = (of * posts + columns[p]!) * unknowns;
    const most = Math.min(end - 1 - p, blocks[of]!.window);
    for (let other = 0; other < blocks.length; other++) {
      const { decay, window, scale } = blocks[other]!;
      const [sums, at] = [series[of]![other]!, row + other * posts];
      // A post and itself are one pair, not two.
      const last = other > of ? p - 1 : p;
      let it = blocks[of]!.scale * scale * decay ** (p - last);
      for (let q = last; q > p - window && q >= start; q--, it *= decay)
        gram[at + columns[q]!]! += it * sums[Math.min(most, window - (p - q))]!;
    }
  };
}

/** 1 + r + … + r^(n − 1) for n from 0 to `most`. */
function sumsOfPowers(r: number, most: number): Float64Array {
  const sums = new Float64Array(most + 1);
  for (let n = 1; n <= most; n++) sums[n] = 1 + r * sums[n - 1]!;
  return sums;
}
