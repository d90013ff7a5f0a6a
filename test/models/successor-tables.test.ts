/** Successor tables as a feed reads them: blocks of successors, each of which weighs the newest likes by age. */
import { expect, test } from "bun:test";
import { LAYOUT } from "../../src/models/models.ts";
import { withSpareRows } from "../support/spare.ts";
import { modelOf, queryFor, rankingWith } from "../support/model.ts";

/** Of four posts, the first block says that 2 follows 1; the second that it follows 0 a little, and 1. */
const markov = {
  info: {
    ...{ m: 1, blocks: 2 },
    windows: [
      { decay: 0.5, window: 1, scale: 1 },
      { decay: 0.5, window: 2, scale: 0.25 },
    ],
  },
  columns: {
    rows: Uint32Array.of(0, 2, 0, 0, 2, 2, 0, 0),
    scores: Float32Array.of(0, 1, 0, 0, 0.5, 1, 0, 0),
  },
};
const dense = modelOf([{}, {}, {}, {}], { parts: { markov } });

test.each([
  ["a snapshot", dense],
  ["a snapshot with spare rows", withSpareRows(dense, LAYOUT, 3)],
])("in %s, blocks add up with weights of age, and each like pulls by its part", (_, model) => {
  const { ranker, person } = rankingWith(model);
  const scorer = ranker.pipeline.scorers.find(({ name }) => name === "markov")!;
  const done = [101, 102].map((post, n) => ({ post, kind: "like", atMs: 1 + n }) as const);
  const query = queryFor(model, { person: person(done) });
  const [older, newer] = [0.25 * 0.5 * 0.5, 1 + 0.25];
  query.arrays.scope(() =>
    expect([...scorer.score(query, Uint32Array.of(2, 3))]).toEqual([older + newer, 0]),
  );
  expect([...scorer.pulls!(query, 2)]).toEqual([older, newer]);
});
