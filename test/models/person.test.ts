import { describe, expect, test } from "bun:test";
import { RECENCY } from "../../src/models/models.ts";
import { decayed, personOf, type Person } from "../../src/models/person.ts";
import { AS_OF_MS, modelOf, rowsOf } from "../support/model.ts";
import { history, type Done } from "../support/histories.ts";

/** Rows 0 and 1 point one way, row 2 the other. */
const MODEL = modelOf([{ factors: [1, 0] }, { factors: [0.9, 0.1] }, { factors: [0, 1] }, {}]);
const rowOf = rowsOf(MODEL);
const fold = (done: readonly Done[], decay = RECENCY["collaborative"]!) =>
  personOf(MODEL, rowOf, history(...done), undefined, { ...RECENCY, collaborative: decay });
const recentOf = (person: Person) => decayed(person, "collaborative");
const like = (post: number, more: Partial<Done> = {}): Done => ({ post, kind: "like", ...more });
const rated = (post: number, value: number): Done => ({ post, kind: "rating", value });

describe("a person", () => {
  test("has seen every post with an event, oldest first, withdrawn and disliked ones too", () => {
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

  test("counts older likes less by their place, not by the clock", () => {
    const deeds = [like(101, { atMs: 1 }), like(103, { atMs: 2 })];
    const [older, newer] = recentOf(fold(deeds, 0.5));
    expect(older! / newer!).toBeCloseTo(0.5, 5);
    const [first, second] = fold(deeds, 0.5).confidence;
    expect(first! / second!).toBeCloseTo(1, 5);
    const together = [like(101), like(102, { atMs: 5 }), like(103, { atMs: 5 })];
    const recent = recentOf(fold(together, 0.5));
    expect([...recent].map((it) => it / recent[2]!)).toEqual([0.25, 1, 1]);
  });

  test("is folded in equally at each call, whatever the clock says", () => {
    const year = 365 * 86_400_000;
    const done = [like(101, { atMs: AS_OF_MS - 5e9 }), like(103, { atMs: AS_OF_MS - 1e8 })];
    const later = done.map((it) => ({ ...it, atMs: it.atMs! + year }));
    const laterModel = { ...MODEL, info: { ...MODEL.info, asOfMs: AS_OF_MS + year } };
    expect(fold(done)).toEqual(fold(done));
    expect(personOf(laterModel, rowOf, history(...later))).toEqual(fold(done));
  });

  test("still has a dislike from ten thousand posts ago", () => {
    const ids = Float64Array.from({ length: 12_000 }, (_, n) => n + 1);
    const all = { ...MODEL, postKeys: ids };
    const done = [rated(1, -5), ...Array.from(ids.subarray(1), (id) => like(id))];
    expect(recentOf(personOf(all, rowsOf(all), history(...done)))[0]).toBeLessThan(0);
  });
});
