import { describe, expect, test } from "bun:test";
import { audienceOf } from "../../src/ranking/audience.ts";
import { knotShares, SHIPPED_BLEND, weightAt } from "../../src/ranking/blend.ts";

describe("a weight", () => {
  const blend = {
    ...SHIPPED_BLEND,
    weights: { ...SHIPPED_BLEND.weights, similar: [0, 1, 3, 6] },
  };

  test.each([
    [0, 0],
    [1, 1],
    [2, 1.5],
    [5, 3],
    [10, 4],
    [20, 6],
    [500, 6],
  ])(
    "after %i posts is %f: linear between the knots, constant after the last",
    (length, weight) => {
      expect(weightAt(blend, "similar", length)).toBeCloseTo(weight, 10);
    },
  );

  test("is shared out among knots without loss", () => {
    for (let length = 0; length <= 25; length++)
      expect(knotShares(length).reduce((sum, it) => sum + it)).toBeCloseTo(1, 10);
  });
});

test.each([
  [0, "cold"],
  [1, "cool"],
  [4, "cool"],
  [5, "warm"],
  [900, "warm"],
] as const)("somebody with %i posts is %s", (length, audience) => {
  expect(audienceOf(length)).toBe(audience);
});
