import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { inverse, Matrix, solve } from "ml-matrix";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { errorOf, floatsOf, KERNELS, someSystem } from "../some.ts";

/** Below, at and above the edges of tiles (2 × 16) and blocks (256). */
const SIZES = [1, 2, 3, 15, 16, 17, 33, 255, 256, 257];
/** Single precision, in systems whose condition is some hundreds. */
const ERROR_MAX = 2e-5;

/** Results of ml-matrix by name: they are the same for every kernel, and take longer than it does. */
const found = new Map<string, Matrix>();
function once(name: string, find: () => Matrix): Matrix {
  if (!found.has(name)) found.set(name, find());
  return found.get(name)!;
}

describe.each(KERNELS)("with %s", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await open();
  });
  afterAll(() => kernel.close());

  test.each(SIZES)("a system of %d unknowns is solved as by ml-matrix", async (n) => {
    for (const m of [1, 3, 16, 19]) {
      const { a, b } = someSystem(n, m);
      const x = floatsOf(b);
      await kernel.solve(floatsOf(a), x);
      expect(
        errorOf(
          x,
          once(`${n} × ${m}`, () => solve(a, b)),
        ),
      ).toBeLessThan(ERROR_MAX);
    }
  });

  test.each(SIZES)("an inverse of %d rows is that of ml-matrix", async (n) => {
    const { a } = someSystem(n, 1);
    const inverted = floatsOf(a);
    await kernel.inverse(inverted);
    expect(
      errorOf(
        inverted,
        once(String(n), () => inverse(a)),
      ),
    ).toBeLessThan(ERROR_MAX);
  });

  test("700 unknowns leave next to nothing of their right sides", async () => {
    const { a, b } = someSystem(700, 140);
    const [x, inverted] = [floatsOf(b), floatsOf(a)];
    await kernel.solve(floatsOf(a), x);
    await kernel.inverse(inverted);
    const rest = a.mmul(Matrix.from1DArray(700, 140, x)).sub(b);
    expect(rest.norm() / b.norm()).toBeLessThan(ERROR_MAX);
    const one = a.mmul(Matrix.from1DArray(700, 700, inverted));
    expect(one.sub(Matrix.eye(700)).norm() / Math.sqrt(700)).toBeLessThan(ERROR_MAX);
  });

  test("the lower half is all that is read", async () => {
    const { a, b } = someSystem(300, 2);
    const half = floatsOf(a).map((it, n) => (n % 300 > Math.floor(n / 300) ? NaN : it));
    const x = floatsOf(b);
    await kernel.solve(half.slice(), x);
    expect(errorOf(x, solve(a, b))).toBeLessThan(ERROR_MAX);
    await kernel.inverse(half);
    expect(errorOf(half, inverse(a))).toBeLessThan(ERROR_MAX);
  });

  test.each([
    ["zero", 0, 0],
    ["negative", -1, 5],
    ["not a number", NaN, 255],
    ["negative, in the second block", -1, 256],
    ["zero, in the last row", 0, 299],
  ])("a pivot that is %s is refused by its place", async (_, value, pivot) => {
    const a = floatsOf(Matrix.eye(300));
    a[pivot * 300 + pivot] = value;
    const b = new Float32Array(300).fill(2);
    const refusal = new RangeError(`matrix is not positive definite at pivot ${pivot}`);
    expect(await kernel.solve(a.slice(), b).catch((it: unknown) => it)).toEqual(refusal);
    expect(await kernel.inverse(a).catch((it: unknown) => it)).toEqual(refusal);
    expect(b).toEqual(new Float32Array(300).fill(2));
  });

  test("nothing is left to do for no unknowns or no right side", async () => {
    await kernel.solve(new Float32Array(0), new Float32Array(0));
    await kernel.inverse(new Float32Array(0));
    await kernel.solve(floatsOf(Matrix.eye(3)), new Float32Array(0));
  });

  test("arrays of no fitting shape are refused", async () => {
    const refusal = await kernel
      .solve(new Float32Array(9), new Float32Array(7))
      .catch((it: unknown) => it);
    expect(refusal).toEqual(new RangeError("7 numbers are no right side of 3 rows"));
    const square = await kernel.inverse(new Float32Array(8)).catch((it: unknown) => it);
    expect(square).toEqual(new RangeError("8 numbers are no square matrix"));
  });

  test("a matrix made in the kernel is worked on where it lies", async () => {
    const a = kernel.floats(4);
    expect([...a]).toEqual([0, 0, 0, 0]);
    a.set([4, 0, 2, 5]);
    const later = kernel.floats(50_000_000);
    await kernel.inverse(a);
    expect(errorOf(a, new Matrix([[0.3125, -0.125], [-0.125, 0.25]]))).toBeLessThan(1e-6); // prettier-ignore
    expect(later.every((it) => it === 0)).toBe(true);
  });
});
