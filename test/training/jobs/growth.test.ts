/** Growth after which a store is learnt again. */
import { expect, test } from "bun:test";
import { growthSince, type Extent } from "../../../src/training/jobs/growth.ts";

const LEARNT = { seq: 100_000, changes: 50_000, posts: 10_000, atMs: 0, isQuick: false };

/** Growth after so many new events, changes and posts. */
const after = (more: Partial<Extent & { posts: number }>, learnt = LEARNT, percent = 10) => {
  const { seq = 0, changes = 0, posts = 0 } = more;
  const now = { seq: learnt.seq + seq, changes: learnt.changes + changes };
  return growthSince(learnt, now, percent, async () => learnt.posts + posts);
};

test("a store is learnt first when it has a post, and not for events alone", async () => {
  const first = (now: Extent) => growthSince(undefined, now, 10, async () => 1);
  expect(await first({ seq: 5, changes: 0 })).toBeUndefined();
  expect(await first({ seq: 0, changes: 1 })).toBe("first");
});

test("a tenth more events, or a tenth of the posts, is growth; less is not", async () => {
  expect(await after({ seq: 9_999 })).toBeUndefined();
  expect(await after({ seq: 10_000 })).toBe("events");
  expect(await after({ changes: 999 })).toBeUndefined();
  expect(await after({ changes: 1_000 })).toBe("posts");
  expect(await after({ seq: 10_000 }, LEARNT, 20)).toBeUndefined();
});

test("more new posts than an eighth, and than 256, find no spare row; the same posts sent again need none", async () => {
  expect(await after({ changes: 1_251, posts: 1_251 })).toBe("full");
  expect(await after({ changes: 40_000, posts: 1_250 })).toBe("posts");
  const few = { ...LEARNT, posts: 20, changes: 20 };
  expect(await after({ changes: 257, posts: 257 }, few)).toBe("full");
  expect(await after({ changes: 256, posts: 256 }, few)).toBe("posts");
});

test("without events so far the first one is growth, and where any is enough, nothing is still none", async () => {
  expect(await after({ seq: 1 }, { ...LEARNT, seq: 0 })).toBe("events");
  expect(await after({}, { ...LEARNT, seq: 0 }, 0)).toBeUndefined();
  expect(await after({ seq: 1 }, LEARNT, 0)).toBe("events");
});
