import { describe, expect, test } from "bun:test";
import { profileFeatures, profilePrior, profileTable } from "../../../src/models/ials/profile.ts";

const VECTOR = Float32Array.of(0.6, 0.8);

describe("the features of a profile", () => {
  test("are 1, the counters on a log scale, the embedding", () => {
    const [one, none, many, ...text] = profileFeatures(
      { counters: [0, 1_000_000], vector: VECTOR },
      2,
    );
    expect(one).toBe(1);
    expect(none).toBe(0);
    expect(many).toBeCloseTo(Math.log(1_000_001) / 10, 6);
    expect(text).toEqual([...VECTOR]);
  });

  test("are zero for a text without vector, a vector of another model, a negative count", () => {
    expect([...profileFeatures({ counters: [-5], vector: undefined }, 2)]).toEqual([1, 0, 0, 0]);
    const foreign = Float32Array.of(1, 0, 0);
    expect([...profileFeatures({ counters: [0], vector: foreign }, 2)]).toEqual([1, 0, 0, 0]);
  });

  test("are unknown for somebody without profile", () => {
    const { values, width, known } = profileTable(
      [undefined, { counters: [0], vector: VECTOR }],
      2,
    );
    expect(width).toBe(4);
    expect([...known]).toEqual([0, 1]);
    expect([...values.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(profileTable([undefined], 2).known).toEqual(Uint8Array.of(0));
  });
});

describe("the prior of a profile", () => {
  const facts = { counters: [0], vector: VECTOR };
  const map = Float32Array.of(1, 10, 5, 50, 2, 20, 3, 30); // [4 × 2]

  test("is its features times the map", () => {
    const prior = profilePrior(facts, map, 2, 2)!;
    expect(prior[0]).toBeCloseTo(1 + 0.6 * 2 + 0.8 * 3, 5);
    expect(prior[1]).toBeCloseTo(10 + 0.6 * 20 + 0.8 * 30, 4);
  });

  test("is unknown without profile, without a map, or with one of another width", () => {
    expect(profilePrior(undefined, map, 2, 2)).toBeUndefined();
    expect(profilePrior(facts, new Float32Array(0), 2, 2)).toBeUndefined();
    expect(profilePrior(facts, map.subarray(2), 2, 2)).toBeUndefined();
  });
});
