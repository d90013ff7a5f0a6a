/** Trains the factors: iALS with a prior mean from each row's features. */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { transpose, type Csr } from "../../linalg/sparse.ts";
import { gram, randomFactors, sweepBy, type AlsParams } from "./als.ts";
import { ridgeMap, type Features } from "./priors.ts";

/** Factors, and the maps from features to the prior factors of posts and people without events. */
export type Factorised = {
  readonly postFactors: Float32Array;
  readonly gram: Float64Array;
  /** W `[post features × k]`. */
  readonly postMap: Float32Array;
  /** W `[user features × k]`. */
  readonly userMap: Float32Array;
};

/** Ridge of a map, in rows. */
const RIDGE = 20;
/** Observations at which a row has half the weight, in the fit of its map, of a row with very many. */
const HALF_WEIGHT = 5;

/** Options of a training run. */
type FactoriseRun = {
  readonly params: AlsParams;
  readonly seed: number;
  readonly kernel: Kernel;
  /** Initial Y `[posts × k]`; rows of zeros, or all if absent, start at random. */
  readonly start?: Float32Array | undefined;
  readonly onEpoch?: (epoch: number) => void;
};

/**
 * Trains the factors.
 *
 * @param matrix  C, users × posts, signed.
 */
export function factorise(
  matrix: Csr,
  posts: Features,
  users: Features,
  run: FactoriseRun,
): Promise<Factorised> {
  return run.kernel.scratch(() => alternate(matrix, posts, users, run));
}

async function alternate(
  matrix: Csr,
  posts: Features,
  users: Features,
  { params, seed, kernel, start, onEpoch }: FactoriseRun,
): Promise<Factorised> {
  const { k, alpha0 } = params;
  const [people, entries] = [users.known.length, matrix.columns.length];
  const byPost = transpose(matrix, kernel.sparse(posts.known.length, people, entries));
  const byUser = transpose(byPost, kernel.sparse(people, posts.known.length, entries));
  const postMap = await ridgeMap(kernel, posts, mapWeights(byPost), RIDGE, k);
  const userMap = await ridgeMap(kernel, users, mapWeights(byUser), RIDGE, k);
  const x = kernel.floats(people * k);
  const y = kernel.floats(posts.known.length * k);
  y.set(initialY(start, posts.known.length, k, seed));
  for (let epoch = 1; epoch <= params.epochs; epoch++) {
    await sweepBy(kernel, x, byUser, y, params, userMap.means);
    await userMap.fit(x);
    await sweepBy(kernel, y, byPost, x, params, postMap.means);
    await postMap.fit(y);
    onEpoch?.(epoch);
  }
  placeCold(y, byPost, postMap.means, k);
  const maps = { postMap: postMap.map.slice(), userMap: userMap.map.slice() };
  return { postFactors: y.slice(), gram: gram(y, k, alpha0), ...maps };
}

/** Initial Y. Never zero: people and posts that are only connected to each other would stay at zero. */
function initialY(start: Float32Array | undefined, rows: number, k: number, seed: number) {
  const y = randomFactors(rows, k, seed);
  for (let row = 0; start && row < rows; row++) {
    const before = start.subarray(row * k, row * k + k);
    if (before.some((it) => it !== 0)) y.set(before, row * k);
  }
  return y;
}

/** Sets the factors of posts without events to their prior mean. */
function placeCold(y: Float32Array, byPost: Csr, means: Float32Array | undefined, k: number): void {
  for (let row = 0; row < byPost.rowStart.length - 1; row++)
    if (means && byPost.rowStart[row] === byPost.rowStart[row + 1])
      y.set(means.subarray(row * k, row * k + k), row * k);
}

/** Weight of each row in the fit of its map, 0 to 1: it grows with the number of observations. */
function mapWeights(matrix: Csr): Float32Array {
  return Float32Array.from({ length: matrix.rowStart.length - 1 }, (_, row) => {
    const n = matrix.rowStart[row + 1]! - matrix.rowStart[row]!;
    return n / (n + HALF_WEIGHT);
  });
}
