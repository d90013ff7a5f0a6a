/** The fit of variety, on people who like one subject alone, and on people who like whatever differs. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { LAMBDA } from "../../src/ranking/selectors/diversity.ts";
import { RECENCY, TERMS } from "../../src/models/models.ts";
import { fitVariety } from "../../src/training/fit-variety.ts";
import { scoreCase } from "../../src/training/score-cases.ts";
import { history, type Done } from "../support/histories.ts";
import { modelOf, nearestIn, rankingWith } from "../support/model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

/** Of the hundred posts, the more popular the earlier, every third of those after the first 24 is about another subject. */
const isOther = (row: number) => row >= 24 && row % 3 === 0;
const model = modelOf(
  Array.from({ length: 100 }, (_, row) => ({ vector: isOther(row) ? [0, 1, 0] : [1, 0, 0], ageDays: 5 })), // prettier-ignore
);
const { ranker } = rankingWith(model);
const nearest = nearestIn(model);
const seen: Done = { post: 101 + 98, kind: "view" };
/** Popularity alone counts. */
const weights = Object.fromEntries(TERMS.map((it) => [it, [0, 0, 0, 0].fill(Number(it === "popular"))])); // prettier-ignore
const blend = { ...SHIPPED_BLEND, weights };
const fitted = (people: number, positives: (user: number) => number[]) => {
  const cases = Array.from({ length: people }, (_, user) => ({
    ...{ history: history(seen), length: 1, user },
    positives: Uint32Array.from(positives(user)),
  }));
  const scored = cases.map((it) => scoreCase(ranker, nearest, it, RECENCY));
  return fitVariety([{ ranker, nearest, cases }], [scored], { blend, recency: RECENCY });
};
const others = [...model.postKeys.keys()].filter(isOther);

test("is small where people like what ranks first, and great where they like what differs", () => {
  const same = fitted(110, (user) => [user % 20, 19]);
  const different = fitted(110, (user) => [0, others[user % 4]!]);
  expect(same.variety).toBeLessThanOrEqual(LAMBDA);
  expect(different.variety).toBe(4);
  expect(different.fits).toMatchObject([{ setting: "variety", value: 4, observations: 110 }]);
  expect(different.fits[0]!.nDcg).toBeGreaterThan(same.fits[0]!.nDcg);
});

test("is the shipped one where too few have a history", () => {
  expect(fitted(40, () => [0])).toEqual({ variety: LAMBDA, fits: [] });
});
