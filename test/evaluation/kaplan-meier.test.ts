/** Kaplan–Meier's estimate on a few times whose answer can be seen. */
import { describe, expect, test } from "bun:test";
import { kaplanMeier, thinned, timeTo } from "../../src/evaluation/kaplan-meier.ts";

const at = (time: number) => ({ time, isReached: true });
const until = (time: number) => ({ time, isReached: false });

describe("Kaplan–Meier", () => {
  test("is the plain share where everybody is watched to the end", () => {
    const curve = kaplanMeier([at(3), at(1), at(2), at(2)]);
    expect(curve).toEqual([
      { time: 1, share: 0.25 },
      { time: 2, share: 0.75 },
      { time: 3, share: 1 },
    ]);
    expect([0.25, 0.5, 1].map((it) => timeTo(curve, it))).toEqual([1, 2, 3]);
  });

  test("counts those that are watched no longer up to then: of four, one left after the first", () => {
    // At 1 one of four, 3/4 are left; at 2 nobody, one drops out; at 3 one of two.
    const curve = kaplanMeier([at(1), until(2), at(3), until(5)]);
    expect(curve.map(({ time, share }) => [time, share])).toEqual([
      [1, 1 / 4],
      [3, 1 - (3 / 4) * (1 / 2)],
    ]);
    expect([timeTo(curve, 1 / 2), timeTo(curve, 3 / 4)]).toEqual([3, undefined]);
  });

  test("who drops out when it happens to another was watched until then", () => {
    expect(kaplanMeier([at(2), until(2)])).toEqual([{ time: 2, share: 0.5 }]);
  });

  test("is drawn with some of its points, evenly, the last one too", () => {
    const curve = kaplanMeier(Array.from({ length: 250 }, (_, n) => at(n + 1)));
    const times = thinned(curve, 100).map(({ time }) => time);
    expect([times.length, times[0], times.at(-1)]).toEqual([100, 3, 250]);
    expect(times.every((it, n) => n === 0 || [2, 3].includes(it - times[n - 1]!))).toBe(true);
    expect(thinned(curve.slice(0, 3), 100)).toEqual(curve.slice(0, 3));
  });

  test("is empty where it has happened to nobody", () => {
    expect(kaplanMeier([until(1), until(2)])).toEqual([]);
    expect(kaplanMeier([])).toEqual([]);
  });
});
