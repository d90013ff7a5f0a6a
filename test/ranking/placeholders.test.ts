import { describe, expect, test } from "bun:test";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const like = (post: number): Done => ({ post, kind: "like" });
/** Every third post is a placeholder, the most popular one too; the newest third are placeholders only. */
const posts = Array.from({ length: 60 }, (_, row) => ({
  category: row % 2 === 0 ? "a" : "b",
  isPlaceholder: row % 3 === 0 || row < 20,
  vector: [1, row / 60, 0],
  factors: [1, row / 60],
}));
const { feed } = rankingWith(modelOf(posts));
const isPlaceholder = (id: number) => posts[id - 101]!.isPlaceholder;

describe("placeholders come after everything better", () => {
  const categoryMask = Uint8Array.from(posts, (it) => Number(it.category === "a"));
  const mood = Float32Array.of(1, 0, 0);
  test.each<[string, number[]]>([
    ["for newcomers", feed([])],
    ["for people whose likes were placeholders", feed([101, 102, 103].map(like))],
    ["for people we know", feed([like(131), like(132)])],
    ["in a category", feed([], { categoryMask })],
    ["in a mood", feed([], { mood })],
  ])("%s", (_, list) => {
    const first = list.findIndex(isPlaceholder);
    expect(first).toBeGreaterThan(10);
    const seen = list.filter((id) => [101, 102, 103, 131, 132].includes(id));
    expect(list.slice(first).filter((id) => !isPlaceholder(id) && !seen.includes(id))).toEqual([]);
  });

  test("also where more are liked than a list is long", () => {
    expect(feed([], { limit: 10 }).filter(isPlaceholder)).toEqual([]);
  });

  test("and none is lost", () => {
    expect(feed([]).toSorted()).toEqual(posts.map((_, row) => 101 + row));
  });
});

test("a feed of placeholders alone is ordered by their scores", () => {
  const all = rankingWith(modelOf(posts.map((it) => ({ ...it, isPlaceholder: true }))));
  const none = rankingWith(modelOf(posts.map((it) => ({ ...it, isPlaceholder: false }))));
  for (const done of [[], [like(101)]]) expect(all.feed(done)).toEqual(none.feed(done));
});

test("scores that tell no post from another still say so, whatever has sunk", () => {
  const equal = posts.map(({ isPlaceholder }) => ({ isPlaceholder, popularity: 1, ageDays: 5 }));
  const { tierStart, rows } = rankingWith(modelOf(equal)).rank([]);
  expect(tierStart[0]).toBe(0);
  expect(rows.findIndex((row) => posts[row]!.isPlaceholder)).toBe(
    posts.filter((it) => !it.isPlaceholder).length,
  );
});
