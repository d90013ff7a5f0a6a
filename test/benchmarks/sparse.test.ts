import { describe, expect, test } from "bun:test";
import { historyOf } from "../../src/evaluation/histories.ts";
import { dotRows } from "../../src/linalg/vector.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { shapeOf } from "../support/dataset-shape.ts";
import { BENCHMARKS } from "../../src/benchmarks/benchmarks.ts";

const DAY_MS = 86_400_000;
const data = sparseDataset(1);
const { histories, posts, embeddings } = data;
const [VIEW, RATING] = [0, 3];

/** Within a share of what is known of the real data. */
function near(actual: number, known: number, share: number): void {
  expect(actual).toBeGreaterThanOrEqual(known * (1 - share));
  expect(actual).toBeLessThanOrEqual(known * (1 + share));
}

describe.each([1, 2, 3])("the sparse set of seed %i has the shape of the real data", (seed) => {
  const shape = shapeOf(sparseDataset(seed));

  test("as many people, posts and categories", () => {
    expect(shape).toMatchObject({ people: 1_311, posts: 2_230 });
    near(shape.categories, 23, 0.1);
  });

  test("as many of each kind", () => {
    near(shape.pairs, 14_247, 0.01);
    near(shape.kinds.view, 12_634, 0.01);
    near(shape.kinds.rating, 5_769, 0.01);
    near(shape.kinds.like, 1_773, 0.01);
    near(shape.kinds.inspire, 461, 0.01);
  });

  test("spread over people in the same way", () => {
    expect(shape.medianPosts).toBe(3);
    near(shape.atLeast5, 511, 0.02);
    near(shape.atLeast20, 141, 0.02);
    near(shape.busiestShare, 0.22, 0.03);
  });

  test("three of four people active in a month are new", () => {
    near(shape.newShare, 0.75, 0.06);
  });

  test("what was popular two months ago hardly is any more", () => {
    expect(shape.stayingShare).toBeLessThan(0.25);
  });
});

describe("the sparse set", () => {
  test("is the same for the same seed, another for another", () => {
    expect(sparseDataset(1)).toEqual(data);
    expect(sparseDataset(2).histories.postKeys).not.toEqual(histories.postKeys);
  });

  test("reads like a store: people ascending, everybody's past oldest first, each mark once", () => {
    expect(histories.userKeys).toEqual(histories.userKeys.toSorted());
    expect(histories.rowStart).toHaveLength(1_312);
    expect(histories.rowStart.at(-1)).toBe(histories.postKeys.length);
    for (let user = 0; user < histories.userKeys.length; user++) {
      const { postKeys, kinds, atMs } = historyOf(histories, user);
      expect(atMs).toEqual(atMs.toSorted());
      expect(new Set(postKeys.map((id, n) => id * 4 + kinds[n]!)).size).toBe(postKeys.length);
    }
  });

  test("nobody touches a post before it is made, and nothing happens after as of", () => {
    const madeAtMs = new Map(
      posts.keys.entries().map(([row, id]) => [id, posts.createdAtMs[row]!]),
    );
    for (const [n, id] of histories.postKeys.entries())
      expect(histories.atMs[n]!).toBeGreaterThanOrEqual(madeAtMs.get(id)!);
    expect(Math.max(...histories.atMs)).toBe(data.asOfMs);
  });

  test("new posts come every day of about a year", () => {
    const days = new Set(posts.createdAtMs.map((it) => Math.floor(it / DAY_MS)));
    near(days.size, 365, 0.02);
  });

  test("views vanish, so that some posts are known to be seen only by a rating or a like", () => {
    const pair = (n: number) => histories.postKeys[n]! * 10_000 + userOf[n]!;
    const userOf = Array.from(histories.userKeys.keys()).flatMap((user) =>
      Array<number>(histories.rowStart[user + 1]! - histories.rowStart[user]!).fill(user),
    );
    const places = [...histories.postKeys.keys()];
    const viewed = new Set(places.filter((n) => histories.kinds[n] === VIEW).map(pair));
    const blind = new Set(places.map(pair).filter((it) => !viewed.has(it)));
    near(blind.size, 1_613, 0.02);
  });

  test("ratings lie to the left, and some are negative", () => {
    const rated = histories.values.filter((_, n) => histories.kinds[n] === RATING).sort();
    expect(rated[0]!).toBeLessThan(0);
    expect(rated[0]!).toBeGreaterThanOrEqual(-98);
    expect(rated.at(-1)!).toBeLessThanOrEqual(100);
    near(rated[rated.length >> 1]!, 46, 0.15);
    near(rated.filter((it) => it < 0).length, 60, 0.6);
  });

  test("texts are unit vectors that tell categories apart, but only partly", () => {
    const { dimension: d } = data.encoder!;
    const nearest = posts.keys.keys().map((row) => {
      let [best, at] = [-1, -1];
      for (let other = 0; other < posts.keys.length; other++) {
        const similarity = other === row ? -1 : dotRows(embeddings, row, embeddings, other, d);
        if (similarity > best) [best, at] = [similarity, other];
      }
      expect(dotRows(embeddings, row, embeddings, row, d)).toBeCloseTo(1, 4);
      return posts.categories[at]?.[0]?.id === posts.categories[row]?.[0]?.id;
    });
    const share = [...nearest].filter((it) => it).length / posts.keys.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  test("counters of posts agree with what happened, not with each other", () => {
    const views = new Float64Array(posts.keys.length);
    const rowOf = new Map(posts.keys.entries().map(([row, id]) => [id, row]));
    for (const [n, id] of histories.postKeys.entries())
      if (histories.kinds[n] === VIEW) views[rowOf.get(id)!]!++;
    for (const [row, it] of views.entries())
      expect(posts.viewCounts[row]!).toBeGreaterThanOrEqual(it);
    const exits = posts.exitCounts.reduce((sum, it) => sum + it, 0);
    near(exits / posts.viewCounts.reduce((sum, it) => sum + it, 0), 0.2, 0.5);
  });
});

test("as an experiment the last weeks are held out, and what was made in them does not exist yet", async () => {
  const { data: past, split } = await BENCHMARKS["sparse"]!({
    ...{ folder: "", embed: async () => undefined, seed: 1 },
  });
  expect(past.histories).toBe(split.before);
  const cutMs = Math.min(...split.after.atMs);
  expect(Math.max(...past.posts.createdAtMs)).toBeLessThan(cutMs);
  near(split.after.postKeys.length, 0.15 * histories.postKeys.length, 0.01);
  expect(past.posts.viewCounts.every((it) => it === 0)).toBe(true);
});
