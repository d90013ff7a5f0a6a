/** Concentration of a few amounts whose answer can be seen. */
import { describe, expect, test } from "bun:test";
import { concentrationOf } from "../../src/evaluation/concentration.ts";

const of = (...amounts: readonly number[]) => concentrationOf(Uint32Array.from(amounts));

describe("concentration", () => {
  test("is 0 where all have as much: the curve is the straight line", () => {
    const { gini, lorenz, half } = of(5, 5, 5, 5);
    expect([gini, half]).toEqual([0, 2]);
    expect(lorenz).toEqual([0, 0.25, 0.5, 0.75, 1].map((it) => ({ of: it, have: it })));
  });

  test("is 1 − 1/n where one has everything: the curve rises at the end", () => {
    const { gini, lorenz, topTenth, half } = of(0, 9, 0, 0);
    expect(gini).toBe(1 - 1 / 4);
    expect(lorenz.map(({ have }) => have)).toEqual([0, 0, 0, 0, 1]);
    expect([topTenth, half]).toEqual([{ count: 1, share: 1 }, 1]);
  });

  test("tells what the tenth with the most has, rounded up, and how few have half", () => {
    const { topTenth, half } = of(40, 20, 10, 10, 5, 5, 4, 3, 2, 1, 0);
    expect(topTenth).toEqual({ count: 2, share: 0.6 });
    expect(half).toBe(2);
  });

  test("of many is a curve of 100 points from nobody to all", () => {
    const { lorenz } = of(...Array.from({ length: 5_000 }, (_, n) => n));
    expect(lorenz).toHaveLength(100);
    expect([lorenz[0], lorenz.at(-1)]).toEqual([{ of: 0, have: 0 }, { of: 1, have: 1 }]); // prettier-ignore
    // L(p) of amounts that rise evenly is p².
    for (const { of: p, have } of lorenz) expect(have).toBeCloseTo(p * p, 3);
  });

  test("of nothing has no curve", () => {
    const nothing = { gini: 0, lorenz: [], half: 0 };
    expect(of()).toEqual({ ...nothing, topTenth: { count: 0, share: 0 } });
    expect(of(0, 0)).toEqual({ ...nothing, topTenth: { count: 1, share: 0 } });
  });
});
