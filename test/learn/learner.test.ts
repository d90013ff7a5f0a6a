/** The learner thread against a stand-in upstream: what is learnt, when nothing is, and crashes. */
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLearner, type Learner, type LearnerOptions } from "../../src/learn/learner.ts";
import { currentId, openNewest } from "../../src/snapshot/open.ts";
import { openStore } from "../../src/store/open.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { postRow } from "../support/rows.ts";
import { serveSocialverse, TOKEN, type ServedStandIn } from "../support/socialverse.ts";

setDefaultTimeout(120_000); // no test is to fail because a machine is slow

const WELL = { encoder: undefined };
const QUICKLY = { encoder: undefined, isQuick: true };
const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

let folder: ReturnType<typeof temporaryFolder>;
let upstream: ServedStandIn;
let learners: Learner[] = [];
let workers: Worker[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  upstream = serveSocialverse({ data: plainDataset({ users: 15, posts: 25 }) });
});
afterEach(async () => {
  await Promise.all(learners.map((it) => it.close()));
  [learners, workers] = [[], []];
  upstream[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const snapshots = () => join(folder.path, "snapshots");

function open(over: Partial<LearnerOptions> = {}): Learner {
  const learner = openLearner({
    spawn: () => {
      const worker = new Worker(new URL("../../src/learn/worker.ts", import.meta.url));
      workers.push(worker);
      return worker;
    },
    storePath: join(folder.path, "store.db"),
    snapshotsFolder: snapshots(),
    upstream: { kind: "api", baseUrl: upstream.url, token: TOKEN, resonanceAlgorithm: "any" },
    seed: 1,
    version: "1.2.3",
    onProgress: () => {},
    onEnd: () => {},
    pauseMs: 5,
    ...over,
  });
  learners.push(learner);
  return learner;
}

describe("learning", () => {
  test("writes a snapshot of what a sync brought, and tells what it was", async () => {
    const stages = new Set<string>();
    const { sync, learn } = open({ onProgress: (stage) => void stages.add(stage) });
    expect(await sync(false)).toMatchObject({ isComplete: true, withdrawn: 0 });
    const learned = await learn(WELL);
    expect(learned).toMatchObject({ posts: 25, interactions: 4 * 75, embedded: 0 });
    const { snapshot, refused } = openNewest(snapshots());
    expect([snapshot!.id, refused]).toEqual([learned!.snapshot, []]);
    expect(snapshot!.manifest.version).toBe("1.2.3");
    expect([...stages]).toContain("training");
  });

  test("does nothing where nothing is new, in this process or the next, unless it is told to", async () => {
    const first = open();
    await first.sync(false);
    const learned = await first.learn(WELL);
    expect(await first.learn(WELL)).toBeUndefined();
    await first.close();
    const second = open();
    expect((await second.sync(false)).fetchedRows).toBe(0);
    expect(await second.learn(WELL)).toBeUndefined();
    expect(currentId(snapshots())).toBe(learned!.snapshot);
    expect(await second.learn({ ...WELL, force: true })).toMatchObject({ posts: 25 });
  });

  test("does nothing after a sync that changed nothing, but learns what one changed", async () => {
    const { sync, learn } = open();
    await sync(false);
    await learn(WELL);
    expect(await sync(true)).toMatchObject({ changedRows: 0 });
    expect(await learn(WELL)).toBeUndefined();
    upstream.data.posts.push(postRow(26));
    await sync(true);
    expect(await learn(WELL)).toMatchObject({ posts: 26 });
  });

  test("is made up for at the next start, if the process died after the sync", async () => {
    const first = open();
    await first.sync(false);
    await first.close();
    const second = open();
    expect(await second.sync(false)).toMatchObject({ fetchedRows: 0, isComplete: true });
    expect(await second.learn(WELL)).toMatchObject({ posts: 25 });
  });

  test("makes up for what a sync read before it failed", async () => {
    const { sync, learn } = open();
    await sync(false);
    await learn(WELL);
    upstream.data.posts.push(postRow(26));
    upstream.fault({ kind: "status", status: 404, on: "rating" });
    expect(await sync(true)).toMatchObject({ isComplete: false });
    expect(await learn(WELL)).toMatchObject({ posts: 26 });
  });

  test("well follows upon quickly, though the data is the same", async () => {
    const { sync, learn } = open();
    await sync(false);
    await learn(QUICKLY);
    expect(await learn(QUICKLY)).toBeUndefined();
    expect(await learn(WELL)).toMatchObject({ posts: 25 });
  });

  test("replaces a snapshot that is damaged", async () => {
    const { sync, learn } = open();
    await sync(false);
    const bad = (await learn(WELL))!.snapshot;
    writeFileSync(join(snapshots(), bad, "popularity"), "x");
    const good = await learn(WELL);
    expect(openNewest(snapshots())).toMatchObject({
      snapshot: { id: good!.snapshot },
      refused: [],
    });
  });

  test("of an empty store makes no snapshot", async () => {
    expect(await open().learn(WELL)).toBeUndefined();
    expect(currentId(snapshots())).toBeUndefined();
  });

  test("of posts that nobody has touched makes one that serves them", async () => {
    for (const list of ["view", "like", "inspire", "rating"] as const) upstream.data[list] = [];
    const { sync, learn } = open();
    await sync(false);
    expect(await learn(WELL)).toMatchObject({ posts: 25, interactions: 0 });
    expect(await learn(WELL)).toBeUndefined();
  });

  test("uses the vectors of the encoder that it is told, of no other", async () => {
    const { sync, learn } = open();
    await sync(false);
    const store = openStore(join(folder.path, "store.db"));
    await store.texts.hashPosts(100, (post) => `hash ${post.id}`);
    const vector = Float32Array.of(0, 1);
    await store.embeddings.put("a", [
      { hash: "hash 1", vector },
      { hash: "hash 2", vector },
    ]);
    await store.embeddings.put("b", [{ hash: "hash 3", vector }]);
    store.close();
    expect(await learn({ encoder: { model: "a", dimension: 2 } })).toMatchObject({ embedded: 2 });
    expect(openNewest(snapshots()).snapshot!.model.embeddings.subarray(0, 6)).toEqual(
      Float32Array.of(0, 1, 0, 1, 0, 0),
    );
    expect(await learn({ encoder: { model: "b", dimension: 2 } })).toMatchObject({ embedded: 1 });
    expect(openNewest(snapshots()).snapshot!.model.embeddings.subarray(0, 6)).toEqual(
      Float32Array.of(0, 0, 0, 0, 0, 1),
    );
  });
});

describe("a learner thread that ends", () => {
  test("fails its job in words, and another one goes on with what is missing", async () => {
    const ends: string[] = [];
    let readies = 0;
    const { sync, learn } = open({
      onEnd: (message) => void ends.push(message),
      onReady: () => void readies++,
    });
    upstream.fault({ kind: "latency", ms: 60_000, on: "rating", times: 1 });
    const broken = caught(sync(false));
    while (upstream.count("rating") === 0) await Bun.sleep(5);
    workers[0]!.terminate();
    expect(String(await broken)).toBe("LearnerError: the thread ended by itself");
    const report = await sync(false);
    expect(report.endpoints.map((it) => it.status).join(" ")).toBe(
      "skipped skipped skipped skipped skipped complete",
    );
    expect(await learn(WELL)).toMatchObject({ posts: 25, interactions: 4 * 75 });
    expect([ends, readies, workers.length]).toEqual([["the thread ended by itself"], 2, 2]);
  });

  test("in the middle of learning leaves the snapshot before", async () => {
    let begun = Promise.withResolvers<void>();
    const { sync, learn } = open({
      onProgress: (stage) => stage === "training" && begun.resolve(),
    });
    await sync(false);
    const before = await learn(WELL);
    begun = Promise.withResolvers<void>();
    const broken = caught(learn({ ...WELL, force: true }));
    await begun.promise;
    workers[0]!.terminate();
    expect(String(await broken)).toContain("LearnerError");
    expect(openNewest(snapshots()).snapshot!.id).toBe(before!.snapshot);
    expect(await learn({ ...WELL, force: true })).toMatchObject({ posts: 25 });
    expect(readdirSync(snapshots()).filter((it) => it.endsWith(".unfinished"))).toEqual([]);
  });

  test("since it cannot use the store says why, and is tried again", async () => {
    const first = open();
    await first.sync(false);
    await first.close();
    const other = {
      kind: "api",
      baseUrl: "http://other.test",
      token: "",
      resonanceAlgorithm: "",
    } as const;
    const ends: string[] = [];
    const { sync } = open({ upstream: other, onEnd: (message) => void ends.push(message) });
    const failure = String(await caught(sync(false)));
    expect(failure).toContain(
      `this store was filled from ${upstream.url}, not from http://other.test`,
    );
    expect(String(await caught(sync(false)))).toBe(failure);
    expect(ends.length).toBeGreaterThanOrEqual(2);
  });

  test("does one thing after the other, in the order they were asked for", async () => {
    const { sync, learn } = open();
    const [synced, first, second] = await Promise.all([sync(false), learn(WELL), learn(WELL)]);
    expect([synced.isComplete, first?.posts, second]).toEqual([true, 25, undefined]);
  });

  test("for good refuses what is asked of it", async () => {
    const learner = open();
    await learner.sync(false);
    await learner.close();
    const late = caught(learner.learn(WELL));
    const silence = Bun.sleep(50).then(() => "no answer");
    expect(String(await Promise.race([late, silence]))).toBe("LearnerError: the learner is closed");
  });
});
