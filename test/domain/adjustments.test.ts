/** The history of what the operator has adjusted: saving, and going back step by step. */
import { describe, expect, test } from "bun:test";
import { steppedBack, withFactors, type AdjustmentsVersion } from "../../src/domain/adjustments.ts";

const factorsOf = (history: readonly AdjustmentsVersion[]) => history.at(-1)?.factors;
const saved = (...all: Record<string, number>[]) =>
  all.reduce<readonly AdjustmentsVersion[]>((history, it, n) => withFactors(history, it, n), []);

describe("the history of adjustments", () => {
  test("keeps factors that change something, under numbers that are never given twice", () => {
    const history = saved({ popular: 2, fresh: 1 }, {});
    expect(history.map(({ version, factors }) => [version, factors])).toEqual([[1, { popular: 2 }], [2, {}]]); // prettier-ignore
  });

  test("has no version that changes nothing: one step back always changes something", () => {
    expect(saved({})).toEqual([]);
    expect(saved({ popular: 2 }, { fresh: 1, popular: 2 })).toHaveLength(1);
  });

  test("goes back one step after another, to what was fitted, and no further", () => {
    let history = saved({ popular: 2 }, { popular: 3 });
    history = steppedBack(history, 9)!;
    expect(factorsOf(history)).toEqual({ popular: 2 });
    history = steppedBack(history, 9)!;
    expect(factorsOf(history)).toEqual({});
    expect(steppedBack(history, 9)).toBeUndefined();
    expect(steppedBack([], 9)).toBeUndefined();
    expect(history.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  test("goes back to what was in force when something was saved after a step back", () => {
    const back = steppedBack(saved({ popular: 2 }, { popular: 3 }), 9)!;
    expect(factorsOf(steppedBack(withFactors(back, { popular: 4 }, 9), 9)!)).toEqual({
      popular: 2,
    });
  });

  test("keeps fifty versions; what has been dropped can't be gone back to", () => {
    const many = saved(...Array.from({ length: 60 }, (_, n) => ({ popular: n / 30 })));
    expect(many).toHaveLength(50);
    expect(many.at(-1)!.version).toBe(60);
    let last: readonly AdjustmentsVersion[] | undefined = many;
    let steps = 0;
    for (; (last = steppedBack(last, 9)); steps++);
    expect(steps).toBeGreaterThan(20);
    expect(steps).toBeLessThan(50);
  });
});
