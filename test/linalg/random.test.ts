import { describe, expect, test } from "bun:test";
import { seededRandom, weightedIndex } from "../../src/linalg/random.ts";

const drawn = (seed: number, count: number) => Array.from({ length: count }, seededRandom(seed));

describe("seeded random numbers", () => {
  test("are mulberry32's: a seed gives the same numbers everywhere", () => {
    expect(drawn(1, 3)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  test("repeat for the same seed and differ for another", () => {
    expect(drawn(7, 20)).toEqual(drawn(7, 20));
    expect(drawn(7, 20)).not.toEqual(drawn(8, 20));
  });

  test("are spread evenly over 0 to 1, 1 excluded", () => {
    const them = drawn(0xffff_ffff, 10_000);
    const tenths = new Array<number>(10).fill(0);
    for (const it of them) tenths[Math.floor(it * 10)]!++;
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(120); // four sigmas
  });
});

describe("an index drawn by weight", () => {
  const random = seededRandom(3);

  test("comes as often as its weight says, and never where the weight is 0", () => {
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 10_000; n++) counts[weightedIndex(random, [1, 0, 3, 0])]!++;
    expect(counts[1]! + counts[3]!).toBe(0);
    expect(Math.abs(counts[2]! - 7_500)).toBeLessThan(180); // four sigmas
  });

  test("is the last one with a positive weight if rounding leaves a rest, −1 without any", () => {
    expect(weightedIndex(() => 1, [1, 2, 0])).toBe(1);
    expect(weightedIndex(random, [0, 0])).toBe(-1);
  });
});
