import { describe, expect, test } from "bun:test";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { transpose, type Csr } from "../../../src/linalg/sparse.ts";
import { randomFactors, sweep } from "../../../src/models/ials/als.ts";
import { csr } from "../../support/matrix.ts";
import { spawn } from "../some.ts";

const [ROWS, OTHERS, K] = [300, 150, 48];
const PARAMS = { k: K, lambda: 0.05, alpha0: 0.2, epochs: 1 };

/** Rows with none to nearly all entries, so that parts of every length occur; one in five is negative. */
function someMatrix(): Csr {
  const random = seededRandom(1);
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Array.from(
      { length: OTHERS },
      (_, other) => [other, (random() < 0.8 ? 1 : -1) * (0.2 + random())] as const,
    ).filter(() => random() < (row / ROWS) ** 2),
  );
  return csr(rows, OTHERS);
}

const matrix = someMatrix();
const y = randomFactors(OTHERS, K, 2);
const means = randomFactors(ROWS, K, 3).map((it) => it / 2);

/** The largest difference, relative to the largest number of `wanted`. */
function errorOf(found: Float32Array, wanted: Float32Array): number {
  const size = wanted.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
  return wanted.reduce((most, it, n) => Math.max(most, Math.abs(it - found[n]!)), 0) / size;
}

/** Regress from `start`, with as many threads. */
async function regressed(
  steps: number,
  { threads = 1, prior = means, start = zeros() as Float32Array } = {},
) {
  const kernel = await openKernel({ threads, spawn });
  const x = start.slice();
  await kernel.regress!(x, matrix, y, { ...PARAMS, steps }, prior);
  await kernel.close();
  return x;
}

const zeros = () => new Float32Array(ROWS * K);

function swept(prior?: Float32Array): Float32Array {
  const x = zeros();
  sweep(x, matrix, y, PARAMS, prior);
  return x;
}

describe("regressing", () => {
  test("ends where the exact solution is, after enough steps and any number of them more", async () => {
    const exact = swept(means);
    expect(errorOf(await regressed(15), exact)).toBeLessThan(1e-5);
    expect(errorOf(await regressed(200), exact)).toBeLessThan(1e-5);
  });

  test("comes six times nearer with each step", async () => {
    const exact = swept(means);
    const errors = [1, 2, 3].map(async (steps) => errorOf(await regressed(steps), exact));
    const [one, two, three] = (await Promise.all(errors)) as [number, number, number];
    expect(one).toBeLessThan(1 / 6);
    expect(two).toBeLessThan(one / 6);
    expect(three).toBeLessThan(two / 6);
    expect(three).toBeGreaterThan(1e-3); // else more steps would not show
  });

  test("goes on from where rows are", async () => {
    const [exact, before] = [swept(means), await regressed(2)];
    const error = errorOf(await regressed(2, { start: before }), exact);
    expect(error).toBeLessThan(errorOf(before, exact) / 5);
    expect(errorOf(await regressed(1, { start: exact }), exact)).toBeLessThan(1e-6);
  });

  test("leaves rows whose solution is zero near zero, from however near", async () => {
    // The other half of the rows has many entries, so that the preconditioner suits neither.
    const disliked = (row: number) => [[row % OTHERS, -4] as const];
    const liked = Array.from({ length: OTHERS }, (_, other) => [other, 1] as const);
    const half = csr(Array.from({ length: ROWS }, (_, row) => (row % 2 ? liked : disliked(row))), OTHERS); // prettier-ignore
    const kernel = await openKernel({ threads: 1, spawn });
    for (let exponent = 18; exponent < 26; exponent += 0.05) {
      const x = randomFactors(ROWS, K, 4).map((it) => it * 10 ** -exponent);
      await kernel.regress!(x, half, y, { ...PARAMS, steps: 2 });
      expect(x.every(Number.isFinite)).toBeTrue();
    }
    await kernel.close();
  });

  test("puts rows without entries at their means, or at zero", async () => {
    const empty = [...matrix.rowStart.keys()].filter(
      (row) => matrix.rowStart[row] === matrix.rowStart[row + 1],
    );
    expect(empty.length).toBeGreaterThan(3);
    const x = await regressed(1, { start: zeros().fill(9) });
    for (const row of empty)
      expect(x.subarray(row * K, row * K + K)).toEqual(means.subarray(row * K, row * K + K));
    const kernel = await openKernel({ threads: 1, spawn });
    await kernel.regress!(x.fill(9), matrix, y, { ...PARAMS, steps: 30 });
    expect(errorOf(x, swept())).toBeLessThan(1e-4); // it came from afar
    for (const row of empty) expect(x.subarray(row * K, row * K + K)).toEqual(new Float32Array(K));
  });

  test("gives the same bits with one, two or three threads", async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => regressed(2, { threads })),
    );
    expect(two).toEqual(one!);
    expect(three).toEqual(one!);
  });

  test("of arrays in the kernel's memory is the same", async () => {
    const kernel = await openKernel({ threads: 1, spawn });
    const across = transpose(matrix);
    const inside = transpose(across, kernel.sparse(ROWS, OTHERS, matrix.columns.length));
    const there = kernel.floats(y.length);
    there.set(y);
    const x = kernel.floats(ROWS * K);
    await kernel.regress!(x, inside, there, { ...PARAMS, steps: 2 }, means);
    expect([...x]).toEqual([...(await regressed(2))]);
    expect(transpose(inside)).toEqual(across);
    await kernel.close();
  });

  test("refuses shapes that do not fit, and equations without a solution", async () => {
    const kernel = await openKernel({ threads: 1, spawn });
    const regress = (x: Float32Array, others: Float32Array, over = {}) =>
      kernel.regress!(x, matrix, others, { ...PARAMS, steps: 2, ...over }).catch(
        (it: unknown) => it,
      );
    expect(await regress(zeros().subarray(ROWS), y.subarray(OTHERS))).toEqual(
      new RangeError("47 columns are not a multiple of 16"),
    );
    expect(await regress(zeros().subarray(16 * ROWS), y.subarray(0, OTHERS * K))).toBeInstanceOf(
      RangeError,
    );
    expect(await regress(zeros(), zeros().subarray(0, y.length), { lambda: 0 })).toEqual(
      new RangeError("matrix is not positive definite at pivot 0"),
    );
    await kernel.close();
  });

  test("is left to others where there is no SIMD", () => {
    expect(plainKernel().regress).toBeUndefined();
  });
});
