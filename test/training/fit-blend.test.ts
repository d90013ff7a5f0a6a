import { describe, expect, test } from "bun:test";
import { CASES_ENOUGH, fitBlend, type ScoredCase } from "../../src/training/fit-blend.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { SHIPPED_BLEND, weightAt } from "../../src/ranking/blend.ts";
import { KNOTS, TERMS, type Blend, type Term } from "../../src/snapshot/model.ts";

const POSTS = 30;

/**
 * Cases in which every term is noise, but for what `telling` says of how well a term tells the two
 * relevant posts from the others: by how many standard deviations.
 */
function someCases(
  count: number,
  telling: (length: number) => Partial<Record<Term, number>>,
  lengths: readonly number[] = [0, 1, 2, 5, 10, 30],
): ScoredCase[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, n) => {
    const length = lengths[n % lengths.length]!;
    const relevant = new Set([Math.floor(random() * POSTS), Math.floor(random() * POSTS)]);
    const columns = TERMS.map((term) => {
      const bonus = telling(length)[term] ?? 0;
      return Float32Array.from(
        { length: POSTS },
        (_, post) => random() + random() + random() - 1.5 + (relevant.has(post) ? bonus / 2 : 0),
      );
    });
    return { length, columns, relevant };
  });
}

const only = (blend: { weights: Record<Term, readonly number[]> }, term: Term, knot: number) =>
  TERMS.every((it) => it === term || blend.weights[it][knot]! < blend.weights[term][knot]! / 3);

