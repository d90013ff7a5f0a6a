/** Columns of the ranking kernel: standardised, and near to others. */
import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../../src/linalg/random.ts";
import { expectNear, KERNELS, runsOf } from "./kernels.ts";

describe.each(KERNELS)("by %s", (_, open) => {
  const kernel = open();
  const { everywhere, columnOf } = runsOf(kernel);

  describe("a standardised column", () => {
    test.each([1, 2, 3, 4, 63, 1_000, 4_095])("of %d numbers has mean 0, deviation 1", (size) => {
      const random = seededRandom(size);
      const values = Array.from({ length: size }, () => 1e3 + random());
      everywhere(() => {
        // z of s, which is what was standardised before the root.
        const z = Array.from(kernel.standardise(columnOf(...values)), (s) => s * (1 + Math.abs(s)));
        const mean = z.reduce((a, b) => a + b) / size;
        const square = z.reduce((sum, it) => sum + it * it, 0) / size;
        expect(mean).toBeCloseTo(0, 3);
        expect(square).toBeCloseTo(size === 1 ? 0 : 1, 3);
      });
    });

    test.each([
      ["all equal", [0.1, 0.1, 0.1]],
      ["all equal and large", [1e7, 1e7, 1e7, 1e7, 1e7]],
      ["none", []],
    ])("of numbers that are %s says nothing", (_, values) => {
      everywhere(() => {
        const got = kernel.standardise(columnOf(...values));
        expect(Array.from(got, Math.abs)).toEqual(values.map(() => 0));
      });
    });

    test("is not a number anywhere if one number is not finite", () => {
      everywhere(() => expect(kernel.standardise(columnOf(1, Infinity, 2))[0]).toBeNaN());
    });
  });

  test.each([
    [3, 2],
    [3, 0],
    [0, 2],
  ])("nearness to %d columns and from %d others", (near, far) => {
    const random = seededRandom(7);
    const values = Array.from({ length: (near + far) * 24 }, () => random() - 0.5);
    const of = (n: number, from: number, to: number) =>
      Array.from({ length: to - from }, (_, v) => values[(from + v) * 24 + n]!);
    const wanted = Array.from({ length: 24 }, (_, n) => {
      const most = near > 0 ? Math.max(...of(n, 0, near)) : 0;
      return most - 0.3 * Math.max(0, ...of(n, near, near + far));
    });
    everywhere(() =>
      expectNear([...kernel.nearness(columnOf(...values), near, far, 0.3)], wanted, 1e-6),
    );
  });
});
