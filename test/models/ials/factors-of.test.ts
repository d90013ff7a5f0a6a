import { describe, expect, test } from "bun:test";
import { collaborativePart, factorsOf } from "../../../src/models/ials/model.ts";
import { personOf, type ProfileFacts } from "../../../src/models/person.ts";
import { history, type Done } from "../../support/histories.ts";
import { modelOf, rowsOf } from "../../support/model.ts";
import { withColumns } from "../../support/parts.ts";

/** Rows 0 and 1 point one way, row 2 the other; a profile's one counter says nothing, its text gives the factors. */
const MODEL = withColumns(
  modelOf([{ factors: [1, 0] }, { factors: [0.9, 0.1] }, { factors: [0, 1] }, {}]),
  collaborativePart,
  { userMap: Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1, 0, 0) },
  { features: 5 },
);
const rowOf = rowsOf(MODEL);
const { postFactors } = collaborativePart.of(MODEL).columns;
const fold = (done: readonly Done[], profile?: ProfileFacts) =>
  factorsOf(MODEL, personOf(MODEL, rowOf, history(...done), profile));
const like = (post: number): Done => ({ post, kind: "like" });
const score = (x: Float32Array | undefined, row: number) =>
  x![0]! * postFactors[row * 2]! + x![1]! * postFactors[row * 2 + 1]!;
const promising = (...factors: number[]): ProfileFacts => ({
  counters: [1],
  vector: Float32Array.of(...factors, 0),
});

describe("a person's factors", () => {
  test("are drawn to likes and away from dislikes", () => {
    const fan = fold([like(101)]);
    expect(score(fan, 1)).toBeGreaterThan(score(fan, 2) + 0.1);
    const critic = fold([like(101), like(103), { post: 102, kind: "rating", value: -50 }]);
    expect(score(critic, 1)).toBeLessThan(score(fold([like(101), like(103)]), 1));
  });

  test("without a history are the profile's prior mean, or none", () => {
    const profile = promising(0.3, 0.7);
    expect(fold([], profile)).toEqual(Float32Array.of(0.3, 0.7));
    expect(fold([])).toBeUndefined();
    expect(fold([like(999)], profile)).toEqual(Float32Array.of(0.3, 0.7));
  });

  test("start from the profile's prior mean and leave it with events", () => {
    const few = fold([like(101)], promising(0, 1))!;
    expect(few[1]).toBeGreaterThan(fold([like(101)])![1]!);
    expect(few[1]).toBeLessThan(1);
  });
});
