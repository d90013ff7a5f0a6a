/** The principal plane of vectors. */
import { describe, expect, test } from "bun:test";
import { eigenOf } from "../../src/linalg/eigen.ts";
import { principalPlane, projected } from "../../src/linalg/principal-plane.ts";
import { gaussian, seededRandom } from "../../src/linalg/random.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { textLikeVectors } from "../support/vectors.ts";

const D = 384;
/** Corners of a house, wider than high: x, y. */
const HOUSE = [[-6, -2], [6, -2], [6, 1], [0, 3], [-6, 1]] as const; // prettier-ignore
const all = (n: number) => Uint32Array.from({ length: n }, (_, row) => row);

/** Points of a plane as vectors in `D` dimensions, with a little noise across it. */
function embedded(points: readonly (readonly [number, number])[], noise: number) {
  const random = seededRandom(5);
  const drawn = Float64Array.from({ length: D * D }, () => gaussian(random));
  const gram = Float64Array.from({ length: D * D }, (_, p) => drawn[p]! + drawn[(p % D) * D + Math.floor(p / D)]!); // prettier-ignore
  const { vectors: axes } = eigenOf(gram, D);
  return Float32Array.from({ length: points.length * D }, (_, p) => {
    const [[x, y], i] = [points[Math.floor(p / D)]!, p % D];
    return 3 + x * axes[i]! + y * axes[D + i]! + noise * gaussian(random);
  });
}

describe("the principal plane", () => {
  test("of a house that is drawn on a plane in 384 dimensions gives the house back", async () => {
    const points = Array.from({ length: 500 }, (_, n) => HOUSE[n % HOUSE.length]!);
    const vectors = embedded(points, 0.01);
    const plane = await principalPlane(vectors, D, all(points.length));
    const drawn = atOnce(projected(vectors, plane, all(HOUSE.length)));
    const middle = HOUSE.reduce((sum, [, y]) => sum + y, 0) / HOUSE.length;
    const [flipX, flipY] = [Math.sign(drawn[2]!), Math.sign(drawn[7]!)]; // of a right and of the upper corner
    for (const [n, [x, y]] of HOUSE.entries()) {
      expect(drawn[2 * n]! * flipX).toBeCloseTo(x, 1);
      expect(drawn[2 * n + 1]! * flipY).toBeCloseTo(y - middle, 1);
    }
    expect(plane.shares[0]).toBeGreaterThan(plane.shares[1]);
    expect(plane.shares[0] + plane.shares[1]).toBeGreaterThan(0.99);
  });

  test("is that of the two largest eigenvalues, where others are nearly as large", async () => {
    const vectors = textLikeVectors(600, 24, 3);
    const { directions, shares, mean } = await principalPlane(vectors, 24, all(600));
    const covariance = new Float64Array(24 * 24);
    for (let row = 0; row < 600; row++)
      for (let p = 0; p < 24 * 24; p++) {
        const [i, j] = [Math.floor(p / 24), p % 24];
        covariance[p]! += ((vectors[row * 24 + i]! - mean[i]!) * (vectors[row * 24 + j]! - mean[j]!)) / 600; // prettier-ignore
      }
    const { values, vectors: exact } = eigenOf(covariance, 24);
    for (const axis of [0, 1]) {
      const cosine = exact.subarray((23 - axis) * 24, (24 - axis) * 24).reduce((sum, it, i) => sum + it * directions[axis * 24 + i]!, 0); // prettier-ignore
      expect(Math.abs(cosine)).toBeGreaterThan(0.999);
      expect(shares[axis]).toBeCloseTo(values[23 - axis]! / values.reduce((a, b) => a + b), 3);
    }
  });

  test("is the same each time, with the largest entry of a direction positive", async () => {
    const vectors = textLikeVectors(300, 24, 4);
    const plane = await principalPlane(vectors, 24, all(300));
    expect(await principalPlane(vectors, 24, all(300))).toEqual(plane);
    for (const axis of [0, 1]) {
      const direction = plane.directions.slice(axis * 24, axis * 24 + 24);
      expect(Math.max(...direction)).toBe(Math.max(...direction.map(Math.abs)));
    }
  });

  test("of equal vectors, and of none, is a point", async () => {
    const same = new Float32Array(12).fill(0.5);
    const plane = await principalPlane(same, 3, all(4));
    expect(plane.shares).toEqual([0, 0]);
    expect([...atOnce(projected(same, plane, all(4)))].map(Math.abs)).toEqual(Array(8).fill(0));
    expect((await principalPlane(new Float32Array(0), 3, all(0))).shares).toEqual([0, 0]);
  });
});
