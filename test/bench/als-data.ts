/** Likes for the benchmark of iALS: MovieLens-1M, and as much as one wants of something like it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { nDcg } from "../../src/evaluation/metrics.ts";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import type { Csr } from "../../src/linalg/sparse.ts";
import { topK } from "../../src/linalg/top-k.ts";
import { numbersOf } from "../../src/benchmarks/files.ts";

const FOLDER = "../shared/data/ml-1m";
const TOP = 20;

/** Likes to learn from, and those held out: posts of each user. */
export type Split = { readonly train: Csr; readonly test: readonly ReadonlySet<number>[] };

/** P1, UltraGCN's split; `undefined`, and told why, where it is not to be had. */
export async function movielensSplit(): Promise<Split | undefined> {
  if (!existsSync(FOLDER)) return void console.error(`left out: there is no ${FOLDER} here`);
  const read = async (name: string) => {
    const users: number[][] = [];
    for (const [user, ...posts] of await numbersOf(join(FOLDER, name))) users[user!] = posts;
    return Array.from(users, (it) => it ?? []);
  };
  const train = await read("ultragcn.train.txt");
  const test = await read("ultragcn.test.txt");
  const posts = [...train, ...test].flat().reduce((most, it) => Math.max(most, it + 1), 0);
  return { train: matrixOf(train, posts), test: train.map((_, user) => new Set(test[user])) };
}

function matrixOf(rows: readonly (readonly number[])[], columnCount: number): Csr {
  let end = 0;
  const columns = Uint32Array.from(rows.flatMap((it) => it.toSorted((a, b) => a - b)));
  return {
    columnCount,
    rowStart: Uint32Array.of(0, ...rows.map((it) => (end += it.length))),
    columns,
    values: new Float32Array(columns.length).fill(1),
  };
}

/**
 * Likes as they are spread in real catalogues: the n-th most popular post is liked 1 / (n + 20) as
 * often, activity has a long tail (half of the people have less than two thirds of the mean). Popular
 * posts lie scattered among the others.
 */
export function generatedLikes(users: number, posts: number, mean: number, seed: number): Csr {
  const random = seededRandom(seed);
  const shares = new Float64Array(posts);
  let sum = 0;
  for (let rank = 0; rank < posts; rank++) shares[rank] = sum += 1 / (rank + 20);
  const drawn = () => {
    const at = random() * sum;
    let [low, high] = [0, posts - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shares[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return (low * SCATTER) % posts;
  };
  const rowStart = new Uint32Array(users + 1);
  const columns = new Uint32Array(users * mean * 2);
  for (let user = 0, end = 0; user < users; user++) {
    const count = Math.max(1, Math.min(20 * mean, Math.round(mean * ACTIVITY * random() ** -0.6)));
    const liked = new Set<number>();
    while (liked.size < count) liked.add(drawn());
    columns.set(Uint32Array.from(liked).sort(), end);
    end = rowStart[user + 1] = end + count;
  }
  return { columnCount: posts, rowStart, columns: columns.slice(0, rowStart[users]), values: new Float32Array(rowStart[users]!).fill(1) }; // prettier-ignore
}

/** Shares no divisor with round numbers. */
const SCATTER = 27_183;
/** Makes the mean of `random ** −0.6`, cut off, one. */
const ACTIVITY = 0.42;

/** Write what a process needs to read. */
export async function writeLikes(folder: string, { rowStart, columns }: Csr): Promise<void> {
  await Bun.write(join(folder, "rowStart"), rowStart);
  await Bun.write(join(folder, "columns"), columns);
}

/** Mean nDCG@20 of everybody with something held out, over all posts they have not liked yet. */
export async function quality(
  kernel: Kernel,
  { train, test }: Split,
  x: Float32Array,
  y: Float32Array,
): Promise<number> {
  const [posts, k] = [train.columnCount, y.length / train.columnCount];
  const turned = new Float32Array(y.length);
  for (const [n, it] of y.entries()) turned[(n % k) * posts + Math.floor(n / k)] = it;
  const scores = new Float32Array(test.length * posts);
  await kernel.multiply(scores, x, turned, k);
  let [sum, people] = [0, 0];
  for (const [user, relevant] of test.entries()) {
    if (relevant.size === 0) continue;
    const own = scores.subarray(user * posts, (user + 1) * posts);
    for (let n = train.rowStart[user]!; n < train.rowStart[user + 1]!; n++)
      own[train.columns[n]!] = -Infinity;
    sum += nDcg(topK(own, TOP), relevant, TOP);
    people++;
  }
  return sum / people;
}
