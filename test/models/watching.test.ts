/** Watch time: what a view counts by how long it lasted, beside views of videos of similar length. */
import { describe, expect, test } from "bun:test";
import type { PostId, UserId, UserKey } from "../../src/domain/ids.ts";
import { UNKNOWN } from "../../src/domain/history.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { datasetOf, historiesOf, postsOf } from "../../src/benchmarks/events.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { MARKS, preferencesOf, presentConfidence, scalesOf } from "../../src/models/confidence.ts";
import { personOf } from "../../src/models/person.ts";
import { watchQuantile, watchScale } from "../../src/models/watching.ts";
import { learn } from "../../src/training/run.ts";
import { historyOf } from "../../src/evaluation/histories.ts";
import { history, type Done } from "../support/histories.ts";
import { oneThread } from "../support/kernel.ts";
import { somePost } from "../support/records.ts";
import { append, pushPosts } from "../support/changes.ts";

const SECOND_MS = 1_000;
const [LOOP_MS, TALK_MS] = [6 * SECOND_MS, 600 * SECOND_MS];
const PARAMS = { ...presentConfidence(), floor: 1 };
const WEIGHT = PARAMS.weights["view"]!;

const view = (post: number, watchedMs?: number, durationMs?: number): Done => ({
  ...{ post, kind: "view" },
  ...(watchedMs !== undefined && { watchedMs }),
  ...(durationMs !== undefined && { durationMs }),
});

/** Everybody watches loops two to four times, and leaves talks after 10 to 60 seconds. */
const USUAL = history(
  ...Array.from({ length: 100 }, (_, n) => view(n, (2 + n / 50) * LOOP_MS, LOOP_MS)),
  ...Array.from({ length: 100 }, (_, n) => view(n, (10 + n / 2) * SECOND_MS, TALK_MS)),
);

const countOf = (...done: Done[]) => preferencesOf(history(...done), scalesOf(USUAL), 0, PARAMS).confidence[0]!; // prettier-ignore
const marksOf = (...done: Done[]) => preferencesOf(history(...done), scalesOf(USUAL), 0, PARAMS).marks[0]!; // prettier-ignore

describe("a view with a watch time", () => {
  test("counts by what is usual for its length: two minutes of a talk are more than two loops", () => {
    const talk = countOf(view(1, 120 * SECOND_MS, TALK_MS));
    const loop = countOf(view(1, 2 * LOOP_MS, LOOP_MS));
    expect(talk).toBeGreaterThan(1.8 * WEIGHT);
    expect(loop).toBeLessThan(0.2 * WEIGHT);
  });

  test("counts more the longer it was watched, beyond the length too", () => {
    for (const length of [LOOP_MS, 45 * SECOND_MS, TALK_MS]) {
      const counts = [0.2, 0.5, 1, 2, 3, 5].map((share) =>
        countOf(view(1, share * length, length)),
      );
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(new Set(counts).size).toBe(counts.length);
    }
  });

  test("counts as much on average as a view without one", () => {
    const many = Array.from({ length: 1_000 }, (_, n) => view(n, 60 * n, 60 * SECOND_MS));
    const all = history(...many.slice(20)); // without those that ended within a second
    const { confidence } = preferencesOf(all, scalesOf(all), 0, PARAMS);
    const mean = confidence.reduce((sum, it) => sum + it, 0) / confidence.length;
    expect(mean / WEIGHT).toBeCloseTo(1, 1);
  });

  test.each([
    ["no watch time", view(1, undefined, LOOP_MS)],
    ["no length", view(1, 5 * SECOND_MS)],
    ["neither", view(1)],
  ])("counts what it always did with %s", (_, done) => {
    expect(countOf(done)).toBe(Math.fround(WEIGHT));
  });

  test("is compared with half of the length where few views are known", () => {
    const none = watchScale(history());
    expect(watchQuantile(none, 30_000, 60_000)).toBe(0.5);
    const one = watchScale(history(view(1, 90_000, 100_000)));
    expect(watchQuantile(one, 60_000, 100_000)!).toBeGreaterThan(0.45);
    expect(one.shares.every(Number.isFinite)).toBe(true);
  });

  test("is seen and weakly negative if it ended within a second, and neither popular nor a step", () => {
    const left = view(1, 900, 60 * SECOND_MS);
    expect(countOf(left)).toBeCloseTo(-0.1, 6);
    expect(countOf(left)).toBeCloseTo(countOf(view(1), { post: 1, kind: "skip" }), 6);
    expect(marksOf(left)).toBe(MARKS.seen);
    expect(marksOf(left, view(1, 50_000, 60 * SECOND_MS)) & MARKS.step).toBe(MARKS.step);
  });

  test("of a post that was recommended speaks against it below the median, and for it above", () => {
    const recommended = (seconds: number) => ({
      ...view(1, seconds * SECOND_MS, TALK_MS),
      attributed: true,
    });
    expect(countOf(recommended(12))).toBeLessThan(0);
    expect(marksOf(recommended(12))).toBe(MARKS.seen);
    expect(countOf(recommended(58))).toBeGreaterThan(1.5 * WEIGHT);
    expect(countOf(recommended(36))).toBeLessThan(0.3 * WEIGHT);
    expect(countOf(view(1, 12 * SECOND_MS, TALK_MS))).toBeGreaterThan(0);
    // Without a watch time it is no answer.
    expect(countOf({ ...view(1), attributed: true })).toBe(Math.fround(WEIGHT));
  });

  test("is no skip if the video is hardly longer than a second", () => {
    expect(countOf(view(1, 900, 2 * SECOND_MS))).toBeGreaterThan(0);
  });
});

