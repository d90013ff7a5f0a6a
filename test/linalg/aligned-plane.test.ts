/** Planes that are turned to lie as another one does. */
import { describe, expect, test } from "bun:test";
import { alignedTo } from "../../src/linalg/aligned-plane.ts";
import type { Plane } from "../../src/linalg/principal-plane.ts";

const plane = (...axes: readonly number[][]): Plane => ({
  mean: new Float64Array(axes[0]!.length),
  directions: Float32Array.from(axes.flat()),
  shares: [0.3, 0.1],
});
const X = [1, 0, 0];
const Y = [0, 1, 0];
const minus = (axis: number[]) => axis.map((it) => (it === 0 ? 0 : -it));
/** Axes of the x-y plane, turned by an angle. */
const turned = (angle: number, mirror = 1) => [
  [Math.cos(angle), Math.sin(angle), 0],
  [-mirror * Math.sin(angle), mirror * Math.cos(angle), 0],
];

describe("a plane", () => {
  test.each([
    ["that is mirrored across", [minus(X), Y]],
    ["that is upside down", [X, minus(Y)]],
    ["that is turned by half", [minus(X), minus(Y)]],
    ["whose axes have changed places", [Y, X]],
    ["that is turned by 40 degrees", turned(0.7)],
    ["that is turned by 100 degrees and mirrored", turned(1.75, -1)],
  ])("%s lies as before", (_, axes) => {
    const { directions, shares } = alignedTo(plane(...axes), plane(X, Y));
    [...X, ...Y].forEach((it, i) => expect(directions[i]).toBeCloseTo(it, 6));
    expect(shares[0] + shares[1]).toBeCloseTo(0.4, 9);
  });

  test("whose axes have changed places has their shares changed, too", () => {
    const { shares } = alignedTo(plane(Y, X), plane(X, Y));
    expect(shares[0]).toBeCloseTo(0.1, 9);
    expect(shares[1]).toBeCloseTo(0.3, 9);
  });

  test("of other meanings stays the plane that it is: its axes are orthonormal", () => {
    const { directions } = alignedTo(plane([0, 0.6, 0.8], [1, 0, 0]), plane(X, Y));
    const [x, y] = [directions.subarray(0, 3), directions.subarray(3)];
    expect([x[0], y[1]].map((it) => it! > 0.5)).toEqual([true, true]);
    for (const [a, b, product] of [
      [x, x, 1],
      [y, y, 1],
      [x, y, 0],
    ] as const)
      // prettier-ignore
      expect(a.reduce((sum, it, i) => sum + it * b[i]!, 0)).toBeCloseTo(product, 6);
  });

  test("is as it is before there was another, and beside one of another dimension", () => {
    const it = plane(Y, X);
    expect(alignedTo(it, undefined)).toBe(it);
    expect(alignedTo(it, plane([1, 0], [0, 1]))).toBe(it);
  });

  test("is as it is beside one that is at right angles to it", () => {
    const it = plane([0, 0, 1, 0], [0, 0, 0, 1]);
    expect(alignedTo(it, plane([1, 0, 0, 0], [0, 1, 0, 0]))).toBe(it);
  });
});
