import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { seededRandom } from "../../src/linalg/random.ts";
import { anyTopK, topK } from "../../src/linalg/top-k.ts";

/** The reference: sorts everything, slow and obvious. */
function sorted(scores: readonly number[], k: number): number[] {
  return [...scores.keys()]
    .filter((place) => scores[place]! > -Infinity)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, k);
}

describe("the k largest", () => {
  test("equal those of a full sort, with ties, NaN, infinities and any k", () => {
    // Few distinct finite values, so that ties are the rule. No +∞ twice: ∞ − ∞ can't be sorted.
    const score = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.float(),
      fc.constantFrom(NaN, -Infinity, -0, 0),
    );
    const scores = fc
      .array(score, { maxLength: 200 })
      .map((them) => them.map((it) => (it === Infinity ? 3e38 : it)));
    fc.assert(
      fc.property(scores, fc.nat({ max: 220 }), (them, k) => {
        const scores = Float32Array.from(them);
        expect([...topK(scores, k)]).toEqual(sorted([...scores], k));
        expect([...anyTopK(scores, k)]).toEqual(sorted([...scores], k).sort((a, b) => a - b));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each([10, 500, 9_000, 30_000])("are the same of very many, when %d are wanted", (k) => {
    const random = seededRandom(k);
    const scores = Float32Array.from({ length: 25_000 }, () => Math.round(2e4 * random() - 1e4));
    expect([...topK(scores, k)]).toEqual(sorted([...scores], k));
    expect([...anyTopK(scores, k)]).toEqual(sorted([...scores], k).sort((a, b) => a - b));
  });

  test("are found where every fourth score is large, as a sample of these sees no others", () => {
    const scores = Float32Array.from({ length: 2_000 }, (_, n) => (n % 4 === 0 ? 1e4 + n : n));
    expect([...topK(scores, 600)]).toEqual(sorted([...scores], 600));
    expect(anyTopK(scores, 600)).toEqual(topK(scores, 600).sort());
  });

  test("of nothing, or none of something, are none", () => {
    expect(topK(Float32Array.of(), 5)).toHaveLength(0);
    expect(topK(Float32Array.of(3, 1), 0)).toHaveLength(0);
  });

  test("are all of them, in order, if k is larger", () => {
    expect([...topK(Float32Array.of(1, 3, 2), 10)]).toEqual([1, 2, 0]);
  });

  test("leave out forbidden indices", () => {
    expect([...topK(Float32Array.of(NaN, 1, -Infinity, Infinity, 0), 5)]).toEqual([3, 1, 4]);
  });

  test("of equal scores are the first places, in order", () => {
    expect([...topK(Float32Array.of(7, 7, 7, 7), 2)]).toEqual([0, 1]);
    expect([...topK(Float32Array.of(1, 7, 7, 7, 9), 3)]).toEqual([4, 1, 2]);
  });
});

describe("the k largest of those that are allowed", () => {
  const cases = [
    [300, 20],
    [300, 290],
    [20_000, 700],
    [20_000, 15_000],
  ] as const;
  test.each(cases)("are of %d the best %d", (size, k) => {
    const random = seededRandom(size + k);
    const scores = Float32Array.from({ length: size }, () => Math.round(400 * random()) / 8 - 10);
    const allowed = Uint8Array.from({ length: size }, () => Number(random() < 0.7));
    for (const above of [-Infinity, 0, 35]) {
      const fit = [...scores].map((it, n) => (allowed[n] === 1 && it > above ? it : -Infinity));
      expect([...topK(scores, k, allowed, above)]).toEqual(sorted(fit, k));
    }
  });

  test("are none if none is wanted or allowed", () => {
    expect(topK(Float32Array.of(1, 2), 0, Uint8Array.of(1, 1))).toHaveLength(0);
    expect(topK(Float32Array.of(1, 2), 2, Uint8Array.of(0, 0))).toHaveLength(0);
  });
});
