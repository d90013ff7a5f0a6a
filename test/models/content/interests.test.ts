import { describe, expect, test } from "bun:test";
import { interestsOf } from "../../../src/models/content/interests.ts";
import type { Done } from "../../support/histories.ts";
import { modelOf, rankingWith } from "../../support/model.ts";
import { unit } from "../../support/sketch.ts";

const RUN = [1, 0, 0];
const COOK = [0, 1, 0];
const MODEL = modelOf([
  { vector: RUN },
  { vector: [0.9, 0.1, 0] },
  { vector: COOK },
  { vector: [0, 0, 1] },
  {},
]);
const { person } = rankingWith(MODEL);
const like = (post: number): Done => ({ post, kind: "like" });
const vectors = (flat: Float32Array) =>
  Array.from({ length: flat.length / 3 }, (_, n) => [...flat.subarray(3 * n, 3 * n + 3)]);
const of = (...done: Done[]) => {
  const { likes, units } = interestsOf(MODEL, person(done));
  const all = vectors(units());
  return { liked: all.slice(0, likes), disliked: all.slice(likes) };
};

describe("interests", () => {
  test("of two kinds of likes are two directions, the newest first, never their mean", () => {
    const { liked } = of(like(101), like(102), like(103));
    expect(liked).toHaveLength(2);
    expect(liked[0]).toEqual(COOK);
    expect(liked[1]![0]).toBeGreaterThan(0.99);
    expect(Math.hypot(...liked[1]!)).toBeCloseTo(1, 6);
  });

  test("keep dislikes apart", () => {
    const { liked, disliked } = of(like(101), { post: 103, kind: "rating", value: -9 });
    expect(liked).toEqual([RUN]);
    expect(disliked).toEqual([COOK]);
  });

  test("are none without likes, without vectors, without an encoder", () => {
    expect(of()).toEqual({ liked: [], disliked: [] });
    expect(of(like(105))).toEqual({ liked: [], disliked: [] });
    const plain = modelOf([{}, {}], { encoder: undefined });
    expect(interestsOf(plain, rankingWith(plain).person([like(101)])).likes).toBe(0);
  });

  test("are at most four, whatever is liked", () => {
    const axes = [0, 1, 2].flatMap((axis) =>
      [1, -1].map((sign) => ({ vector: [0, 1, 2].map((it) => (it === axis ? sign : 0)) })),
    );
    const model = modelOf(axes);
    const done = axes.map((_, row) => like(101 + row));
    expect(interestsOf(model, rankingWith(model).person(done)).units()).toHaveLength(4 * 3);
    expect(unit([3, 4, 0])).toEqual([...Float32Array.of(0.6, 0.8, 0)]);
  });
});
