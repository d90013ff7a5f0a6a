/** A stage that throws: the feed does without it and says so, unless the stage hides something. */
import { afterEach, describe, expect, mock, spyOn, test } from "bun:test";
import { REASONS } from "../../src/ranking/eligibility.ts";
import { TERMS } from "../../src/models/models.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const POSTS = Array.from({ length: 60 }, (_, n) => ({
  category: n % 2 ? "a" : "b",
  factors: [Math.sin(n), Math.cos(n)],
  vector: [Math.sin(n), 0.5, Math.cos(n)],
}));
/** Every term counts, so that each is worked out. */
const weights = Object.fromEntries(TERMS.map((it) => [it, [1, 1, 1, 1]]));
const MODEL = modelOf(POSTS, { blend: { weights, fitted: false, cases: 0, nDcg: {} } });
const { ranker, rank } = rankingWith(MODEL);
const HISTORY: readonly Done[] = [
  { post: 101, kind: "like" },
  { post: 103, kind: "like" },
];
const asked = (limit = 100) =>
  rank(HISTORY, {
    categoryMask: new Uint8Array(POSTS.length).fill(1),
    mood: Float32Array.of(0, 1, 0),
    limit,
  });
const fail = () => {
  throw new TypeError("broken");
};
afterEach(() => void mock.restore());

const { sources, scorers, boosters, selectors } = ranker.pipeline;

describe("a feed with a stage that throws", () => {
  test("has none to name while all is well", () => {
    expect(asked().failures).toEqual([]);
  });

  test.each(sources.map((it) => [it.name, it] as const))("does without source %s", (name, it) => {
    spyOn(it, "retrieve").mockImplementation(fail);
    const { rows, failures } = asked();
    expect([rows.length, failures.map((one) => one.stage)]).toEqual([60, [`source:${name}`]]);
    expect(failures[0]!.cause).toBeInstanceOf(TypeError);
  });

  test.each(scorers.map((it) => [it.name, it] as const))("does without term %s", (name, it) => {
    spyOn(it, "score").mockImplementation(fail);
    const { rows, scored, failures } = asked();
    expect([rows.length, failures.map((one) => one.stage)]).toEqual([60, [`term:${name}`]]);
    expect([...scored.terms[scorers.indexOf(it)]!].every((one) => one === 0)).toBeTrue();
    expect([...scored.score].every(Number.isFinite)).toBeTrue();
  });

  test.each(scorers.map((it) => [it.name, it] as const))(
    "does without term %s where one of its numbers is not finite",
    (name, it) => {
      for (const bad of [Number.NaN, Infinity, -Infinity]) {
        spyOn(it, "score").mockImplementation((_, rows) =>
          Float32Array.from(rows, (_, n) => (n === 7 ? bad : n)),
        );
        const { scored, failures } = asked();
        expect(failures.map((one) => one.stage)).toEqual([`term:${name}`]);
        expect([...scored.score].every(Number.isFinite)).toBeTrue();
        mock.restore();
      }
    },
  );

  test.each(boosters.map((it, n) => [it.name, it, n] as const))(
    "does without booster %s, also where one of its numbers is not finite",
    (name, it, n) => {
      for (const broken of [
        fail,
        (_: unknown, rows: Uint32Array) => new Float32Array(rows).fill(Number.NaN, 7, 8),
      ]) {
        spyOn(it, "boost").mockImplementation(broken);
        const { rows, scored, failures } = asked();
        expect([rows.length, failures.map((one) => one.stage)]).toEqual([60, [`term:${name}`]]);
        expect([...scored.terms[scorers.length + n]!].every((one) => one === 0)).toBeTrue();
        expect([...scored.score].every(Number.isFinite)).toBeTrue();
        mock.restore();
      }
    },
  );

  test("does without its selectors", () => {
    for (const it of selectors) spyOn(it, "select").mockImplementation(fail);
    const { rows, failures } = asked();
    expect(rows).toHaveLength(60);
    expect(failures.map((it) => it.stage)).toEqual(selectors.map((it) => `selector:${it.name}`));
  });

  test("is the popular posts if all sources throw", () => {
    for (const it of sources) spyOn(it, "retrieve").mockImplementation(fail);
    const { rows, tierStart, failures } = asked();
    expect([rows.length, tierStart[0], failures.length]).toEqual([60, 0, sources.length]);
  });

  test("fails without its eligibility: hidden posts stay hidden", () => {
    for (const [name, it] of Object.entries(REASONS))
      for (const member of ["rows", "mask"] as const) {
        if (it[member] === undefined) continue;
        spyOn(it as Required<typeof it>, member).mockImplementation(fail);
        expect(() => asked(), name).toThrow("broken");
        mock.restore();
      }
  });
});