test("the length is the event's own, else the post's, else unknown; an event that names a recommendation is attributed", async () => {
  using store = openStore(":memory:");
  await pushPosts(store, [somePost("timed", { durationMs: 8_000 }), somePost("plain")], 1);
  const did = (postId: string, times: object) => ({
    ...({ userId: "ada" as UserId, postId: postId as PostId, kind: "view", value: 1 } as const),
    ...{ claimedAtMs: 1 + Object.keys(times).length, ...times },
  });
  const done = [
    did("timed", { watchedMs: 4_000 }),
    did("timed", { watchedMs: 5_000, durationMs: 9_000 }),
    did("plain", { watchedMs: 4_000 }),
    did("timed", { recommendationId: "r-1", claimedAtMs: 1 }),
  ];
  await append(store, done, { receivedAtMs: 100, origin: "app" });
  const own = await store.events.history(1 as UserKey);
  const { postKeys, watchedMs, durationMs } = own;
  const told = Array.from(postKeys, (_, n) => [watchedMs[n], durationMs[n]]);
  const expected = [[UNKNOWN, UNKNOWN], [4_000, 8_000], [4_000, UNKNOWN], [5_000, 9_000]]; // prettier-ignore
  expect(told).toEqual(expected);
  expect([...own.attributed]).toEqual([1, 0, 0, 0]);
  const all = await store.events.histories();
  expect([...all.attributed]).toEqual([1, 0, 0, 0]);
  expect(Array.from(all.postKeys, (_, n) => [all.watchedMs[n], all.durationMs[n]])).toEqual(
    expected,
  );
});

test("a snapshot holds the scale: people are read from it as they were in training", async () => {
  const posts = Array.from({ length: 40 }, (_, n) => ({ id: n + 1, createdAtMs: 0 }));
  const events = Array.from({ length: 400 }, (_, n) => ({
    ...{
      userKey: n % 10,
      postKey: 1 + ((n * 7 + Math.floor(n / 40)) % 40),
      kind: "view" as const,
      value: 1,
      atMs: n,
    },
    ...{ watchedMs: 2_000 + 61 * n, durationMs: n % 3 === 0 ? LOOP_MS : TALK_MS },
  }));
  const histories = historiesOf(events);
  const data = datasetOf(postsOf(posts), histories, 400);
  const model = await learn(data, { seed: 1, kernel: oneThread, isQuick: true, onProgress: () => {} }); // prettier-ignore
  const own = historyOf(histories, 3);
  const trained = preferencesOf(own, scalesOf(histories), 400, model.info.confidence);
  const person = personOf(model, vocabulary(model.postKeys).rowOf, own);
  expect([...person.confidence]).toEqual([...trained.confidence]);
  expect(new Set(person.confidence).size).toBeGreaterThan(10);
});
