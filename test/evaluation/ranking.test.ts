/** Ties earn what a random order would on average, whatever the ids. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { runSystems, METRIC_NAMES, METRICS, type Metric } from "../../src/evaluation/runs.ts";
import { systemsOf, DEPTH } from "../../src/evaluation/systems.ts";
import { breakTies, ranking } from "../../src/evaluation/ranking.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { TERMS } from "../../src/models/models.ts";
import { modelOf, queryFor, rankingWith } from "../support/model.ts";

const POSTS = 60;
const RELEVANT = [3, 17, 40];
const earned = (name: Metric, scores: readonly number[], relevant: readonly number[]) => {
  const { rows, scores: sorted } = ranking(Float32Array.from(scores), DEPTH);
  return METRICS[name](rows, new Set(relevant), sorted);
};

/** The mean of a metric over every order of ties, found by trying them all. */
function overAllOrders(
  name: Metric,
  scores: readonly number[],
  relevant: ReadonlySet<number>,
): number {
  const lists = orders([...scores.keys()]).filter((list) =>
    list.every((row, n) => n === 0 || scores[list[n - 1]!]! >= scores[row]!),
  );
  const each = lists.map((list) => METRICS[name](Uint32Array.from(list), relevant));
  return each.reduce((sum, it) => sum + it, 0) / each.length;
}

function orders(rows: readonly number[]): number[][] {
  if (rows.length === 0) return [[]];
  return rows.flatMap((row) =>
    orders(rows.filter((it) => it !== row)).map((rest) => [row, ...rest]),
  );
}

describe.each(METRIC_NAMES)("%s", (name) => {
  const k = Number(name.split("@")[1]);

  test("of a scorer that scores all posts alike is the expectation of a random list", () => {
    const n = RELEVANT.length;
    const places = Array.from({ length: k }, (_, place) => place);
    const gain = places.reduce((sum, place) => sum + n / POSTS / Math.log2(place + 2), 0);
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4);
    /** No relevant post among the first so many places. */
    const missed = (first: number) =>
      places.slice(0, first).reduce((p, it) => (p * (POSTS - n - it)) / (POSTS - it), 1);
    const expected = {
      recall: k / POSTS,
      ndcg: gain / ideal,
      hr: 1 - missed(k),
      mrr: places.reduce((sum, it) => sum + (missed(it) - missed(it + 1)) / (it + 1), 0),
    }[name.split("@")[0]!];
    expect(earned(name, Array(POSTS).fill(0.7), RELEVANT)).toBeCloseTo(expected!, 12);
  });

  test("is the mean over all orders of ties, whatever the ids", () => {
    const some = fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.array(fc.nat(5), { maxLength: 4 }), (scores, rows) => {
        const relevant = rows.filter((it) => it < scores.length);
        const value = earned(name, scores, relevant);
        expect(value).toBeCloseTo(overAllOrders(name, scores, new Set(relevant)), 9);
        const mirrored = relevant.map((it) => scores.length - 1 - it);
        expect(earned(name, scores.toReversed(), mirrored)).toBeCloseTo(value, 9);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test("is equal for all systems with flat scores, in both orders of ids", () => {
    const weights = { ...SHIPPED_BLEND.weights };
    for (const term of TERMS) weights[term] = [0, 0, 0, 0];
    const sketch = Array.from({ length: POSTS }, () => ({ popularity: 0.5, ageDays: 3 }));
    const { ranker } = rankingWith(modelOf(sketch, { blend: { ...SHIPPED_BLEND, weights } }));
    const all = systemsOf(ranker, [
      { name: "constant", score: (_, rows) => new Float32Array(rows.length).fill(1) },
    ]).filter((it) => ["constant", "recent popularity", "fresh", "blend"].includes(it.name));
    const rows = Uint32Array.from(sketch.keys());
    const queries = [RELEVANT, RELEVANT.map((it) => POSTS - 1 - it)].map((relevant) => ({
      query: queryFor(ranker.model),
      rows,
      relevant: new Set(relevant),
    }));
    for (const { model, values } of runSystems(all, queries))
      for (const value of values[name])
        expect(value, model).toBeCloseTo(earned(name, Array(POSTS).fill(1), RELEVANT), 12);
  });
});

describe("a list that is breakTies from a ranking", () => {
  const random = seededRandom(1);
  const tied = ranking(Float32Array.of(1, 5, 1, 1, 9, 1, 1, 1), 4);

  test("keeps the order of different scores, and shows each tied row equally often", () => {
    const shown = new Uint32Array(8);
    for (let n = 0; n < 6_000; n++) {
      const list = breakTies(tied, 4, random);
      expect([...list.subarray(0, 2)]).toEqual([4, 1]);
      expect(new Set(list).size).toBe(4);
      for (const row of list.subarray(2)) shown[row]!++;
    }
    for (const row of [0, 2, 3, 5, 6, 7]) expect(Math.abs(shown[row]! - 2_000)).toBeLessThan(150);
  });

  test("changes nothing without scores or ties", () => {
    expect([...breakTies({ rows: Uint32Array.of(7, 1, 3) }, 2, random)]).toEqual([7, 1]);
    expect([...breakTies(ranking(Float32Array.of(1, 3, 2), 3), 3, random)]).toEqual([1, 2, 0]);
    expect([...breakTies(ranking(new Float32Array(0), 3), 3, random)]).toEqual([]);
  });
});
