import { expect, test } from "bun:test";
import { modelOf, rankingWith } from "../../support/model.ts";

const POSTS = 300;
/** All posts are as popular; the later its row, the longer a post has been so. */
const model = modelOf(
  Array.from({ length: POSTS }, () => ({ popularity: 1, ageDays: 1 })),
  {
    parts: {
      lasting: {
        info: {},
        columns: { lasting: Float32Array.from({ length: POSTS }, (_, n) => n) },
      },
    },
  },
);

test("newcomers are told what has been popular for long, people with a history by other terms alone", () => {
  const { rank, ranker } = rankingWith(model);
  const bit = 1 << ranker.pipeline.sources.findIndex(({ name }) => name === "lasting");
  const isFound = (done: Parameters<typeof rank>[0]) =>
    rank(done).foundBy.some((it) => (it & bit) !== 0);
  expect(isFound([])).toBe(true);
  expect(isFound([{ post: model.postKeys[5]!, kind: "like" }])).toBe(false);
  expect(rank([]).rows[0]).toBe(POSTS - 1);
});
