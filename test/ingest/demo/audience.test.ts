/** The demo's audience: of the promised size, believable, and with tastes that can be found. */
import { describe, expect, test } from "bun:test";
import { demoAudience } from "../../../src/ingest/demo/audience.ts";
import { DEMO_END_MS, demoPosts } from "../../../src/ingest/demo/catalogue.ts";
import { SHOWCASE } from "../../../src/ingest/demo/viewers.ts";
import { nDcg } from "../../../src/evaluation/metrics.ts";
import { ranking } from "../../../src/evaluation/ranking.ts";

const posts = demoPosts();
const audience = demoAudience(posts);
const { viewers, view: views, like: likes, inspire: inspires, rating: ratings } = audience;
const rowOf = new Map(posts.map(({ id }, row) => [id, row]));
const postOf = (id: number) => posts[rowOf.get(id)!]!;
const viewsOf = Map.groupBy(views, ({ userId }) => userId);
/** Rows of posts in the order they were watched in, one list a viewer. */
const histories = [...viewsOf.values()].map((seen) => seen.map(({ postId }) => rowOf.get(postId)!));

test("400 viewers make 15 to 25 thousand views; 25 of them one or none", () => {
  expect(viewers).toHaveLength(400);
  expect(views.length).toBeWithin(15_000, 25_000);
  const counts = viewers.map(({ id }) => viewsOf.get(id)?.length ?? 0);
  expect(counts.filter((it) => it <= 1)).toHaveLength(25);
  expect(counts.filter((it) => it === 0).length).toBeGreaterThan(5);
});

test("nobody does the same thing to the same post twice", () => {
  for (const events of [views, likes, inspires, ratings]) {
    const pairs = new Set(events.map(({ userId, postId }) => `${userId} ${postId}`));
    expect(pairs.size).toBe(events.length);
  }
});

test("posts are watched after they appear and before the end, and never while withheld", () => {
  for (const { postId, atMs } of [...views, ...likes, ...inspires, ...ratings]) {
    const { createdAtMs, isLocked, isPublic } = postOf(postId);
    expect(atMs).toBeGreaterThan(createdAtMs);
    expect(atMs).toBeLessThanOrEqual(DEMO_END_MS);
    expect(isLocked || !isPublic).toBe(false);
  }
});

test("the newest posts are still unseen, and a tenth of all posts have a quarter of the views", () => {
  const counts = posts.map(({ id }) => views.filter(({ postId }) => postId === id).length);
  expect(Math.max(...counts.slice(-6))).toBeLessThan(3);
  const top = counts.toSorted((a, b) => b - a).slice(0, Math.round(posts.length / 10));
  expect(top.reduce((sum, it) => sum + it, 0) / views.length).toBeWithin(0.2, 0.45);
});

test("ratings are whole numbers from −98 to 100 and lie to the left; likes are rarer than ratings", () => {
  const values = ratings.map(({ value }) => value).sort((a, b) => a - b);
  const quantile = (q: number) => values[Math.floor(q * values.length)]!;
  expect(values.every((it) => Number.isInteger(it) && it >= -98 && it <= 100)).toBe(true);
  expect(quantile(0.25)).toBeWithin(15, 30);
  expect(quantile(0.5)).toBeWithin(25, 46);
  expect(quantile(0.75)).toBeWithin(40, 71);
  expect(values.filter((it) => it < 0).length / values.length).toBeWithin(0.01, 0.08);
  expect(likes.length).toBeLessThan(ratings.length);
  expect(inspires.length).toBeLessThan(likes.length / 2);
});

test("parts of a series are often watched one after the other", () => {
  const pairs = histories.flatMap((rows) => rows.slice(1).map((row, n) => [rows[n]!, row]));
  const parts = pairs.filter(([before]) => posts[before!]!.nextPart !== 0);
  const followed = parts.filter(([before, row]) => posts[before!]!.nextPart === posts[row!]!.id);
  expect(followed.length / parts.length).toBeGreaterThan(0.1);
});

describe("the showcase", () => {
  for (const [username, { threads, views: count }] of Object.entries(SHOWCASE))
    test(`${username} watches ${count} posts, mostly of ${threads.join(" and ") || "nothing"}`, () => {
      const { id } = viewers.find((it) => it.username === username)!;
      const seen = viewsOf.get(id) ?? [];
      expect(seen).toHaveLength(count);
      const fitting = seen.filter(({ postId }) =>
        postOf(postId).theme.threads.some((it) => threads.includes(it)),
      );
      if (count > 1) expect(fitting.length / count).toBeGreaterThan(0.6);
      for (const thread of count > 1 ? threads : [])
        expect(
          fitting.filter(({ postId }) => postOf(postId).theme.threads.includes(thread)).length,
        ).toBeGreaterThan(count / 5);
    });
});

test("item-item cosine finds what was watched last far better than popularity, also per category", () => {
  const size = posts.length;
  const cases = histories.filter((it) => it.length >= 5);
  const together = new Float64Array(size * size);
  for (const rows of histories.map((it) => (it.length >= 5 ? it.slice(0, -1) : it)))
    for (const a of rows) for (const b of rows) together[a * size + b]!++;
  const seenBy = posts.map((_, row) => together[row * size + row]!);

  const quality = (score: (history: readonly number[], row: number) => number) => {
    let sum = 0;
    for (const rows of cases) {
      const history = rows.slice(0, -1);
      const scores = Float32Array.from(posts, (_, row) =>
        history.includes(row) ? -Infinity : score(history, row),
      );
      const ranked = ranking(scores, 20);
      sum += nDcg(ranked.rows, new Set(rows.slice(-1)), 20, ranked.scores);
    }
    return sum / cases.length;
  };
  const popularity = quality((_, row) => seenBy[row]!);
  const perCategory = quality((history, row) => {
    const same = history.filter((it) => posts[it]!.category === posts[row]!.category);
    return same.length * seenBy[row]!;
  });
  const cosine = quality((history, row) =>
    history.reduce(
      (sum, it) =>
        sum + together[it * size + row]! / Math.sqrt(seenBy[it]! * seenBy[row]! + Number.EPSILON),
      0,
    ),
  );
  expect(cosine).toBeGreaterThan(2.5 * popularity);
  expect(cosine).toBeGreaterThan(1.25 * perCategory);
});
