import { describe, expect, test } from "bun:test";
import { runPipeline } from "../../src/ranking/pipeline.ts";
import type { Pipeline, Source } from "../../src/ranking/stages.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import { modelOf, queryFor } from "../support/model.ts";

const MODEL = modelOf(Array.from({ length: 10 }, () => ({})));
const EMPTY = {
  sources: [],
  scorers: [],
  boosters: [],
  selectors: [],
} satisfies Pipeline;
const finds = (name: string, ...rows: number[]): Source => ({
  name,
  retrieve: () => Uint32Array.from(rows),
});
/** Scores by row number. */
const byRow = (weight: number) => ({
  name: "popular" as const,
  weight: () => weight,
  score: (_: unknown, rows: Uint32Array) => Float32Array.from(rows),
});
const run = (stages: Partial<Pipeline>, over: Partial<RankInputs> = {}) =>
  runPipeline({ ...EMPTY, ...stages }, queryFor(MODEL, over));
const feedOf = (...asked: Parameters<typeof run>) => [...run(...asked).orders.at(-1)!];

describe("running a pipeline", () => {
  test("serves a post once, however many sources found it, and knows which did", () => {
    const { orders, scored } = run({ sources: [finds("als", 7), finds("fresh", 9, 7)] });
    expect([...orders[0]!]).toEqual([7, 9]);
    expect([...scored.rows]).toEqual([7, 9]);
    expect([...scored.foundBy]).toEqual([0b11, 0b10]);
  });

  test("never serves more posts than requested", () => {
    expect(feedOf({ sources: [finds("als", 1, 2, 3)], scorers: [byRow(1)] }, { limit: 2 })).toEqual(
      [3, 2],
    );
  });

  test("scores every post by every term, whichever source found it", () => {
    const sources = [finds("als", 1), finds("fresh", 5)];
    expect(feedOf({ sources, scorers: [byRow(1)] })).toEqual([5, 1]);
    expect(feedOf({ sources, scorers: [byRow(-1)] })).toEqual([1, 5]);
  });

  test("adds terms up on one scale, whatever numbers they come in", () => {
    const large = {
      ...byRow(1),
      name: "fresh" as const,
      score: (_: unknown, rows: Uint32Array) => Float32Array.from(rows, (row) => -1e6 * row),
    };
    const { orders, scored } = run({
      sources: [finds("als", 1, 4, 5)],
      scorers: [byRow(2), large],
    });
    expect([...orders[0]!]).toEqual([5, 4, 1]);
    for (let n = 0; n < 3; n++) {
      const sum = scored.terms[0]![n]! + scored.terms[1]![n]!;
      expect(sum).toBeCloseTo(scored.score[n]!, 5);
    }
  });

  test("leaves a term of weight 0 out without working it out", () => {
    const broken = {
      ...byRow(0),
      score: () => {
        throw new Error("worked out");
      },
    };
    expect(feedOf({ sources: [finds("als", 2, 1)], scorers: [broken] })).toEqual([1, 2]);
  });

  test("lets a selector have the last word, and keeps the order before it", () => {
    const backwards = {
      name: "backwards",
      select: (_: unknown, it: Uint32Array) => it.toReversed(),
    };
    const categoryMask = Uint8Array.from(MODEL.postKeys, (_, row) => row % 2);
    const stages = { sources: [finds("als", 1, 2, 3, 5)], selectors: [backwards] };
    const { orders } = run(stages, { categoryMask });
    expect(orders.map((it) => [...it])).toEqual([
      [1, 3, 5],
      [5, 3, 1],
    ]);
  });
});
