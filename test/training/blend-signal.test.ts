/** A fitted blend leaves no audience without a signal: scores of some posts differ for everybody. */
import { describe, expect, test } from "bun:test";
import { fitBlend } from "../../src/training/fit-blend.ts";
import type { ScoredCase } from "../../src/training/scored-case.ts";
import { SHIPPED_BLEND, weightAt } from "../../src/ranking/blend.ts";
import { KNOTS, type Blend } from "../../src/snapshot/model.ts";
import { TERMS } from "../../src/models/models.ts";
import { POSTS, someCases } from "./blend-cases.ts";

describe("an audience keeps a signal", () => {
  const flat = new Float32Array(POSTS);
  /** The cases with a term that says nothing at some lengths. */
  const silenced = (
    cases: readonly ScoredCase[],
    isSilent: (term: string, length: number) => boolean,
  ): ScoredCase[] =>
    cases.map((it) => ({
      ...it,
      columns: it.columns.map((column, n) => (isSilent(TERMS[n]!, it.length) ? flat : column)),
    }));
  const general = (term: string) => ["popular", "trending", "fresh"].includes(term);
  /** History lengths at which nearly all people's scores are all equal. */
  const mute = (blend: Blend, cases: readonly ScoredCase[]) =>
    [...new Set(cases.map((it) => it.length))].filter((length) => {
      const weights = TERMS.map((term) => weightAt(blend, term, length));
      return cases
        .filter((it) => it.length === length)
        .every(({ columns }) =>
          columns.every((column, n) => weights[n] === 0 || column.every((it) => it === column[0])),
        );
    });

  test.each<[string, readonly number[]]>([
    ["newcomers are among the cases", [0, 0, 1, 3, 8, 30]],
    ["no newcomer is", [1, 2, 5, 10, 30]],
    ["all are newcomers", [0]],
  ])("where one personal term is best for all others, and %s", (_, lengths) => {
    for (const term of TERMS.filter((it) => !general(it))) {
      const cases = silenced(
        someCases(60, () => ({ [term]: 3 }), lengths),
        (it, length) => length === 0 && !general(it),
      );
      const blend = fitBlend(cases, SHIPPED_BLEND);
      expect(mute(blend, cases)).toEqual([]);
      expect(TERMS.some((it) => general(it) && blend.weights[it]![0]! > 0)).toBe(true);
    }
  });

  test("where everything misleads, or tells nothing at all", () => {
    const all = Object.fromEntries(TERMS.map((it) => [it, -20]));
    for (const cases of [someCases(240, () => all), someCases(240, () => ({}))]) {
      const { weights } = fitBlend(cases, SHIPPED_BLEND);
      for (const knot of KNOTS.keys())
        expect(TERMS.some((term) => weights[term]![knot]! > 0)).toBe(true);
    }
  });

  test("where the best term of others is flat for people with short histories", () => {
    const cases = silenced(
      someCases(400, () => ({ similar: 30 }), [0, 1, 2, 4, 8, 30]),
      (term, length) => term === "similar" && length < 5,
    );
    const blend = fitBlend(cases, SHIPPED_BLEND);
    expect(mute(blend, cases)).toEqual([]);
    const last = KNOTS.length - 1;
    expect(blend.weights["similar"]![last]!).toBeGreaterThan(
      SHIPPED_BLEND.weights["similar"]![last]!,
    );
  });

  test("also without the terms that newcomers are ranked by, where others tell", () => {
    const cases = someCases(240, () => ({ trending: 4 }));
    const { weights } = fitBlend(cases, SHIPPED_BLEND, ["popular", "fresh", "collaborative"]);
    for (const knot of KNOTS.keys())
      if (knot > 0) expect(weights["trending"]![knot]!).toBeGreaterThan(0);
  });

  test.each([
    [0.3, SHIPPED_BLEND.weights["popular"]![1]!],
    [0.05, 0],
  ])("where personal terms alone would leave %d of it without one", (share, weight) => {
    const telling = { collaborative: 3, popular: -3, trending: -3, fresh: -3 };
    const cases = someCases(1_200, () => telling, [1]);
    const silent = silenced(cases, (term) => !general(term));
    const some = cases.map((it, n) => (n % 100 < 100 * share ? silent[n]! : it));
    expect(fitBlend(some, SHIPPED_BLEND).weights["popular"]![1]).toBe(weight);
  });
});
