import { describe, expect, test } from "bun:test";
import { onlyThose } from "../../src/evaluation/histories.ts";
import type { Split } from "../../src/evaluation/split.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { datasetBefore } from "../../src/training/dataset-before.ts";
import { learn } from "../../src/training/run.ts";
import { columnsOf } from "../../src/snapshot/files.ts";
import { histories, type Done } from "../support/histories.ts";
import { oneThread } from "../support/kernel.ts";

const [POSTS, USERS, D] = [24, 12, 4];
const DAY_MS = 86_400_000;
const CUT_MS = 100 * DAY_MS;

/**
 * One post a week from day 7 on, the last ten after the cut; each user likes posts of one parity,
 * one a day. Everything that only the time after the cut knows depends on `future`.
 */
function someData(future: number): Dataset {
  const rows = [...Array(POSTS).keys()];
  const later = (row: number) => Number((row + 1) * 7 * DAY_MS > CUT_MS) * future;
  const events = (user: number): Done[] =>
    Array.from({ length: 10 }, (_, n) => ({
      post: ((2 * n + user) % 14) + 1,
      kind: n % 3 === 0 ? "like" : "view",
      atMs: (90 + n + 1 + user / USERS) * DAY_MS,
    }));
  const after = (user: number): Done => ({
    post: ((user * 5 + future) % POSTS) + 1,
    kind: "rating",
    value: future,
    atMs: CUT_MS + (user + future) * DAY_MS,
  });
  return {
    asOfMs: CUT_MS + 30 * future * DAY_MS,
    posts: {
      keys: Float64Array.from(rows, (row) => row + 1),
      createdAtMs: Float64Array.from(rows, (row) => (row + 1) * 7 * DAY_MS),
      isLocked: new Uint8Array(POSTS),
      isPublic: new Uint8Array(POSTS).fill(1),
      isWithdrawn: new Uint8Array(POSTS),
      isHidden: new Uint8Array(POSTS),
      expiresAtMs: new Float64Array(POSTS),
      viewCounts: Float64Array.from(rows, (row) => 10 * row * future),
      exitCounts: Float64Array.from(rows, (row) => row * future),
      categories: rows.map((row) => [{ id: 1 + later(row), name: `category ${later(row)}` }]),
      topicCodes: rows.map((row) => (later(row) ? `topic ${future}` : undefined)),
      creators: rows.map((row) => `creator ${later(row)}`),
      links: rows.map((row) => `https://media.test/${later(row)}.mp4`),
      titles: rows.map((row) => `title ${later(row)}`),
      textHashes: rows.map((row) => `hash ${later(row)}`),
      summaries: rows.map((row) => `summary ${later(row)}`),
    },
    histories: histories(
      ...Array.from({ length: USERS }, (_, user) => [...events(user), after(user)]),
    ),
    profiles: Array.from({ length: USERS }, () => ({
      counters: [future, 0, 0, 0, 0],
      vector: Float32Array.of(future, 0, 0, 1),
    })),
    encoder: { model: "fake@1", dimension: D },
    embeddings: Float32Array.from({ length: POSTS * D }, (_, n) =>
      n % D === 3 ? 1 : ((Math.floor(n / D) + (n % D)) % 3) + later(Math.floor(n / D)),
    ),
    embedded: POSTS,
    texts: {},
  };
}

function splitOf({ histories: all }: Dataset): Split {
  const isBefore = (n: number) => all.atMs[n]! <= CUT_MS;
  const before = onlyThose(all, isBefore);
  const after = onlyThose(all, (n) => !isBefore(n));
  return { before, after, asOfMs: Math.max(...before.atMs) };
}

const past = (data: Dataset) => datasetBefore(data, splitOf(data));

describe("a dataset as it was at a cut", () => {
  test("is bitwise equal, whatever happened later", async () => {
    const learnt = (data: Dataset) =>
      learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} });
    const [a, b] = [await learnt(past(someData(1))), await learnt(past(someData(7)))];
    expect(columnsOf(a)).toEqual(columnsOf(b));
    expect(a.info).toEqual(b.info);
    const [c, d] = [await learnt(someData(1)), await learnt(someData(7))];
    expect(columnsOf(c)).not.toEqual(columnsOf(d)); // else the above would prove nothing
  });

  test("differs from the whole, which knows more", () => {
    const [then, now] = [past(someData(1)), someData(1)];
    expect(then.posts.keys.length).toBe(14);
    expect(then.embedded).toBe(14);
    expect(then.embeddings).toEqual(now.embeddings.slice(0, 14 * D));
    expect(then.histories.postKeys.length).toBeLessThan(now.histories.postKeys.length);
    expect(then.profiles).toEqual(Array(USERS).fill(undefined));
    expect([...then.posts.viewCounts, ...then.posts.exitCounts].every((it) => it === 0)).toBe(true);
  });

  test("holds a post with an event before the cut, even if its time is later", () => {
    const data = someData(1);
    const createdAtMs = data.posts.createdAtMs.with(2, CUT_MS + DAY_MS);
    const then = past({ ...data, posts: { ...data.posts, createdAtMs } });
    expect([...then.posts.keys]).toContain(3);
    expect(then.posts.keys.length).toBe(14);
  });

  test("keeps each post's vector, though one between them came later", () => {
    const data = someData(1);
    const createdAtMs = data.posts.createdAtMs.with(2, CUT_MS + DAY_MS).with(20, 0);
    const onlyFirst = onlyThose(data.histories, (n) => data.histories.postKeys[n] === 1);
    const then = past({ ...data, posts: { ...data.posts, createdAtMs }, histories: onlyFirst });
    expect([...then.posts.keys.slice(1, 3)]).toEqual([2, 4]);
    expect(then.embeddings.slice(2 * D, 3 * D)).toEqual(data.embeddings.slice(3 * D, 4 * D));
    expect(then.embedded).toBe(then.posts.keys.length);
  });
});