describe("fitting the blend", () => {
  test("leaves the shipped weights alone where there are too few cases", () => {
    const few = someCases(CASES_ENOUGH - 1, () => ({ fresh: 20 }));
    expect(fitBlend(few)).toEqual({ ...SHIPPED_BLEND, cases: CASES_ENOUGH - 1 });
    expect(fitBlend([])).toEqual(SHIPPED_BLEND);
  });

  test("finds the one term that tells, wherever the history's length", () => {
    const blend = fitBlend(someCases(400, () => ({ fresh: 4 })));
    expect(blend.fitted).toBe(true);
    expect(blend.cases).toBe(400);
    expect(blend.nDcg["blend"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["fresh"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["popular"]).toBeLessThan(0.5);
    for (const knot of KNOTS.keys()) expect(only(blend, "fresh", knot)).toBe(true);
  });

  test("finds different weights for short and long histories", () => {
    const telling = (length: number) =>
      length < 3 ? { popular: 5 } : ({ sequence: 5 } as Partial<Record<Term, number>>);
    const blend = fitBlend(someCases(3_000, telling, [0, 1, 5, 20, 40]));
    expect(only(blend, "popular", 0)).toBe(true);
    expect(only(blend, "sequence", KNOTS.length - 1)).toBe(true);
    expect(blend.nDcg["blend"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg["popular"]! + 0.2);
    expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg["sequence"]! + 0.2);
  });

  test("adds up terms that each tell a part", () => {
    const blend = fitBlend(someCases(500, () => ({ collaborative: 2, similar: 2, fresh: 2 })));
    for (const term of TERMS) expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg[term]! + 0.1);
  });

  test.each([
    ["nothing tells", {}],
    ["one term tells a little", { neighbours: 1 }],
    ["one term misleads", { popular: -3, collaborative: 2 }],
    ["one term is perfect", { sequence: 30 }],
  ])("is never worse than its best part, where %s", (_, telling) => {
    const { nDcg } = fitBlend(someCases(250, () => telling));
    for (const term of TERMS) expect(nDcg["blend"]).toBeGreaterThanOrEqual(nDcg[term]!);
  });

  test("is drawn to the shipped weights as by fifty cases", () => {
    const telling = { collaborative: 3, similar: 2, popular: -3 };
    const misled = (count: number) => fitBlend(someCases(count, () => telling, [0])).weights;
    // Popularity misleads: its large shipped weight goes as soon as cases say so.
    expect(misled(60).popular[0]).toBe(0);
    expect(misled(60).collaborative[0]).toBeGreaterThan(0.5);
    expect(misled(600).collaborative[0]).toBeGreaterThan(misled(60).collaborative[0]!);
  });

  test("keeps newcomers' weights as shipped unless others are clearly better for them", () => {
    const { weights } = fitBlend(someCases(400, () => ({ popular: 2, fresh: 0.6 }), [0]));
    for (const term of TERMS) expect(weights[term][0]).toBe(SHIPPED_BLEND.weights[term][0]!);
    const better = fitBlend(someCases(400, () => ({ popular: 1, fresh: 3 }), [0])).weights;
    expect(better.fresh[0]).toBeGreaterThan(better.popular[0]!);
  });

  test("keeps weights of history lengths that no case has as shipped", () => {
    const { weights } = fitBlend(someCases(300, () => ({ similar: 2, neighbours: 2 }), [0]));
    for (const term of TERMS)
      expect(weights[term].slice(1)).toEqual([...SHIPPED_BLEND.weights[term].slice(1)]);
    expect(weights.similar[0]).toBeGreaterThan(SHIPPED_BLEND.weights.similar[0]! + 0.5);
  });

  test("counts a relevant post that was not found as missed", () => {
    const cases = someCases(200, () => ({ fresh: 20 })).map((it) => ({
      ...it,
      relevant: new Set([...it.relevant, POSTS]),
    }));
    expect(fitBlend(cases).nDcg["blend"]).toBeLessThan(0.9);
  });

  test("gives the same weights for the same cases", () => {
    const cases = () => someCases(300, () => ({ neighbours: 1, popular: 1 }));
    expect(fitBlend(cases())).toEqual(fitBlend(cases()));
  });

  test("does without the terms it is told to, and finds the best of the others", () => {
    const cases = someCases(300, () => ({ fresh: 3, similar: 2 }));
    const { weights, nDcg } = fitBlend(cases, ["fresh"]);
    expect(weights.fresh).toEqual(KNOTS.map(() => 0));
    for (const knot of KNOTS.keys()) expect(only({ weights }, "similar", knot)).toBe(true);
    expect(nDcg["blend"]).toBeLessThan(fitBlend(cases).nDcg["blend"]!);
    expect(nDcg["blend"]).toBeGreaterThanOrEqual(nDcg["similar"]!);
  });
});

describe("an audience keeps a signal", () => {
  const flat = new Float32Array(POSTS);
  /** The same cases, in which a term says nothing at some lengths. */
  const silenced = (
    cases: readonly ScoredCase[],
    isSilent: (term: Term, length: number) => boolean,
  ): ScoredCase[] =>
    cases.map((it) => ({
      ...it,
      columns: it.columns.map((column, n) => (isSilent(TERMS[n]!, it.length) ? flat : column)),
    }));
  const general = (term: Term) => ["popular", "trending", "fresh"].includes(term);
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
      const blend = fitBlend(cases);
      expect(mute(blend, cases)).toEqual([]);
      expect(TERMS.some((it) => general(it) && blend.weights[it][0]! > 0)).toBe(true);
    }
  });

  test("where everything misleads, or tells nothing at all", () => {
    const all = Object.fromEntries(TERMS.map((it) => [it, -20]));
    for (const cases of [someCases(240, () => all), someCases(240, () => ({}))]) {
      const { weights } = fitBlend(cases);
      for (const knot of KNOTS.keys())
        expect(TERMS.some((term) => weights[term][knot]! > 0)).toBe(true);
    }
  });

  test("where what tells others their posts is the same for all who have done little", () => {
    const cases = silenced(
      someCases(400, () => ({ similar: 30 }), [0, 1, 2, 4, 8, 30]),
      (term, length) => term === "similar" && length < 5,
    );
    const blend = fitBlend(cases);
    expect(mute(blend, cases)).toEqual([]);
    const last = KNOTS.length - 1;
    expect(blend.weights.similar[last]!).toBeGreaterThan(SHIPPED_BLEND.weights.similar[last]!);
  });

  test("also without the terms that newcomers are ranked by, where others tell", () => {
    const cases = someCases(240, () => ({ trending: 4 }));
    const { weights } = fitBlend(cases, ["popular", "fresh", "collaborative"]);
    for (const knot of KNOTS.keys()) expect(weights.trending[knot]!).toBeGreaterThan(0);
  });
});

test("equal scores earn nothing: a term that is the same for all posts never wins by their order", () => {
  const first = someCases(240, () => ({ similar: 1 })).map((it) => ({
    ...it,
    columns: it.columns.map((column, n) =>
      TERMS[n] === "fresh" ? new Float32Array(POSTS) : column,
    ),
    relevant: new Set([0, 1]), // as if ids had told
  }));
  const last = first.map((it) => ({
    ...it,
    columns: it.columns.map((column) => column.toReversed()),
    relevant: new Set([POSTS - 1, POSTS - 2]),
  }));
  const [a, b] = [fitBlend(first), fitBlend(last)];
  for (const term of TERMS) expect(a.nDcg[term]!).toBeCloseTo(b.nDcg[term]!, 6);
  expect(a.nDcg["fresh"]!).toBeLessThan(0.3);
});
