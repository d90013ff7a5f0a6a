import { describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { plainKernel } from "../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { transpose } from "../../src/linalg/sparse.ts";
import { randomFactors, sweep, sweepBy } from "../../src/models/ials/als.ts";
import golden from "../golden/als.json";
import { checkerboard } from "../support/checkerboard.ts";
import { oneThread } from "../support/kernel.ts";
import { csr, dense } from "../support/matrix.ts";

const [USERS, POSTS] = [15, 12];
const PARAMS = { k: 3, lambda: 0.05, alpha0: 0.2, epochs: 6 };

/** Every user touched some posts and every post was touched; one touch in five is a dislike. */
function someMatrix(seed: number) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: USERS }, (_, user) =>
    Array.from(
      { length: POSTS },
      (_, post) => [post, sign(random()) * (0.2 + random())] as const,
    ).filter(([post]) => random() < 0.4 || post === user % POSTS),
  );
  return csr(rows, POSTS);
}

const sign = (chance: number) => (chance < 0.8 ? 1 : -1);
const flat = (rows: readonly number[][]) => Float32Array.from(rows.flat());
const someMeans = (rows: number, seed: number) =>
  randomFactors(rows, PARAMS.k, seed).map((it) => it / 2);

/** L(X, Y) as the head of als.ts writes it. */
function loss(
  c: number[][],
  x: Float32Array,
  y: Float32Array,
  means: [Float32Array, Float32Array],
  { k, lambda, alpha0 } = PARAMS,
) {
  const row = (m: Float32Array, r: number) => [...m.subarray(r * k, r * k + k)];
  const apart = (m: Float32Array, mean: Float32Array, r: number) =>
    row(m, r).reduce((sum, it, i) => sum + (it - mean[r * k + i]!) ** 2, 0);
  const touched = (them: number[]) => them.filter((it) => it !== 0).length;
  let sum = 0;
  for (const [u, them] of c.entries()) {
    for (const [p, confidence] of them.entries()) {
      const score = row(x, u).reduce((s, xi, i) => s + xi * y[p * k + i]!, 0);
      sum += alpha0 * score ** 2 + Math.abs(confidence) * (Number(confidence > 0) - score) ** 2;
    }
    sum += lambda * (touched(them) + alpha0 * POSTS) * apart(x, means[0], u);
  }
  for (let p = 0; p < POSTS; p++)
    sum += lambda * (touched(c.map((it) => it[p]!)) + alpha0 * USERS) * apart(y, means[1], p);
  return sum;
}

describe("sweeping", () => {
  test("lowers the loss every time, until there is little to gain", () => {
    const matrix = someMatrix(1);
    const means: [Float32Array, Float32Array] = [someMeans(USERS, 2), someMeans(POSTS, 3)];
    const [x, y] = [new Float32Array(USERS * PARAMS.k), randomFactors(POSTS, PARAMS.k, 4)];
    const c = dense(matrix);
    const losses = [loss(c, x, y, means)];
    for (let epoch = 0; epoch < 30; epoch++) {
      sweep(x, matrix, y, PARAMS, means[0]);
      losses.push(loss(c, x, y, means));
      sweep(y, transpose(matrix), x, PARAMS, means[1]);
      losses.push(loss(c, x, y, means));
    }
    for (const [n, it] of losses.slice(1).entries())
      expect(it).toBeLessThan(losses[n]! * (1 + 1e-6)); // factors are rounded to float32
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.6);
    expect(losses.at(-1)).toBeGreaterThan(losses.at(-2)! * 0.999);
  });

  test("equals ml-matrix's dense solution", () => {
    const matrix = someMatrix(5);
    const y = randomFactors(POSTS, PARAMS.k, 6);
    const means = someMeans(USERS, 7);
    const x = new Float32Array(USERS * PARAMS.k);
    sweep(x, matrix, y, PARAMS, means);
    const Y = Matrix.from1DArray(POSTS, PARAMS.k, [...y]);
    for (const [u, c] of dense(matrix).entries()) {
      const ridge = PARAMS.lambda * (c.filter((it) => it !== 0).length + PARAMS.alpha0 * POSTS);
      const C = Matrix.diag(c.map((it) => PARAMS.alpha0 + Math.abs(it)));
      const left = Y.transpose().mmul(C).mmul(Y).add(Matrix.eye(PARAMS.k).mul(ridge));
      const mean = Matrix.columnVector([...means.subarray(u * PARAMS.k, (u + 1) * PARAMS.k)]);
      const liked = Matrix.columnVector(c.map((it) => Math.max(0, it)));
      const oracle = solve(left, Y.transpose().mmul(liked).add(mean.mul(ridge))).to1DArray();
      for (const [i, it] of oracle.entries()) expect(x[u * PARAMS.k + i]).toBeCloseTo(it, 5);
    }
  });

  test("agrees with an independent implementation in Python after four epochs", () => {
    const { params, confidence } = golden;
    const rows = confidence.map((them) => [...them.entries()].filter(([, it]) => it !== 0));
    const matrix = csr(rows, golden.posts.length);
    const [x, y] = [new Float32Array(rows.length * params.k), flat(golden.start)];
    for (let epoch = 0; epoch < params.epochs; epoch++) {
      sweep(x, matrix, y, params, flat(golden.userMeans));
      sweep(y, transpose(matrix), x, params, flat(golden.postMeans));
    }
    for (const [n, it] of flat(golden.users).entries()) expect(x[n]).toBeCloseTo(it, 5);
    for (const [n, it] of flat(golden.posts).entries()) expect(y[n]).toBeCloseTo(it, 5);
  });

  test("puts a row without entries at its prior mean, or at zero", () => {
    const matrix = csr([[[0, 1]], []], POSTS);
    const y = randomFactors(POSTS, PARAMS.k, 1);
    const x = new Float32Array(2 * PARAMS.k).fill(9);
    const means = someMeans(2, 2);
    sweep(x, matrix, y, PARAMS, means);
    expect(x.subarray(PARAMS.k)).toEqual(means.subarray(PARAMS.k));
    sweep(x, matrix, y, PARAMS);
    expect(x.subarray(PARAMS.k)).toEqual(new Float32Array(PARAMS.k));
  });
});

