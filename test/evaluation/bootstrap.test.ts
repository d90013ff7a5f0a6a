import { describe, expect, test } from "bun:test";
import { bootstrap } from "../../src/evaluation/bootstrap.ts";
import { meanOf } from "../../src/linalg/vector.ts";
import { gaussian, seededRandom } from "../../src/linalg/random.ts";

/** `count` draws from a bell of this mean, standard deviation 1. */
function bell(count: number, mean: number, random: () => number): Float64Array {
  const normal = () => gaussian(random);
  return Float64Array.from({ length: count }, () => mean + normal());
}

describe("a bootstrap interval", () => {
  test("is as wide as theory says: ± 1.96 standard errors of the mean", () => {
    const [interval] = bootstrap([bell(400, 3, seededRandom(5))], 1);
    const { mean, low, high } = interval!;
    expect(high - low).toBeGreaterThan(0.85 * 2 * (1.96 / 20));
    expect(high - low).toBeLessThan(1.15 * 2 * (1.96 / 20));
    expect((low + high) / 2).toBeCloseTo(mean, 1);
  });

  test("holds the true mean about 19 times in 20", () => {
    const random = seededRandom(11);
    let held = 0;
    for (let world = 0; world < 100; world++) {
      const [{ low, high } = { low: 0, high: 0 }] = bootstrap([bell(100, 0, random)], world);
      held += Number(low <= 0 && 0 <= high);
    }
    expect(held).toBeGreaterThanOrEqual(89);
    expect(held).toBeLessThanOrEqual(99);
  });

  test("resamples all columns with the same cases, so that pairs stay pairs", () => {
    const column = bell(50, 0, seededRandom(3));
    const [a, b] = bootstrap([column, column.map((it) => it + 1)], 9);
    expect(b!.low - a!.low).toBeCloseTo(1, 9);
    expect(b!.high - a!.high).toBeCloseTo(1, 9);
  });

  test("of cases that are all equal has no width", () => {
    expect(bootstrap([new Float64Array(7).fill(0.25)], 1)).toEqual([
      { mean: 0.25, low: 0.25, high: 0.25 },
    ]);
  });

  test("depends on the seed alone", () => {
    const columns = [bell(30, 0, seededRandom(1))];
    expect(bootstrap(columns, 4)).toEqual(bootstrap(columns, 4));
    expect(bootstrap(columns, 4)).not.toEqual(bootstrap(columns, 5));
  });

  test("of no case is 0", () => {
    expect(bootstrap([new Float64Array(0)], 1)).toEqual([{ mean: 0, low: 0, high: 0 }]);
    expect(meanOf(new Float64Array(0))).toBe(0);
  });
});
