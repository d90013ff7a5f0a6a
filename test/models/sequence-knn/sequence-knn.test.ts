import { describe, expect, test } from "bun:test";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { SEQUENCE_KNN, stepTable } from "../../../src/models/sequence-knn/sequence-knn.ts";
import { similarity, stateOf } from "../../../src/models/sequence-knn/states.ts";
import { csr } from "../../support/matrix.ts";

/** Four posts, each a direction of its own. */
const FACTORS = Float32Array.of(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4);
const K = 4;
const likes = (...users: number[][]) =>
  csr(
    users.map((rows) => rows.map((row) => [row, 1] as const)),
    4,
  );
const of = (users: number[][], params = {}) =>
  stepTable(likes(...users), { vectors: FACTORS, k: K }, { ...SEQUENCE_KNN, ...params }, plainKernel()); // prettier-ignore
/** A state on the axes of the factors. */
const onAxes = (state: Int8Array, directions: Float32Array) =>
  Array.from({ length: 2 * K }, (_, i) =>
    state.reduce((sum, it, j) => sum + (it / 224) * directions[i * state.length + j]!, 0),
  );
const dot = (a: Int8Array, b: Int8Array) => a.reduce((sum, it, n) => sum + it * b[n]!, 0);

describe("steps", () => {
  test("are ordered by the next post, so that neighbours are of no single history", async () => {
    const { next } = await of([
      [3, 2, 1, 0],
      [0, 1, 2, 3],
    ]);
    expect([...next]).toEqual([0, -1, 1, 0, 1, 2, 2, 1, 2, 3, 3, -1]);
  });

  test("are all positions of a history with enough posts before them, and the next two posts", async () => {
    const { next, states } = await of([[0, 1, 2], [3], [2, 3]]);
    expect([...next]).toEqual([1, 2, 2, -1, 3, -1]);
    expect(states).toHaveLength(3 * 2 * K);
    expect([
      ...(
        await of(
          [
            [0, 1, 2],
            [2, 3],
          ],
          { pastMin: 2 },
        )
      ).next,
    ]).toEqual([2, -1]);
  });

  test("have as state the decayed sums of earlier posts, in blocks of equal length, minus the mean", async () => {
    const { states, directions } = await of([[0, 1, 2]], { decays: [0.5, 0.9], evenness: 0 });
    const numbers = [0, 1].map((step) => onAxes(states.slice(2 * step * K, 2 * (step + 1) * K), directions)); // prettier-ignore
    // Before post 1: post 0. Before post 2: post 1 (length 2) and, faded, post 0 (length 1).
    for (const [block, decay] of [0.5, 0.9].entries()) {
      const length = Math.hypot(decay, 2) * Math.SQRT2;
      const pasts = [[Math.SQRT1_2, 0], [decay / length, 2 / length]] as const; // prettier-ignore
      for (const step of [0, 1])
        for (const i of [0, 1]) {
          const unit = pasts[step]![i]! - (pasts[0][i]! + pasts[1][i]!) / 2;
          expect(Math.abs(numbers[step]![block * K + i]! - unit)).toBeLessThan(0.01);
        }
    }
  });

  test("find an equal history most similar, of any person", async () => {
    const { states, next, directions } = await of([
      [0, 1, 2],
      [3, 2, 1],
      [0, 1, 3],
    ]);
    const vectors = { vectors: FACTORS, k: K };
    const state = stateOf(Uint32Array.of(0, 1), vectors, directions, SEQUENCE_KNN.decays);
    const products = [...next.keys()]
      .filter((n) => n % 2 === 0)
      .map((n) => [next[n]!, dot(state, states.slice(n * K, n * K + 2 * K))] as const);
    // After 0 and 1 came 2 once and 3 once.
    const best = products.toSorted(([, a], [, b]) => b - a);
    expect(
      best
        .slice(0, 2)
        .map(([row]) => row)
        .sort(),
    ).toEqual([2, 3]);
    expect(best[0]![1]).toBe(best[1]![1]);
    expect(similarity(best[5]![1])).toBeLessThan(similarity(best[0]![1]) / 2);
  });

  test("keep the directions in which states vary most", async () => {
    const wide = [[0, 1, 2, 3], [1, 0, 3, 2], [3, 1, 0, 2], [2, 3, 0, 1]]; // prettier-ignore
    const [all, some] = [
      await of(wide, { evenness: 0 }),
      await of(wide, { width: 3, evenness: 0 }),
    ];
    expect(some.states).toHaveLength((3 * all.states.length) / (2 * K));
    expect(some.next).toEqual(all.next);
    const squares = (it: Int8Array) => it.reduce((sum, n) => sum + n * n, 0);
    expect(squares(some.states) / squares(all.states)).toBeGreaterThan(0.9);
    for (let n = 0; n < some.states.length / 3; n++)
      expect(some.states.slice(3 * n, 3 * n + 3)).toEqual(all.states.slice(2 * K * n, 2 * K * n + 3)); // prettier-ignore
  });

  test("vary more evenly where directions are evened out", async () => {
    const share = async (evenness: number) => {
      const { states } = await of([[0, 1, 2], [2, 0, 3], [3, 1, 0], [1, 2, 3]], { evenness, width: 3 }); // prettier-ignore
      const squares = (j: number) => states.reduce((sum, it, at) => sum + (at % 3 === j ? it ** 2 : 0), 0); // prettier-ignore
      return squares(2) / squares(0);
    };
    expect(await share(0.25)).toBeGreaterThan(1.05 * (await share(0)));
    expect(await share(1)).toBeGreaterThan(1.2 * (await share(0.25)));
  });

  test("have their own state in thousands of steps, too", async () => {
    const { states, next } = await of(Array<number[]>(2_000).fill([0, 1, 2, 3]));
    const found = new Map<string, Set<string>>();
    for (let n = 0; n < next.length / 2; n++) {
      const after = next.slice(2 * n, 2 * n + 2).join();
      const state = states.slice(2 * K * n, 2 * K * (n + 1)).join();
      found.set(after, (found.get(after) ?? new Set()).add(state));
    }
    expect([...found].map(([key, { size }]) => [key, size])).toEqual([["1,2", 1], ["2,3", 1], ["3,-1", 1]]); // prettier-ignore
    expect(new Set([...found.values()].flatMap((it) => [...it])).size).toBe(3);
  });

  test("keep everybody's newest steps where there are too many", async () => {
    const { next } = await of(
      [
        [0, 1, 2, 3],
        [1, 2],
      ],
      { stepsMax: 3 },
    );
    expect([...next]).toEqual([2, -1, 2, 3, 3, -1]);
    expect((await of([[0, 1, 2, 3]], { stepsMax: 0 })).next).toHaveLength(0);
  });

  test("are one person's to a small share only", async () => {
    const loud = Array.from({ length: 1_000 }, (_, n) => n % 4);
    const others = Array.from({ length: 100 }, () => [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2]);
    const { next } = await of([loud, ...others]); // 999 of 1,999 steps, of which 2 % are kept
    expect(next.length / 2).toBe(40 + 1_000);
    expect((await of([loud.slice(0, 21), [0, 1]])).next.length / 2).toBe(21);
  });
});
