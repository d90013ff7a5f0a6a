/** Train the factors: iALS whose rows are drawn towards what their features promise. */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { transpose, type Csr } from "../../linalg/sparse.ts";
import { gram, randomFactors, sweepBy, type AlsParams } from "./als.ts";
import { ridgeMap, type Features } from "./priors.ts";

/** Factors, and the map that places people nobody has seen act. */
export type Factorised = {
  readonly postFactors: Float32Array;
  readonly gram: Float64Array;
  /** W `[user features × k]`. */
  readonly userMap: Float32Array;
};

/** Rows that a map's ridge counts for. */
const RIDGE = 20;
/** Observations at which a row teaches its map half as much as a row that has very many. */
const HALF_TAUGHT = 5;

/** Options of a training run. */
type FactoriseRun = {
  readonly params: AlsParams;
  readonly seed: number;
  readonly kernel: Kernel;
  /** Y to begin from `[posts × k]`; rows of zeros, or all if absent, begin at random. */
  readonly start?: Float32Array | undefined;
  readonly onEpoch?: (epoch: number) => void;
};

/** @param matrix  C, users × posts, signed. */
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
  const postMap = await ridgeMap(kernel, posts, teaching(byPost), RIDGE, k);
  const userMap = await ridgeMap(kernel, users, teaching(byUser), RIDGE, k);
  const x = kernel.floats(people * k);
  const y = kernel.floats(posts.known.length * k);
  y.set(beginning(start, posts.known.length, k, seed));
  for (let epoch = 1; epoch <= params.epochs; epoch++) {
    await sweepBy(kernel, x, byUser, y, params, userMap.means);
    await userMap.fit(x);
    await sweepBy(kernel, y, byPost, x, params, postMap.means);
    await postMap.fit(y);
    onEpoch?.(epoch);
  }
  placeCold(y, byPost, postMap.means, k);
  return { postFactors: y.slice(), gram: gram(y, k, alpha0), userMap: userMap.map.slice() };
}

/** Where Y begins. Never at zero: from there people and posts that only know each other stay there. */
function beginning(start: Float32Array | undefined, rows: number, k: number, seed: number) {
  const y = randomFactors(rows, k, seed);
  for (let row = 0; start && row < rows; row++) {
    const before = start.subarray(row * k, row * k + k);
    if (before.some((it) => it !== 0)) y.set(before, row * k);
  }
  return y;
}

/** A post without interactions is where its text says. */
function placeCold(y: Float32Array, byPost: Csr, means: Float32Array | undefined, k: number): void {
  for (let row = 0; row < byPost.rowStart.length - 1; row++)
    if (means && byPost.rowStart[row] === byPost.rowStart[row + 1])
      y.set(means.subarray(row * k, row * k + k), row * k);
}

/** Weight of each row in the fit of its map, 0 to 1: more observations make its factors surer. */
function teaching(matrix: Csr): Float32Array {
  return Float32Array.from({ length: matrix.rowStart.length - 1 }, (_, row) => {
    const n = matrix.rowStart[row + 1]! - matrix.rowStart[row]!;
    return n / (n + HALF_TAUGHT);
  });
}
