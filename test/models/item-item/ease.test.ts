import { describe, expect, test } from "bun:test";
import { inverse, Matrix } from "ml-matrix";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { EASE, ease } from "../../../src/models/item-item/ease.ts";
import { postsSide } from "../../../src/models/item-item/closed-form.ts";
import { svdAe } from "../../../src/models/item-item/svd-ae.ts";
import type { TopTable } from "../../../src/linalg/sparse.ts";
import { checkerboard } from "../../support/checkerboard.ts";
import { sparse } from "../../support/matrix.ts";

const kernel = await openKernel({ threads: 1, spawn: () => new Worker("") });
const params = { ...EASE, lambda: 3, lambdaPerLike: 0, lowRank: 0 };
const DENOISED = { denoising: 0.5, fairness: 0.6, strength: 0.25 };

/** Random likes, users × posts, some stronger than others. */
function someLikes(users: number, posts: number): number[][] {
  const random = seededRandom(5);
  return Array.from({ length: users }, () =>
    Array.from({ length: posts }, () => (random() < 0.3 ? 0.5 + random() : 0)),
  );
}

describe("EASE", () => {
  test.each([
    ["its paper", [40, 12], { denoising: 0, fairness: 0, strength: 1 }],
    [
      "its paper, for fewer people than posts",
      [20, 30],
      { denoising: 0, fairness: 0, strength: 1 },
    ],
    ["denoising, weighed people, flat likes", [40, 12], DENOISED],
    ["the same for fewer people than posts", [20, 30], DENOISED],
  ] as const)("is the closed form of %s", async (_, [people, posts], more) => {
    const x = new Matrix(someLikes(people, posts));
    const table = await ease(sparse(x.to2DArray()), { ...params, ...more }, kernel);
    const counts = x.to2DArray().map((row) => row.filter((it) => it > 0).length);
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const w = Matrix.diag(counts.map((n) => (n / mean) ** -more.fairness));
    const flat = Matrix.pow(x, more.strength);
    const gram = flat.transpose().mmul(w).mmul(flat);
    const ridge = Matrix.diag(gram.diag().map((it) => 3 + more.denoising * it));
    const p = inverse(gram.add(ridge));
    for (let i = 0; i < posts; i++)
      for (let n = 0; n < posts - 1; n++) {
        const j = table.rows[i * table.m + n]!;
        expect(table.scores[i * table.m + n]!).toBeCloseTo(-p.get(i, j) / p.get(j, j), 4);
      }
  });

  test("is solved over people with likes or over posts, whichever are fewer", async () => {
    const sides: string[] = [];
    const watched: typeof kernel = {
      ...kernel,
      inverse: (a) => (sides.push(`${Math.sqrt(a.length)} posts`), kernel.inverse(a)),
      solve: (a, b) => (sides.push(`${Math.sqrt(a.length)} people`), kernel.solve(a, b)),
    };
    const nobody = Array.from({ length: 50 }, () => new Array<number>(30).fill(0));
    await ease(sparse([...nobody, ...someLikes(20, 30)]), params, watched);
    await ease(sparse(someLikes(40, 12)), params, watched);
    expect(sides).toEqual(["20 people", "12 posts"]);
  });

  test("adds the weights of SVD-AE, half of their share where an average post has so many likes", async () => {
    const x = new Matrix(someLikes(400, 300)); // more posts than are made at once
    const likes = sparse(x.to2DArray());
    const each = x.to1DArray().filter((it) => it > 0).length / 300;
    const more = { ...params, m: 300, fairness: 0, strength: 1 };
    const alone = await ease(likes, more, kernel);
    const both = await ease(likes, { ...more, lowRank: 0.6, lowRankHalf: each }, kernel);
    const { gram } = postsSide(likes, kernel);
    const { k, left, right } = await svdAe(gram, EASE.svd, kernel);
    const weight = (table: TopTable, i: number, j: number) => {
      const at = table.rows.subarray(i * table.m, (i + 1) * table.m - 1).indexOf(j);
      return at === -1 ? 0 : table.scores[i * table.m + at]!;
    };
    for (const [i, j] of [
      [0, 1],
      [5, 0],
      [255, 299],
      [256, 3],
      [299, 256],
    ] as const) {
      // prettier-ignore
      let smooth = 0;
      for (let c = 0; c < k; c++) smooth += left[i * k + c]! * right[c * 300 + j]!;
      expect(weight(both, i, j)).toBeCloseTo(weight(alone, i, j) + 0.3 * smooth, 4);
    }
    expect(weight(both, 7, 7)).toBe(0);
  });

  test("keeps the largest weights of a post, by size, and never the post itself", async () => {
    const likes = sparse(someLikes(40, 12));
    const [whole, cut] = [
      await ease(likes, params, kernel),
      await ease(likes, { ...params, m: 3 }, kernel),
    ];
    for (let i = 0; i < 12; i++) {
      const kept = [...cut.rows.subarray(i * 3, i * 3 + 3)];
      expect(kept).toEqual([...whole.rows.subarray(i * whole.m, i * whole.m + 3)]);
      expect(kept).not.toContain(i);
    }
  });

  test("recommends on a checkerboard the post held back", async () => {
    const likes = checkerboard(20);
    const board = likes.map((rows) =>
      Array.from({ length: 20 }, (_, n) => Number(rows.includes(n))),
    );
    const table = await ease(sparse(board), params, kernel);
    for (const [user, rows] of likes.entries()) {
      const scores = new Float32Array(20);
      for (const row of rows)
        for (let n = row * table.m; n < (row + 1) * table.m; n++)
          scores[table.rows[n]!]! += table.scores[n]!;
      const unseen = [...scores.keys()].filter((post) => !rows.includes(post));
      expect(unseen.sort((a, b) => scores[b]! - scores[a]!)[0]).toBe(user);
    }
  });

  test("leaves posts out that too few like, or that are too many", async () => {
    const likes = sparse([
      [1, 1, 0, 1],
      [1, 1, 0, 0],
      [1, 1, 1, 0],
    ]);
    const empty = (table: { m: number; scores: Float32Array }, row: number) =>
      table.scores.subarray(row * table.m, (row + 1) * table.m).every((it) => it === 0);
    const table = await ease(likes, { ...params, likesMin: 2 }, kernel);
    expect([0, 1, 2, 3].map((row) => empty(table, row))).toEqual([false, false, true, true]);
    const none = await ease(likes, { ...params, likesMin: 9 }, kernel);
    expect(none.scores.every((it) => it === 0)).toBe(true);
    const one = await ease(likes, { ...params, postsMax: 1 }, kernel);
    expect(one.scores.every((it) => it === 0)).toBe(true);
  });
});
