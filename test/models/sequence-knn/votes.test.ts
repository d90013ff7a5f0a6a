import { describe, expect, test } from "bun:test";
import { sequenceKnnPart } from "../../../src/models/sequence-knn/model.ts";
import { votesFor } from "../../../src/models/sequence-knn/votes.ts";
import { collaborativePart } from "../../../src/models/ials/model.ts";
import type { Person } from "../../../src/models/person.ts";
import type { Model } from "../../../src/snapshot/model.ts";
import type { Done } from "../../support/histories.ts";
import { AS_OF_MS, modelOf, rankingWith } from "../../support/model.ts";
import { stepsOf } from "./generated.ts";

/** Rows 0 to 2 point one way, 3 to 5 the other. */
const factors = Array.from({ length: 6 }, (_, row) => (row < 3 ? [1, 0] : [0, 1]));
const posts = factors.map((it) => ({ factors: it }));
const HISTORIES = [
  [0, 1, 2, 4],
  [3, 5],
  [4, 5, 3],
];
const model = modelOf(posts, { parts: await stepsOf(HISTORIES, factors) });
const { person } = rankingWith(model);
const like = (row: number, n = 0): Done => ({
  ...{ post: 101 + row, kind: "like", atMs: AS_OF_MS - 10 + n },
});
const votesIn = (of: Model, whose: Person) => {
  const { info, columns } = sequenceKnnPart.of(of);
  const vectors = collaborativePart.of(of).columns.postFactors;
  const { rows, weights } = votesFor(whose, { ...columns, vectors }, info);
  return new Map(Array.from(rows, (row, n) => [row, weights[n]!]));
};
const votes = (...rows: number[]) => votesIn(model, person(rows.map(like)));
const best = (of: ReadonlyMap<number, number>) =>
  [...of].sort(([, a], [, b]) => b - a).map(([row]) => row);

describe("the votes of sequence kNN", () => {
  test("are for the posts after similar states, and less for the posts after those", () => {
    // Three pasts are all of the first kind: next came 1, then 2; 2, then 4; 4.
    const found = votes(1);
    expect(found.get(1)!).toBeCloseTo(1, 6);
    expect(found.get(2)!).toBeCloseTo(1.3, 6);
    expect(found.get(4)!).toBeCloseTo(1.3, 6);
    expect(best(votes(4)).slice(0, 2).sort()).toEqual([3, 5]);
  });

  test("are for posts alone, not for the end of a history", () => {
    expect([...votes(3).keys()].toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  test("are those of the hundred nearest states", async () => {
    const alike = Array.from({ length: 150 }, () => [0, 1]);
    const many = modelOf(posts, { parts: await stepsOf(alike, factors) });
    const found = votesIn(many, rankingWith(many).person([like(0)]));
    expect([...found]).toEqual([[1, 100]]);
  });

  test("fade with how much less alike the past was", () => {
    const found = votes(3);
    expect(found.get(5)! / (found.get(1) ?? 0)).toBeGreaterThan(100);
  });

  test("are none for likes of posts without a vector, which resemble nothing", async () => {
    const later = modelOf([...posts, { factors: [0, 0] }], {
      parts: await stepsOf(HISTORIES, factors),
    });
    expect(votesIn(later, rankingWith(later).person([like(6)])).size).toBe(0);
    expect(votesIn(later, rankingWith(later).person([like(6), like(1, 1)])).size).toBeGreaterThan(
      0,
    );
  });

  test("are none for strangers and dislikes", () => {
    expect(votes().size).toBe(0);
    const critic = person([{ post: 101, kind: "rating", value: -50, atMs: AS_OF_MS }]);
    expect(votesIn(model, critic).size).toBe(0);
    const nothing = modelOf(posts);
    expect(votesIn(nothing, rankingWith(nothing).person([like(1)])).size).toBe(0);
  });
});
