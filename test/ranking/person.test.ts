import { describe, expect, test } from "bun:test";
import { personOf, RECENCY } from "../../src/ranking/person.ts";
import { AS_OF_MS, modelOf, rowsOf } from "../support/model.ts";
import { history, type Done } from "../support/histories.ts";
import { withColumns } from "../support/parts.ts";
import { collaborativePart } from "../../src/models/ials/model.ts";

/** Rows 0 and 1 point one way, row 2 the other. */
const MODEL = modelOf([{ factors: [1, 0] }, { factors: [0.9, 0.1] }, { factors: [0, 1] }, {}]);
const rowOf = rowsOf(MODEL);
const { postFactors } = collaborativePart.of(MODEL).columns;
const fold = (done: readonly Done[], prior?: Float32Array, decay = RECENCY.neighbours) =>
  personOf(MODEL, rowOf, history(...done), prior, { collaborative: decay, neighbours: decay });
const like = (post: number, more: Partial<Done> = {}): Done => ({ post, kind: "like", ...more });
const rated = (post: number, value: number): Done => ({ post, kind: "rating", value });
const score = (x: Float32Array | undefined, row: number) =>
  x![0]! * postFactors[row * 2]! + x![1]! * postFactors[row * 2 + 1]!;

describe("a person", () => {
  test("has seen every post ever touched, from the oldest on, undone and disliked ones too", () => {
    const person = fold([
      { post: 102, kind: "view", withdrawn: true },
      like(104, { withdrawn: true }),
      rated(101, -5),
      { post: 102, kind: "view" },
    ]);
    expect([...person.seen]).toEqual([3, 0, 1]);
    expect([...person.rows]).toEqual([0, 1]);
    expect(person.confidence[0]).toBeLessThan(0);
    expect(person.confidence[1]).toBeGreaterThan(0);
  });

  test("is as long as the posts in the history, those the model does not know included", () => {
    const person = fold([like(101), { post: 101, kind: "view" }, like(999), like(998)]);
    expect(person.length).toBe(3);
    expect([...person.seen]).toEqual([0]);
  });

  test("is drawn to what was liked and away from what was not", () => {
    const fan = fold([like(101)]);
    expect(score(fan.factors, 1)).toBeGreaterThan(score(fan.factors, 2) + 0.1);
    const critic = fold([like(101), like(103), rated(102, -50)]);
    expect(score(critic.factors, 1)).toBeLessThan(score(fold([like(101), like(103)]).factors, 1));
  });

  test("counts older likes less by their place, not by the clock", () => {
    const events = [like(101, { atMs: 1 }), like(103, { atMs: 2 })];
    const [older, newer] = fold(events, undefined, 0.5).recent;
    expect(older! / newer!).toBeCloseTo(0.5, 5);
    const [first, second] = fold(events, undefined, 0.5).confidence;
    expect(first! / second!).toBeCloseTo(1, 5);
    const atOnce = fold(
      [like(101), like(102, { atMs: 5 }), like(103, { atMs: 5 })],
      undefined,
      0.5,
    );
    expect([...atOnce.recent].map((it) => it / atOnce.recent[2]!)).toEqual([0.25, 1, 1]);
  });

  test("is folded in alike however often asked, and however long ago a year was", () => {
    const year = 365 * 86_400_000;
    const done = [like(101, { atMs: AS_OF_MS - 5e9 }), like(103, { atMs: AS_OF_MS - 1e8 })];
    const later = done.map((it) => ({ ...it, atMs: it.atMs! + year }));
    const laterModel = { ...MODEL, info: { ...MODEL.info, asOfMs: AS_OF_MS + year } };
    expect(fold(done)).toEqual(fold(done));
    expect(personOf(laterModel, rowOf, history(...later))).toEqual(fold(done));
  });

  test("without a history is what the profile promises, or nothing", () => {
    const prior = Float32Array.of(0.3, 0.7);
    expect(fold([], prior).factors).toEqual(prior);
    expect(fold([]).factors).toBeUndefined();
    expect(fold([like(999)], prior).factors).toEqual(prior);
  });

  test("starts from the profile and leaves it with what they do", () => {
    const prior = Float32Array.of(0, 1);
    const few = fold([like(101)], prior).factors!;
    expect(few[1]).toBeGreaterThan(fold([like(101)]).factors![1]!);
    expect(few[1]).toBeLessThan(1);
  });

  test("still dislikes what they disliked ten thousand posts ago", () => {
    const ids = Float64Array.from({ length: 12_000 }, (_, n) => n + 1);
    const all = { ...MODEL, postKeys: ids };
    const done = [rated(1, -5), ...Array.from(ids.subarray(1), (id) => like(id))];
    const factorless = withColumns(all, collaborativePart, { postFactors: new Float32Array(0) });
    expect(personOf(factorless, rowsOf(all), history(...done)).recent[0]).toBeLessThan(0);
  });
});
