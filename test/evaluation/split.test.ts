import { describe, expect, test } from "bun:test";
import type { Histories } from "../../src/domain/history.ts";
import { historyOf, newestPosts, onlyThose } from "../../src/evaluation/histories.ts";
import { HELD_OUT, splitBy } from "../../src/evaluation/split.ts";
import { histories, history, type Done } from "../support/histories.ts";

const view = (post: number, atMs: number): Done => ({ post, kind: "view", atMs });
const DAY = 1_000;
const AS_OF = 20 * DAY;

/** Two people, twenty views, one a day in turn. */
const daily = histories(
  Array.from({ length: 10 }, (_, n) => view(n, (2 * n + 1) * DAY)),
  Array.from({ length: 10 }, (_, n) => view(n, (2 * n + 2) * DAY)),
);
const perUser = ({ userKeys, rowStart }: Histories) =>
  Array.from(userKeys, (_, user) => rowStart[user + 1]! - rowStart[user]!);

describe("a split at a cut in time", () => {
  test("holds out the newest share of all events", () => {
    const { before, after } = splitBy({ by: "time", share: 0.25 }, daily, AS_OF, 1);
    expect([...after.atMs].sort((a, b) => a - b)).toEqual(
      [16, 17, 18, 19, 20].map((it) => it * DAY),
    );
    expect(Math.max(...before.atMs)).toBe(15 * DAY);
    expect(before.postKeys.length + after.postKeys.length).toBe(20);
  });

  test("measures the past's ages from its own newest event", () => {
    expect(splitBy({ by: "time", share: 0.25 }, daily, AS_OF, 1).asOfMs).toBe(15 * DAY);
  });

  test("keeps everybody's place on both sides, with nothing where there is nothing", () => {
    const late = histories([view(1, 1), view(2, 2), view(3, 3)], [view(1, 9)]);
    const { before, after } = splitBy({ by: "time", share: 0.25 }, late, 9, 1);
    expect(perUser(before)).toEqual([3, 0]);
    expect(perUser(after)).toEqual([0, 1]);
    expect([...historyOf(after, 1).postKeys]).toEqual([1]);
  });

  test("never puts one moment on both sides", () => {
    const tied = histories([view(1, 1), view(2, 2), view(3, 7), view(4, 7), view(5, 7)]);
    const { before, after } = splitBy({ by: "time", share: 0.2 }, tied, 7, 1);
    expect([...before.postKeys]).toEqual([1, 2]);
    expect([...after.postKeys]).toEqual([3, 4, 5]);
  });

  test("of nothing is nothing", () => {
    const { before, after } = splitBy({ by: "time", share: HELD_OUT }, histories(), 5, 1);
    expect([before.postKeys.length, after.postKeys.length]).toEqual([0, 0]);
  });
});

describe("a split where all times are equal", () => {
  const kinds = ["view", "like", "rating"] as const;
  const untimed = histories(
    ...Array.from({ length: 20 }, () =>
      Array.from({ length: 60 }, (_, n): Done => ({ post: n >> 1, kind: kinds[n % 2]! })),
    ),
  );
  const { before, after, asOfMs } = splitBy({ by: "time", share: 0.1 }, untimed, 42, 1);

  test("holds out about the share of each one's posts, by seed", () => {
    expect(after.postKeys.length / untimed.postKeys.length).toBeCloseTo(0.1, 1);
    expect(perUser(after).filter((it) => it > 0).length).toBeGreaterThan(15);
    expect(splitBy({ by: "time", share: 0.1 }, untimed, 42, 1).after).toEqual(after);
    expect(splitBy({ by: "time", share: 0.1 }, untimed, 42, 2).after).not.toEqual(after);
    expect(asOfMs).toBe(42);
  });

  test("holds out all that was done to a post, or nothing", () => {
    for (const user of untimed.userKeys.keys()) {
      const known = new Set(historyOf(before, user).postKeys);
      expect([...historyOf(after, user).postKeys].filter((it) => known.has(it))).toEqual([]);
    }
  });
});

describe("parts of histories", () => {
  test("the newest posts come with all that was done to them, in its order", () => {
    const like: Done = { post: 7, kind: "like", atMs: 4 };
    const mine = history(view(7, 1), view(8, 2), view(9, 3), like);
    expect(newestPosts(mine, 2)).toEqual(history(view(7, 1), view(9, 3), like));
    expect(newestPosts(mine, 9)).toEqual(mine);
    expect(newestPosts(mine, 0)).toEqual(history());
  });

  test("some entries of everybody's stay with whom they are of", () => {
    const odd = onlyThose(daily, (n) => daily.postKeys[n]! % 5 === 1);
    expect(perUser(odd)).toEqual([2, 2]);
    expect([...historyOf(odd, 1).atMs]).toEqual([4 * DAY, 14 * DAY]);
  });
});
