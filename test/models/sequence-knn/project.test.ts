import { expect, test } from "bun:test";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { project } from "../../../src/models/sequence-knn/project.ts";

test("factors that are wider than wanted are projected, and keep how similar they are", async () => {
  const random = seededRandom(2);
  // 30 posts in the plane of two directions of eight.
  const [a, b] = [0, 1].map(() => Array.from({ length: 8 }, () => random() - 0.5));
  const wide = Float32Array.from(
    Array.from({ length: 30 }, () => [random(), random()]).flatMap(([s, t]) =>
      a!.map((it, i) => s! * it + t! * b![i]!),
    ),
  );
  const vectors = await project(wide, 8, 2, plainKernel(), 1);
  expect(vectors).toHaveLength(60);
  const inner = (x: Float32Array, k: number, p: number, q: number) =>
    x.subarray(p * k, p * k + k).reduce((sum, it, i) => sum + it * x[q * k + i]!, 0);
  for (const [p, q] of [
    [0, 1],
    [3, 17],
  ] as const)
    expect(inner(vectors, 2, p, q)).toBeCloseTo(inner(wide, 8, p, q), 4);
  expect(await project(wide, 8, 8, plainKernel(), 1)).toBe(wide); // narrow enough
});

test("columns of projected factors vary alike", async () => {
  const random = seededRandom(3);
  // Of 16 columns the first varies ten times as much as the others.
  const wide = Float32Array.from(
    { length: 500 * 16 },
    (_, n) => (random() - 0.5) * (n % 16 ? 1 : 10),
  );
  const vectors = await project(wide, 16, 8, plainKernel(), 1);
  const squares = new Float64Array(8);
  for (const [n, it] of vectors.entries()) squares[n % 8]! += it ** 2;
  expect(Math.max(...squares) / squares.reduce((a, b) => a + b)).toBeLessThan(0.6);
});
