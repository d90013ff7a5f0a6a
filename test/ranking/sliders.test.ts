/** The sliders of a person, by which freshness and popularity weigh. */
import { expect, test } from "bun:test";
import { UNMOVED, type Sliders } from "../../src/domain/sliders.ts";
import { slidWeight } from "../../src/ranking/slid.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { modelOf, rankingWith, STRANGER } from "../support/model.ts";

const POSTS = [
  { ageDays: 300, popularity: 9 }, // what everybody likes
  { ageDays: 0, popularity: 0 }, // what is new
  { ageDays: 200, popularity: 1 },
  { ageDays: 250, popularity: 1 },
];

function orderWith(sliders?: Sliders): number[] {
  const ranker = atOnce(openRanker(modelOf(POSTS), () => new Uint32Array(0)));
  const asked = { person: STRANGER, categoryMask: undefined, mood: undefined, limit: 10 };
  return [...ranker.rank({ ...asked, sliders }).rows];
}

test("sliders in the middle rank as without sliders", () => {
  expect(orderWith(UNMOVED)).toEqual(orderWith());
  expect(slidWeight(0.3, 2, UNMOVED, "freshness")).toBe(0.3);
});

test("the freshness slider at its end brings the new post to the top, the popularity slider the liked one", () => {
  expect(orderWith({ ...UNMOVED, popularity: 0, freshness: 1 })[0]).toBe(1);
  expect(orderWith({ ...UNMOVED, popularity: 1, freshness: 0 })[0]).toBe(0);
});

test("a slider at its start takes its term away, and at its end raises one that weighed nothing", () => {
  expect(slidWeight(0.3, 2, { ...UNMOVED, freshness: 0 }, "freshness")).toBe(0);
  expect(slidWeight(0, 2, { ...UNMOVED, freshness: 1 }, "freshness")).toBe(1);
  expect(slidWeight(0.3, 2, { ...UNMOVED, freshness: 1 }, "popularity")).toBe(0.3);
  expect(slidWeight(0.3, 2, { ...UNMOVED, freshness: 1 }, undefined)).toBe(0.3);
});

test("a slider leaves a weight below 0 as it is before its middle, and raises it like one of 0 at its end", () => {
  expect(slidWeight(-0.3, 2, { ...UNMOVED, popularity: 0 }, "popularity")).toBe(-0.3);
  expect(slidWeight(-0.3, 2, { ...UNMOVED, popularity: 1 }, "popularity")).toBeCloseTo(1, 10);
});

test("weights below 0 do not shrink what a slider adds: it is a share of those above 0", () => {
  const weights = { ...SHIPPED_BLEND.weights, trending: [0, 0, -9, -9], fresh: [0, 0, 0, 0] };
  const model = modelOf(POSTS, { blend: { ...SHIPPED_BLEND, weights } });
  const { ranker, person } = rankingWith(model);
  const known = person(POSTS.map((_, n) => ({ post: 101 + n, kind: "like" as const })));
  const { weight } = ranker.pipeline.scorers.find(({ name }) => name === "fresh")!;
  const sliders = { ...UNMOVED, freshness: 1 };
  expect(
    weight({ model, person: { ...known, length: 5 }, sliders, adjustments: {} }),
  ).toBeGreaterThan(0);
});
