/** The operator's factors of fitted weights, of variety and of the share of new posts. */
import { describe, expect, test } from "bun:test";
import type { Adjustments } from "../../src/domain/adjustments.ts";
import { usualLambda } from "../../src/ranking/selectors/diversity.ts";
import { modelOf, rankingWith, STRANGER } from "../support/model.ts";
import { slowed } from "../../src/models/freshness/model.ts";
import { TERMS } from "../../src/models/models.ts";

const POSTS = [
  { ageDays: 300, popularity: 9 }, // what everybody likes
  { ageDays: 0, popularity: 0 }, // what is new
  { ageDays: 200, popularity: 1 },
  { ageDays: 250, popularity: 1 },
];
const model = modelOf(POSTS);
const { ranker } = rankingWith(model);
const asked = { person: STRANGER, categoryMask: undefined, mood: undefined, limit: 10 };
const orderWith = (adjustments?: Adjustments) => [...ranker.rank({ ...asked, adjustments }).rows];

describe("adjustments", () => {
  test("of 1 rank as none, to the last bit of every score", () => {
    const neutral = Object.fromEntries(
      [...TERMS, "variety", "half_life", "exploration"].map((it) => [it, 1]),
    );
    const [without, with1] = [undefined, neutral].map((adjustments) => ranker.rankWithScores({ ...asked, adjustments })); // prettier-ignore
    expect(with1!.scored).toEqual(without!.scored);
    expect(with1!.rows).toEqual(without!.rows);
  });

  test("multiply a term's weight, so that the new post passes the liked one", () => {
    expect(orderWith()[0]).toBe(0);
    expect(orderWith({ popular: 0 })[0]).toBe(1);
    expect(orderWith({ popular: 0.1, fresh: 4 })[0]).toBe(1);
  });

  test("multiply the half-life of newness: a post of 10 days is as fresh as one of 5 was", () => {
    const at = (ageDays: number) => 0.5 ** (ageDays / 20);
    expect(slowed(Float32Array.of(at(10)), 2)[0]).toBeCloseTo(at(5), 6);
    expect(slowed(Float32Array.of(at(10)), 1)[0]).toBeCloseTo(at(10), 6);
    const [old, young] = slowed(Float32Array.of(at(10), 1), 0);
    expect(old).toBeCloseTo(at(200), 6);
    expect(young).toBe(1);
  });

  test("multiply the weight of similarity", () => {
    const lambda = usualLambda({ model, person: STRANGER });
    expect(usualLambda({ model, person: STRANGER, adjustments: { variety: 3 } })).toBe(3 * lambda);
  });
});