describe("sweeping by the kernel", () => {
  const matrix = someMatrix(8);
  const wide = { ...PARAMS, k: 16, epochs: 20 };

  /** Both sides after their epochs, swept by `one`. */
  async function trained(one: typeof sweepBy, kernel: Pick<Kernel, "regress">, params = wide) {
    const { k } = params;
    const [x, y] = [new Float32Array(USERS * k), randomFactors(POSTS, k, 9)];
    for (let epoch = 0; epoch < params.epochs; epoch++) {
      await one(kernel, x, matrix, y, params);
      await one(kernel, y, transpose(matrix), x, params);
    }
    return { x, y };
  }
  const exactly: typeof sweepBy = async (_, ...args) => sweep(...args);

  test("lowers the loss to where exact sweeps bring it, in steps from where the last ended", async () => {
    const none: [Float32Array, Float32Array] = [
      new Float32Array(USERS * wide.k),
      new Float32Array(POSTS * wide.k),
    ];
    const start = await trained(sweepBy, oneThread, { ...wide, epochs: 1 });
    const [near, exact] = [await trained(sweepBy, oneThread), await trained(exactly, oneThread)];
    const lossOf = ({ x, y }: { x: Float32Array; y: Float32Array }) =>
      loss(dense(matrix), x, y, none, wide);
    expect(lossOf(near)).toBeLessThan(lossOf(start) * 0.99);
    expect(Math.abs(lossOf(near) / lossOf(exact) - 1)).toBeLessThan(1e-3);
    expect(near.y).not.toEqual(exact.y);
  });

  test("is exact where the kernel cannot", async () => {
    expect(await trained(sweepBy, plainKernel())).toEqual(await trained(exactly, oneThread));
    expect(await trained(sweepBy, oneThread, PARAMS)).toEqual(
      await trained(exactly, oneThread, PARAMS),
    );
  });
});

describe("a model trained on a checkerboard", () => {
  const [SIZE, BOARD] = [20, { k: 2, lambda: 0.01, alpha0: 0.1, epochs: 10 }];
  const likes = checkerboard(SIZE);

  const trained = (seed: number) => {
    const matrix = csr(
      likes.map((posts) => posts.map((post) => [post, 1] as const)),
      SIZE,
    );
    const [x, y] = [new Float32Array(SIZE * BOARD.k), randomFactors(SIZE, BOARD.k, seed)];
    for (let epoch = 0; epoch < BOARD.epochs; epoch++) {
      sweep(x, matrix, y, BOARD);
      sweep(y, transpose(matrix), x, BOARD);
    }
    return { x, y };
  };

  test.each([1, 2, 3])("recommends to everyone the one post held back (seed %d)", (seed) => {
    const { x, y } = trained(seed);
    const score = (user: number, post: number) =>
      x[user * 2]! * y[post * 2]! + x[user * 2 + 1]! * y[post * 2 + 1]!;
    for (const [user, liked] of likes.entries()) {
      const unseen = [...likes.keys()].filter((post) => !liked.includes(post));
      const best = unseen.sort((a, b) => score(user, b) - score(user, a))[0];
      expect(best).toBe(user);
    }
  });

  test("has the same bytes for the same seed", () => {
    expect(trained(1)).toEqual(trained(1));
    expect(trained(1)).not.toEqual(trained(2));
  });
});
