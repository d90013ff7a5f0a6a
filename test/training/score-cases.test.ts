/** Scored cases: the posts among which the liked ones are to be ranked first. */
import { expect, test } from "bun:test";
import { RECENCY, TERMS } from "../../src/models/models.ts";
import { scoreCase } from "../../src/training/score-cases.ts";
import { history } from "../support/histories.ts";
import { modelOf, nearestIn, rankingWith } from "../support/model.ts";

const model = modelOf(Array.from({ length: 6 }, (_, row) => ({ factors: [row, 1] })));
const { ranker } = rankingWith(model);
/** Somebody who liked row 0, and then row 4. */
const it = {
  history: history({ post: 101, kind: "like" }),
  ...{ length: 1, user: 0, positives: Uint32Array.of(4) },
};

test("are all that compete in a feed, or those that were shown, with the scores they have in a feed", () => {
  const all = scoreCase(ranker, nearestIn(model), it, RECENCY);
  expect(all.columns[0]).toHaveLength(5);
  const shown = scoreCase(
    ranker,
    nearestIn(model),
    { ...it, shown: Uint32Array.of(0, 2, 4) },
    RECENCY,
  );
  const [likedPlace] = shown.relevant;
  const place = [...all.relevant][0]!;
  for (const term of TERMS.keys()) {
    expect(shown.columns[term]).toHaveLength(2);
    expect(shown.columns[term]![likedPlace!]).toBe(all.columns[term]![place]!);
  }
});

test("count a liked post that no source found behind all others", () => {
  const none = { ...it, positives: Uint32Array.of(99), shown: Uint32Array.of(2, 3) };
  const { columns, relevant } = scoreCase(ranker, nearestIn(model), none, RECENCY);
  expect(columns[0]).toHaveLength(2);
  expect([...relevant]).toEqual([2]);
});
