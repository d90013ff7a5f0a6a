import { expect, test } from "bun:test";
import { lasting, MOST_LASTING } from "../../../src/models/lasting/model.ts";
import { popularity, POPULARITY } from "../../../src/models/popularity/popularity.ts";
import type { TrainingView } from "../../../src/models/training-view.ts";
import { AS_OF_MS, modelOf, rankingWith } from "../../support/model.ts";

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
  const source = ranker.pipeline.sources.find(({ name }) => name === "lasting")!;
  const found = (done: Parameters<typeof rank>[0]) =>
    ranker.asked(rank(done).inputs, (query) => source.retrieve(query).length);
  expect(found([])).toBe(MOST_LASTING);
  expect(found([{ post: model.postKeys[5]!, kind: "like" }])).toBe(0);
  expect(rank([]).rows[0]).toBe(POSTS - 1);
});

test("ten likes of two months ago outweigh three of today, which they do not in recent popularity", async () => {
  const days = [...Array<number>(10).fill(60), 0, 0, 0];
  const entries = {
    people: Uint32Array.from(days.keys()),
    rows: Uint32Array.from(days, (it) => Number(it === 0)),
    confidence: new Float32Array(days.length).fill(1),
    atMs: Float64Array.from(days, (it) => AS_OF_MS - it * 86_400_000),
  };
  const posts = { viewCounts: new Float64Array(2), exitCounts: new Float64Array(2) };
  const { columns } = await lasting.train({ entries, posts, asOfMs: AS_OF_MS } as TrainingView);
  const [old, today] = columns["lasting"]!;
  expect(old!).toBeGreaterThan(today!);
  const [oldNow, todayNow] = popularity(entries, posts, AS_OF_MS, POPULARITY);
  expect(oldNow!).toBeLessThan(todayNow!);
});
