import { describe, expect, test } from "bun:test";
import { TERMS } from "../../src/models/models.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

/** Ten posts of each kind, in turns: the kind is in the factors, in the text, and in who likes what. */
const KINDS = 4;
const POSTS = 40;
const DIRECTIONS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [-1, 0, 0],
] as const;
const kindOf = (id: number) => (id - 101) % KINDS;
const model = modelOf(
  Array.from({ length: POSTS }, (_, row) => ({
    category: `kind ${row % KINDS}`,
    vector: DIRECTIONS[row % KINDS]!,
    factors: DIRECTIONS[row % KINDS]!.slice(0, 2),
    popularity: 1 - row / 100,
    ageDays: 5,
  })),
  {
    neighbours: Array.from({ length: POSTS }, (_, row) => [row, (row + KINDS) % POSTS, 1] as const),
    successors: Array.from({ length: POSTS }, (_, row) => [row, (row + KINDS) % POSTS, 1] as const),
    // Shares watched, as the service's: a median of 22, quartiles of 15 and 32.
    ratings: Array.from({ length: 400 }, (_, n) => Math.floor(22 * 1.6 ** ((n - 200) / 115))),
  },
);
const { feed, rank } = rankingWith(model);
const rated = (value: number, post = 101): Done => ({ post, kind: "rating", value });
const view = (post = 101): Done => ({ post, kind: "view" });
const like = (post = 101): Done => ({ post, kind: "like" });
/** Posts of the rated kind among the first 20. */
const ofItsKind = (done: readonly Done[]) =>
  feed(done)
    .slice(0, 20)
    .filter((id) => kindOf(id) === 0).length;
const usual = ofItsKind([]);
/** Difference between a person's list and that of a newcomer who has seen the same: nothing but what they liked. */
const personal = (done: readonly Done[]) =>
  rank(done).scored.terms.some(
    (term, n) => n < TERMS.indexOf("popular") && term.some((it) => it !== 0),
  );

describe("a rating at or below the middle is no liking", () => {
  test.each<[string, readonly Done[]]>([
    ["16 of 100", [rated(16)]],
    ["16 of 100, and viewed", [view(), rated(16)]],
    ["just below the median", [view(), rated(21)]],
    ["low ones only, however many", [16, 18, 20].map((value, n) => rated(value, 101 + KINDS * n))],
    ["low ones, each with a view", [0, 4, 8].flatMap((n) => [view(101 + n), rated(17, 101 + n)])],
    ["many low ones, all alike", Array.from({ length: 12 }, (_, n) => rated(16, 101 + n))],
  ])("%s", (_, done) => {
    expect(personal(done)).toBe(false);
    expect(ofItsKind(done)).toBeLessThanOrEqual(usual);
  });
});

describe("it is a liking", () => {
  test.each<[string, readonly Done[]]>([
    ["above the middle", [rated(80)]],
    ["somewhat above the middle", [rated(30)]],
    ["with a like, whatever the rating", [like(), rated(16)]],
    ["with a like and a rating among the lowest tenth", [like(), rated(4)]],
    ["when viewed and not rated", [view()]],
    ["when the low rating was taken back", [view(), { ...rated(16), withdrawn: true }]],
  ])("%s", (_, done) => {
    expect(personal(done)).toBe(true);
    expect(ofItsKind(done)).toBeGreaterThan(usual);
  });

  test("above one's own median, for people who always stop early", () => {
    const own = Array.from({ length: 30 }, (_, n) => rated(5 + (n % 10), 102 + n));
    const before = rank(own).scored;
    const after = rank([...own, rated(20, 101)]).scored;
    expect(after.terms[0]).not.toEqual(before.terms[0]);
  });
});

describe("where few have rated anything", () => {
  const alone = rankingWith({ ...model, ratings: Float32Array.of(80) });
  const likes = (value: number) => alone.person([rated(value)]).confidence.some((it) => it > 0);

  test("a rating is read as it stands, in percent", () => {
    expect([16, 40, 60, 80].map(likes)).toEqual([false, false, true, true]);
  });
});
