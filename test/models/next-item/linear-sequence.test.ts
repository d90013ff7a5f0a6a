import { describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import type { Csr } from "../../../src/linalg/sparse.ts";
import { LINEAR_SEQUENCE, linearSequence } from "../../../src/models/next-item/linear-sequence.ts";
import { emptyTable } from "../../../src/models/top-tables.ts";

const kernel = await openKernel({ threads: 1, spawn: () => new Worker("") });
const POSTS = 7;
const blocks = [
  { decay: 0.5, window: 2, scale: 1 },
  { decay: 0.9, window: 4, scale: 0.5 },
];
const params = { ...LINEAR_SEQUENCE, blocks, lambda: 2, likesMin: 1 };

/** Histories as a matrix whose rows keep their order. */
function inOrder(lists: readonly (readonly number[])[], posts = POSTS): Csr {
  let end = 0;
  return {
    columnCount: posts,
    rowStart: Uint32Array.of(0, ...lists.map((it) => (end += it.length))),
    columns: Uint32Array.from(lists.flat()),
    values: new Float32Array(lists.flat().length).fill(1),
  };
}

/** Φ and Y, step by step as the formula says. */
function definition(lists: readonly (readonly number[])[]) {
  const phi: number[][] = [];
  const y: number[][] = [];
  for (const list of lists)
    for (let next = 1; next < list.length; next++) {
      const row = new Array<number>(POSTS * blocks.length).fill(0);
      for (const [block, { decay, window, scale }] of blocks.entries())
        for (let age = 0; age < Math.min(window, next); age++)
          row[block * POSTS + list[next - 1 - age]!]! += scale * decay ** age;
      phi.push(row);
      y.push(Array.from({ length: POSTS }, (_, post) => Number(post === list[next])));
    }
  return { phi: new Matrix(phi), y: new Matrix(y) };
}

describe("the linear sequence model", () => {
  test("is the ridge regression from decayed histories to the next post", async () => {
    const random = seededRandom(3);
    const shuffled = () =>
      [...Array(POSTS).keys()].map((post) => [random(), post] as const).sort(([p], [q]) => p - q);
    const lists = Array.from({ length: 30 }, () =>
      shuffled()
        .slice(0, 6)
        .map(([, post]) => post),
    );
    const table = await linearSequence(inOrder(lists), params, kernel);
    const { phi, y } = definition(lists);
    const normal = phi.transpose().mmul(phi);
    const w = solve(
      normal.add(Matrix.eye(normal.rows, normal.rows).mul(2)),
      phi.transpose().mmul(y),
    );
    for (let i = 0; i < POSTS * blocks.length; i++)
      for (let n = i * table.m; n < (i + 1) * table.m; n++)
        expect(table.scores[n]!).toBeCloseTo(w.get(i, table.rows[n]!), 4);
  });

  test("learns the next post, and no backward step", async () => {
    const lists = Array.from({ length: 20 }, (_, n) => (n % 2 ? [0, 1, 2] : [3, 4, 5]));
    const table = await linearSequence(inOrder(lists), params, kernel);
    const successor = (post: number) => table.rows[post * table.m]!;
    expect([0, 1, 3, 4].map(successor)).toEqual([1, 2, 4, 5]);
    expect(table.scores[2 * table.m]!).toBe(0); // nothing ever came after post 2
  });

  test("is empty where nobody liked two posts, and leaves rare posts out", async () => {
    const lonely = await linearSequence(inOrder([[1], [2]]), params, kernel);
    expect(lonely.scores.every((it) => it === 0)).toBe(true);
    const rare = await linearSequence(
      inOrder([
        [0, 1],
        [0, 1],
        [0, 6],
      ]),
      { ...params, likesMin: 2 },
      kernel,
    );
    expect([...rare.rows].filter((_, n) => rare.scores[n] !== 0)).not.toContain(6);
  });

  test("is empty, with one entry a row, where more posts are liked than it can hold", async () => {
    const holding = (posts: number) =>
      linearSequence(inOrder([[0, 1, 2]]), { ...params, postsMax: posts }, kernel);
    expect((await holding(3)).scores.some((it) => it !== 0)).toBeTrue();
    expect(await holding(2)).toEqual(emptyTable(POSTS * blocks.length, 1));
  });

  test("is the same for histories that touch few of all pairs of posts, whose normal equations are not made", async () => {
    const random = seededRandom(6);
    const lists = Array.from({ length: 60 }, () => [
      ...new Set(Array.from({ length: 3 }, () => Math.floor(200 * random()))),
    ]);
    const likes = inOrder(lists, 200);
    const stiff = { ...params, lambda: 5 };
    let solved = 0;
    const counting = (counted: Kernel): Kernel => ({
      ...counted,
      solve: (a, b) => (solved++, counted.solve(a, b)),
    });
    const few = await linearSequence(likes, stiff, counting(kernel));
    expect(solved).toBe(0);
    const { regressHistories: _, ...without } = kernel;
    const dense = await linearSequence(likes, stiff, counting(without));
    expect(solved).toBe(1);
    expect(few.scores.some((it) => it > 0.01)).toBeTrue();
    for (const [n, it] of few.scores.entries()) expect(it).toBeCloseTo(dense.scores[n]!, 5);
  });
});
