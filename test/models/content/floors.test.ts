/** From which similarity on a text is about a post, in a space that a child can see. */
import { describe, expect, test } from "bun:test";
import { normalise } from "../../../src/linalg/vector.ts";
import { meaningFloors, NONSENSE } from "../../../src/models/content/floors.ts";

const D = 3;
const flat = (...vectors: readonly (readonly number[])[]) =>
  Float32Array.from(
    vectors.flatMap((it) => {
      const unit = Float32Array.from(it);
      normalise(unit);
      return [...unit];
    }),
  );
/** Texts that mean nothing lie around the third axis. */
const NOTHING = flat([0.1, 0, 1], [0, 0.1, 1], [-0.1, 0, 1], [0, -0.1, 1]);

describe("floors of meaning", () => {
  const posts = flat([1, 0, 0], [0, 1, 0], [0.5, 0, 1]);
  const [east, north, odd] = meaningFloors(3, posts, NOTHING, D);

  test("lie above all nonsense, and below texts about the post", () => {
    for (const floor of [east!, north!]) {
      expect(floor).toBeGreaterThan(0.1);
      expect(floor).toBeLessThan(0.5);
    }
  });

  test("are higher at a post that attracts nonsense", () => {
    expect(odd!).toBeGreaterThan(east! + 0.5);
  });

  test("are higher at a post that some nonsense is near and other far", () => {
    const [steady, moody] = meaningFloors(2, flat([0.4, 0.4, 0.2], [0.9, -0.9, 0.2]), flat([0.3, -0.2, 1], [-0.2, 0.3, 1], [0.1, 0, 1], [0, 0.1, 1]), D); // prettier-ignore
    expect(moody!).toBeGreaterThan(steady! + 0.1);
  });

  test("rise with the catalogue: with more posts, nonsense is nearer to one of them", () => {
    const more = meaningFloors(4, Float32Array.of(...posts, ...flat([1, 0, 0.05])), NOTHING, D);
    expect(more[0]!).toBeGreaterThanOrEqual(east!);
  });

  test("are a number one can use whatever is missing", () => {
    expect([...meaningFloors(2, new Float32Array(0), new Float32Array(0), 0)]).toHaveLength(2);
    const zeros = new Float32Array(2 * D);
    for (const floors of [
      meaningFloors(2, zeros, NOTHING, D),
      meaningFloors(2, posts.subarray(0, 2 * D), new Float32Array(0), D),
      meaningFloors(1, posts.subarray(0, D), NOTHING.subarray(0, D), D),
    ])
      for (const floor of floors) expect(floor).toBeWithin(-1, 1);
  });

  test("are not learnt from an encoder that takes nonsense for everything", () => {
    const everything = flat([1, 0.01, 0], [0.01, 1, 0], [0.5, 0, 1]);
    for (const floor of meaningFloors(3, posts, everything, D)) expect(floor).toBeLessThan(0.9);
  });
});

test("nonsense is no text twice, and of letters", () => {
  expect(new Set(NONSENSE).size).toBe(NONSENSE.length);
  for (const text of NONSENSE) expect(text).toMatch(/^[a-z]{3,8}( [a-z]{3,8})?$/);
});
