import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../src/linalg/random.ts";
import { dotRows, normalise } from "../../src/linalg/vector.ts";

describe("the inner product of two rows", () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 384])(
    "takes all %d columns of these rows only",
    (k) => {
      const random = seededRandom(k);
      const [x, y] = [3, 4].map((rows) =>
        Float32Array.from({ length: rows * k }, () => random() - 0.5),
      ) as [Float32Array, Float32Array];
      let sum = 0;
      for (let i = 0; i < k; i++) sum += x[k + i]! * y[2 * k + i]!;
      expect(dotRows(x, 1, y, 2, k)).toBeCloseTo(sum, 12);
    },
  );
});

describe("scaling to unit length", () => {
  test("keeps the direction", () => {
    const x = Float32Array.of(3, 0, -4);
    normalise(x);
    expect(x).toEqual(Float32Array.of(0.6, 0, -0.8));
  });

  test("leaves a zero vector at zero", () => {
    const x = new Float32Array(3);
    normalise(x);
    expect(x).toEqual(new Float32Array(3));
  });

  test("survives vectors whose squares are too small or too large for float32", () => {
    for (const size of [1e-30, 1e30]) {
      const x = Float32Array.of(size, size);
      normalise(x);
      expect(x[0]).toBeCloseTo(Math.SQRT1_2, 6);
    }
  });
});
