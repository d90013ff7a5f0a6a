import { describe, expect, test } from "bun:test";
import { casesFor, backtestsOf } from "../../src/training/backtests.ts";
import { datasetOf, historiesOf, postsOf, type Event } from "../../src/benchmarks/events.ts";

const like = (userKey: number, postKey: number, atMs: number): Event => ({
  ...{ userKey, postKey, atMs },
  ...{ kind: "like", value: 1 },
});

/** So many people who like one post each a moment, all different ones. */
function store(people: number, moments: number) {
  const events = Array.from({ length: people * moments }, (_, n) =>
    like(n % people, n, Math.floor(n / people)),
  );
  const posts = postsOf(events.map((it) => ({ id: it.postKey, createdAtMs: it.atMs })));
  return datasetOf(posts, historiesOf(events), moments - 1);
}

describe("backtests", () => {
  const data = store(4, 10);
  const cut = { by: "time", share: 0.25 } as const;

  test("cut what lies before each cut again, the newest first", () => {
    const backtests = backtestsOf(data, cut, 1);
    expect(backtests.map(({ dataset }) => dataset.histories.postKeys.length)).toEqual([28, 20, 12]);
    expect(backtests.map(({ dataset }) => dataset.asOfMs)).toEqual([6, 4, 2]);
    for (const { dataset } of backtests)
      expect(Math.max(...dataset.histories.atMs)).toBe(dataset.asOfMs);
  });

  test("hold out another random part of the whole dataset each, where a part is random", () => {
    const backtests = backtestsOf(data, { by: "random", share: 0.25 }, 1);
    const left = backtests.map(({ dataset }) => dataset.histories.postKeys);
    for (const keys of left) expect(Math.abs(keys.length - 30)).toBeLessThan(9);
    expect(new Set(left.map((keys) => keys.join())).size).toBe(3);
    expect(new Set(left.flatMap((keys) => [...keys])).size).toBeGreaterThan(35);
  });

  test("hold out what was liked between a cut and the next, of posts that were there", () => {
    const backtests = backtestsOf(store(4, 10), { by: "last" }, 1);
    for (const { dataset, cases } of backtests) {
      expect(cases.filter((it) => it.length === dataset.histories.rowStart[1])).toHaveLength(4);
      for (const it of cases) expect(it.positives).toHaveLength(1);
    }
  });

  test("share the cases of a length that are enough", () => {
    const likes = (person: number, count: number) =>
      Array.from({ length: count }, (_, n) => like(person, 20 * person + n, n));
    const short = Array.from({ length: 20 }, (_, n) => likes(1 + n, 2)).flat();
    const long = Array.from({ length: 5 }, (_, n) => likes(30 + n, 12)).flat();
    const posts = postsOf([...short, ...long].map((it) => ({ id: it.postKey })));
    const [first] = backtestsOf(datasetOf(posts, historiesOf([...short, ...long]), 12), { by: "last" }, 1); // prettier-ignore
    expect(first!.cases.filter((it) => it.length === 1)).toHaveLength(20);
    expect(first!.cases.filter((it) => it.length === 2)).toHaveLength(5);
  });

  test("are one in a large store, and none where nothing can be held out", () => {
    expect(backtestsOf(store(5_000, 10), cut, 1)).toHaveLength(1);
    expect(backtestsOf(store(1, 1), { by: "last" }, 1)).toEqual([]);
  });

  test("take fewer cases where there are so many posts that each costs more, but never few", () => {
    expect([0, 3_000, 100_000, 200_000, 1e6, 1e8].map(casesFor)).toEqual([
      1_500, 1_500, 1_500, 750, 300, 300,
    ]);
  });
});
