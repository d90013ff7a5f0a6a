/** Contests in tokens: what comes back of them, and of tokens that somebody made up. */
import { expect, test } from "bun:test";
import { contestBytes, contestsFrom } from "../../src/feed/contest-bytes.ts";
import { between, seededRandom } from "../../src/linalg/random.ts";
import { chanceAt } from "../../src/ranking/exploration/contest.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { trialsOf } from "../support/trials.ts";

const MODEL = modelOf(Array.from({ length: 120 }, () => ({})));
const { ranker, rank } = rankingWith(MODEL);
const trials = trialsOf(Array.from({ length: 20 }, (_, n) => ({ row: 100 + n })));

test("a list that is ranked again with its contests is the same, and so are its chances at every place", () => {
  for (let seed = 0; seed < 50; seed++) {
    const first = rank([], { trials, seed, limit: 120 });
    const bytes = contestBytes(first.contests, MODEL.postKeys);
    const held = contestsFrom(bytes, ranker.rowOf);
    const again = ranker.rank({ ...first.inputs, trials: trialsOf([]), held });
    expect(again.rows).toEqual(first.rows);
    for (let at = 0; at < 120; at++)
      expect(chanceAt(again.contests, at)).toBeCloseTo(chanceAt(first.contests, at), 4);
    expect(bytes.length).toBeLessThanOrEqual(1 + 30 * first.contests.length);
  }
});

test("a winner that may not be shown any more is left out", () => {
  const seed = [...Array(50).keys()].find((it) => rank([], { trials, seed: it }).contests.some(({ rows, winner }) => rows[winner] !== undefined))!; // prettier-ignore
  const first = rank([], { trials, seed });
  const held = contestsFrom(contestBytes(first.contests, MODEL.postKeys), ranker.rowOf);
  const excluded = Uint32Array.from(held.flatMap((it) => it.rows));
  const again = ranker.rank({ ...first.inputs, excluded, held });
  expect(again.failures).toEqual([]);
  expect(again.rows.some((row) => excluded.includes(row))).toBe(false);
});

test("what somebody made up harms no list", () => {
  const random = seededRandom(1);
  const before = rank([], { limit: 120 });
  for (let n = 0; n < 500; n++) {
    const bytes = Buffer.from(Array.from({ length: between(random, 0, 40) }, () => between(random, 0, n % 2 ? 255 : 12))); // prettier-ignore
    const again = ranker.rank({ ...before.inputs, held: contestsFrom(bytes, ranker.rowOf) });
    expect(again.failures).toEqual([]);
    expect(again.rows.toSorted()).toEqual(before.rows.toSorted());
  }
});
