import { describe, expect, test } from "bun:test";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { confidenceUnit, inOrder, signalsOf } from "../../src/training/matrix.ts";
import { presentConfidence, inUnits, scalesOf } from "../../src/models/confidence.ts";
import { histories, type Done } from "../support/histories.ts";
import { dense } from "../support/matrix.ts";

const PARAMS = {
  ...presentConfidence(),
  weights: { ...presentConfidence().weights, view: 0.5, like: 1 },
  dislike: 2,
  floor: 1,
};
const POSTS = vocabulary(Float64Array.of(70, 80, 90));
const view = (post: number, atMs = 0): Done => ({ post, kind: "view", atMs });
const dislike = (post: number): Done => ({ post, kind: "rating", value: -40 });

const signals = (...users: Done[][]) => {
  const all = histories(...users);
  return signalsOf(all, POSTS, scalesOf(all), 0, PARAMS);
};

describe("everybody's histories as a matrix", () => {
  test("hold one signed confidence a person and post", () => {
    const like: Done = { post: 70, kind: "like" };
    const { matrix } = signals([view(70), like, dislike(90)], [], [view(80)]);
    expect(dense(matrix)).toEqual([
      [1.5, 0, -2],
      [0, 0, 0],
      [0, 0.5, 0],
    ]);
  });

  test("list a person's posts from oldest to newest touch", () => {
    const { matrix } = signals([view(90, 1), view(70, 2), view(80, 3), view(90, 4)]);
    expect([...matrix.columns]).toEqual([0, 1, 2]);
  });

  test("leave the dislikes out of the likes", () => {
    const { likes } = signals([dislike(70), view(80)], [dislike(90)], [view(90)]);
    expect([...likes.rowStart]).toEqual([0, 1, 1, 2]);
    expect([...likes.columns]).toEqual([1, 2]);
    expect([...likes.values]).toEqual([0.5, 0.5]);
  });

  test("leave out posts outside the catalogue and withdrawn events", () => {
    const { matrix, entries } = signals([view(12345), { ...view(70), withdrawn: true }, view(80)]);
    expect([...matrix.columns]).toEqual([1]);
    expect([...entries.rows]).toEqual([1]);
  });

  test("touch a post once a person, when last touched; a dislike with a confidence below 0", () => {
    const { entries } = signals([view(80, 5), view(80, 9), dislike(70)]);
    expect(entries).toEqual({
      people: Uint32Array.of(0, 0),
      rows: Uint32Array.of(1, 0),
      confidence: Float32Array.of(0.75, -2),
      atMs: Float64Array.of(9, 0),
    });
  });

  test("have an order only for people with different times", () => {
    const at = (...times: number[]) => times.map((it, n) => view([70, 80, 90][n]!, it));
    const all = signals(at(5, 5, 5), [dislike(90), ...at(3, 4)], at(7), []);
    const ordered = inOrder(all);
    expect([...ordered.rowStart]).toEqual([0, 0, 2, 2, 2]);
    expect([...ordered.columns]).toEqual([0, 1]);
  });

  test("count 1 a like of a person on average, in their unit", () => {
    const all = signals([view(70), { post: 80, kind: "like" }], [view(80)], [dislike(90)]);
    const mean = ((0.5 + 1) / 2 + 0.5) / 2;
    expect(confidenceUnit(all)).toBeCloseTo(1 / mean, 6);
    expect(inUnits(PARAMS, confidenceUnit(all))).toMatchObject({
      weights: { view: 0.8, like: 1.6 },
      dislike: 3.2,
    });
    expect(confidenceUnit(signals([dislike(70)]))).toBe(1);
  });

  test("are empty for an empty store", () => {
    const { matrix, likes, entries } = signals();
    expect([...matrix.rowStart]).toEqual([0]);
    expect([...likes.rowStart]).toEqual([0]);
    expect(entries.rows).toHaveLength(0);
  });
});

test("posts with low ratings still relate to others, and count as opened", () => {
  const rated = (post: number, value: number): Done => ({ post, kind: "rating", value });
  const { likes, entries } = signals(
    ...[1, 2, 3].map((atMs) => [view(70, atMs), rated(70, 30), rated(80, 90)]),
  );
  expect([...likes.columns]).toEqual([0, 1, 0, 1, 0, 1]);
  const [low, high] = [0, 1].map((row) =>
    entries.confidence.filter((_, n) => entries.rows[n] === row).reduce((sum, it) => sum + it, 0),
  );
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThan(high!);
});
