import { expect, test } from "bun:test";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { directionsOf, project } from "../../../src/models/sequence-knn/directions.ts";

test("factors that are wider than wanted are projected, and keep how similar they are", async () => {
  const random = seededRandom(2);
  // 30 posts in the plane of two directions of eight.
  const [a, b] = [0, 1].map(() => Array.from({ length: 8 }, () => random() - 0.5));
  const wide = Float32Array.from(
    Array.from({ length: 30 }, () => [random(), random()]).flatMap(([s, t]) =>
      a!.map((it, i) => s! * it + t! * b![i]!),
    ),
  );
  const vectors = await project(wide, 8, 2, plainKernel());
  expect(vectors).toHaveLength(60);
  const inner = (x: Float32Array, k: number, p: number, q: number) =>
    x.subarray(p * k, p * k + k).reduce((sum, it, i) => sum + it * x[q * k + i]!, 0);
  for (const [p, q] of [
    [0, 1],
    [3, 17],
  ] as const)
    expect(inner(vectors, 2, p, q)).toBeCloseTo(inner(wide, 8, p, q), 4);
  expect(await project(wide, 8, 8, plainKernel())).toBe(wide); // narrow enough
});

test("directions are as even as wanted, and vectors vary as much as before on all together", async () => {
  const random = seededRandom(4);
  // Three columns that vary as 9 to 4 to 1.
  const vectors = Float32Array.from({ length: 600 }, (_, at) => (3 - (at % 3)) * (random() - 0.5));
  const variances = async (evenness: number) => {
    const directions = await directionsOf(vectors, 3, 3, plainKernel(), evenness);
    const out = new Float32Array(600);
    await plainKernel().multiply(out, vectors, directions, 3);
    return [0, 1, 2].map((j) =>
      out.reduce((sum, it, at) => (at % 3 === j ? sum + it * it : sum), 0),
    );
  };
  const [plain, half, white] = [await variances(0), await variances(0.5), await variances(1)];
  const total = (it: readonly number[]) => it.reduce((a, b) => a + b);
  for (const it of [half, white]) expect(total(it)).toBeCloseTo(total(plain), 2);
  expect(half[0]! / half[2]!).toBeCloseTo(Math.sqrt(plain[0]! / plain[2]!), 4);
  expect(white[0]! / white[2]!).toBeCloseTo(1, 4);
});

test("a direction in which nothing varies is longer than the first, but no more than rounding allows", async () => {
  const line = Float32Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? (at % 7) - 3 : 0));
  const directions = await directionsOf(line, 3, 3, plainKernel(), 0.5);
  const length = (j: number) => Math.hypot(...[0, 1, 2].map((i) => directions[3 * i + j]!));
  for (const j of [1, 2]) expect(length(j) / length(0)).toBeCloseTo(1e6 ** 0.25, 2);
});

test("there are directions of nothing", async () => {
  const directions = await directionsOf(new Float32Array(0), 4, 2, plainKernel(), 0.25);
  expect(directions.every(Number.isFinite)).toBe(true);
});
