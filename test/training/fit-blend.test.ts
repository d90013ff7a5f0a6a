import { describe, expect, test } from "bun:test";
import { CASES_ENOUGH, fitBlend } from "../../src/training/fit-blend.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { KNOTS } from "../../src/snapshot/model.ts";
import { TERMS } from "../../src/models/models.ts";
import { POSTS, someCases } from "./blend-cases.ts";
import { seededRandom } from "../../src/linalg/random.ts";

const only = (blend: { weights: Record<string, readonly number[]> }, term: string, knot: number) =>
  TERMS.every((it) => it === term || blend.weights[it]![knot]! < blend.weights[term]![knot]! / 3);

/** Knots of people with a history. */
const KNOWN = [...KNOTS.keys()].slice(1);

describe("fitting the blend", () => {
  test("leaves the shipped weights alone where there are too few cases", () => {
    const few = someCases(CASES_ENOUGH - 1, () => ({ fresh: 20 }));
    expect(fitBlend(few, SHIPPED_BLEND)).toEqual({ ...SHIPPED_BLEND, cases: CASES_ENOUGH - 1 });
    expect(fitBlend([], SHIPPED_BLEND)).toEqual(SHIPPED_BLEND);
  });

  test("finds the one term that tells, wherever the history's length", () => {
    const blend = fitBlend(
      someCases(2_000, () => ({ fresh: 4 })),
      SHIPPED_BLEND,
    );
    expect(blend.fitted).toBe(true);
    expect(blend.cases).toBe(2_000);
    expect(blend.nDcg["blend"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["fresh"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["popular"]).toBeLessThan(0.5);
    for (const knot of KNOWN) expect(only(blend, "fresh", knot)).toBe(true);
  });

  test("finds different weights for short and long histories", () => {
    const telling = (length: number) => (length < 3 ? { popular: 5 } : { sequence: 5 });
    const blend = fitBlend(someCases(1_500, telling, [1, 2, 20, 40]), SHIPPED_BLEND);
    expect(only(blend, "popular", 1)).toBe(true);
    expect(only(blend, "sequence", KNOTS.length - 1)).toBe(true);
    expect(blend.nDcg["blend"]).toBeGreaterThan(0.9);
    expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg["popular"]! + 0.2);
    expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg["sequence"]! + 0.2);
  });

  test("adds up terms that each tell a part", () => {
    const blend = fitBlend(
      someCases(500, () => ({ collaborative: 2, similar: 2, fresh: 2 })),
      SHIPPED_BLEND,
    );
    for (const term of TERMS) expect(blend.nDcg["blend"]).toBeGreaterThan(blend.nDcg[term]! + 0.1);
  });

  test.each([
    ["one term tells a little", { neighbours: 1 }],
    ["one term misleads", { popular: -3, collaborative: 2 }],
    ["one term is perfect", { sequence: 30 }],
  ])("is no worse than the shipped weights, where %s", (_, telling) => {
    const { nDcg } = fitBlend(
      someCases(250, () => telling),
      SHIPPED_BLEND,
    );
    expect(nDcg["blend"]).toBeGreaterThanOrEqual(nDcg["shipped"]!);
  });

  test("is drawn to the shipped weights as by fifty cases", () => {
    const telling = { collaborative: 3, similar: 2, popular: -3 };
    const misled = (count: number) =>
      fitBlend(
        someCases(count, () => telling, [1]),
        SHIPPED_BLEND,
      ).weights;
    // Popularity misleads: its large shipped weight goes as soon as cases say so.
    expect(misled(60)["popular"]![1]).toBe(0);
    expect(misled(60)["collaborative"]![1]).toBeGreaterThan(0.5);
    expect(misled(600)["collaborative"]![1]).toBeGreaterThan(misled(60)["collaborative"]![1]!);
  });

  test("lets popularity weigh against a post from five posts of history on, personal terms never", () => {
    const telling = { collaborative: 3, popular: -3, neighbours: -3 };
    const { weights } = fitBlend(
      someCases(1_200, () => telling),
      SHIPPED_BLEND,
    );
    expect(weights["popular"]![1]).toBe(0);
    expect(weights["popular"]![2]).toBeLessThan(-0.1);
    expect(weights["popular"]![3]).toBeLessThan(-0.1);
    expect(weights["neighbours"]!.slice(1)).toEqual([0, 0, 0]);
  });

  test("keeps the shipped weights where all terms mislead: nothing would be left but what counts against posts", () => {
    const telling = Object.fromEntries(TERMS.map((it) => [it, -3]));
    const { weights } = fitBlend(
      someCases(1_200, () => telling, [20]),
      SHIPPED_BLEND,
    );
    for (const term of TERMS) expect(weights[term]![3]).toBe(SHIPPED_BLEND.weights[term]![3]!);
  });

  test("leaves newcomers' weights alone: their one list is fitted on look-backs", () => {
    const { weights } = fitBlend(
      someCases(400, () => ({ popular: 1, fresh: 3 })),
      SHIPPED_BLEND,
    );
    for (const term of TERMS) expect(weights[term]![0]).toBe(SHIPPED_BLEND.weights[term]![0]!);
    expect(weights["fresh"]![1]).toBeGreaterThan(weights["popular"]![1]!);
  });

  test("keeps weights of history lengths that no case has as shipped", () => {
    const cases = someCases(300, () => ({ similar: 2, neighbours: 2 }), [20]);
    const { weights } = fitBlend(cases, SHIPPED_BLEND);
    for (const term of TERMS)
      expect(weights[term]!.slice(0, 3)).toEqual([...SHIPPED_BLEND.weights[term]!.slice(0, 3)]);
    expect(weights["similar"]![3]).toBeGreaterThan(SHIPPED_BLEND.weights["similar"]![3]! + 0.5);
  });

  test("moves a term at all lengths where all cases of one length say so", () => {
    const cases = [
      ...someCases(400, () => ({ sequence: 3 }), [20]),
      ...someCases(30, () => ({}), [1]),
    ];
    const { weights } = fitBlend(cases, SHIPPED_BLEND);
    const rise = (knot: number) => weights["sequence"]![knot]! - SHIPPED_BLEND.weights["sequence"]![knot]!; // prettier-ignore
    expect(rise(3)).toBeGreaterThan(0.5);
    expect(rise(1)).toBeGreaterThan(rise(3) / 4);
  });

  test("asks only who comes first: a term that orders what no list shows gains nothing", () => {
    const POSTS_MANY = 400;
    const random = seededRandom(5);
    const cases = Array.from({ length: 400 }, (_, n) => {
      // Of every second case the first term knows the post; that of others is anywhere in the better half of the last term.
      const known = n % 2 === 0;
      const columns = TERMS.map((term) =>
        Float32Array.from({ length: POSTS_MANY }, (__, post) => {
          if (term === "fresh") return post < POSTS_MANY / 2 ? 1 : -1;
          return random() - 0.5 + (known && term === TERMS[0] && post === 399 ? 2 : 0);
        }),
      );
      const relevant = new Set([known ? 399 : Math.floor((random() * POSTS_MANY) / 2)]);
      return { length: 20, columns, relevant };
    });
    const { weights } = fitBlend(cases, SHIPPED_BLEND);
    expect(weights["fresh"]![3]).toBeLessThan(SHIPPED_BLEND.weights["fresh"]![3]! / 2);
  });

  test("counts a relevant post that was not found as missed", () => {
    const cases = someCases(200, () => ({ fresh: 20 })).map((it) => ({
      ...it,
      relevant: new Set([...it.relevant, POSTS]),
    }));
    expect(fitBlend(cases, SHIPPED_BLEND).nDcg["blend"]).toBeLessThan(0.9);
  });

  test("gives the same weights of four digits for the same cases", () => {
    const cases = () => someCases(300, () => ({ neighbours: 1, popular: 1 }));
    const { weights } = fitBlend(cases(), SHIPPED_BLEND);
    expect(weights).toEqual(fitBlend(cases(), SHIPPED_BLEND).weights);
    for (const it of Object.values(weights).flat()) expect(it).toBe(Math.round(it * 1e4) / 1e4);
  });

  test("gives no weight to the excluded terms, and finds the best of the others", () => {
    const cases = someCases(300, () => ({ fresh: 3, similar: 2 }));
    const { weights, nDcg } = fitBlend(cases, SHIPPED_BLEND, ["fresh"]);
    expect(weights.fresh).toEqual(KNOTS.map(() => 0));
    for (const knot of KNOWN)
      expect(TERMS.every((it) => weights[it]![knot]! <= weights["similar"]![knot]!)).toBe(true);
    expect(nDcg["blend"]).toBeLessThan(fitBlend(cases, SHIPPED_BLEND).nDcg["blend"]!);
    expect(nDcg["blend"]).toBeGreaterThan(nDcg["collaborative"]! + 0.2);
  });
});

test("equal scores earn nothing: a flat term never wins by its order", () => {
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
  const [a, b] = [fitBlend(first, SHIPPED_BLEND), fitBlend(last, SHIPPED_BLEND)];
  for (const term of TERMS) expect(a.nDcg[term]!).toBeCloseTo(b.nDcg[term]!, 6);
  expect(a.nDcg["fresh"]!).toBeLessThan(0.3);
});
