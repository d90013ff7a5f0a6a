/** A learner thread that ends: the job is lost, nothing else. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { openNewest } from "../../src/snapshot/open.ts";
import { dayLasts } from "../support/day.ts";
import { openDesk } from "../support/learning.ts";
import { LAYOUT } from "../../src/models/models.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const WELL = { encoder: undefined };
const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

describe("a learner thread that ends", () => {
  test("fails its job with a message, and another thread continues with the missing rows", async () => {
    await dayLasts();
    await using desk = openDesk();
    const { open, upstream, workers } = desk;
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
    expect(await learn(WELL)).toMatchObject({ posts: 25, events: 4 * 75 });
    expect([ends, readies, workers.length]).toEqual([["the thread ended by itself"], 2, 2]);
  });

  test("in the middle of learning leaves the snapshot before", async () => {
    await using desk = openDesk();
    const { open, snapshots, workers } = desk;
    const { sync, learn } = open();
    await sync(false);
    const learnAgain = async () => {
      const begun = Promise.withResolvers<void>();
      const onProgress = (stage: string) => stage === "training" && begun.resolve();
      const learning = caught(learn({ ...WELL, force: true }, onProgress));
      await begun.promise;
      workers.at(-1)!.terminate();
      return learning;
    };
    let newest = (await learn(WELL))!.snapshot;
    let outcome = await learnAgain();
    // One may be done before its thread has ended.
    for (; !(outcome instanceof Error); outcome = await learnAgain())
      newest = (outcome as { snapshot: string }).snapshot;
    expect(String(outcome)).toContain("LearnerError");
    expect(openNewest(snapshots, LAYOUT).snapshot!.id).toBe(newest);
    expect(await learn({ ...WELL, force: true })).toMatchObject({ posts: 25 });
    expect(readdirSync(snapshots).filter((it) => it.endsWith(".unfinished"))).toEqual([]);
  });

  test("since it cannot use the store says why, and is tried again", async () => {
    await using desk = openDesk();
    const { open, upstream } = desk;
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

  test("does one job after the other, in the order of requests", async () => {
    await using desk = openDesk();
    const { open } = desk;
    const { sync, learn } = open();
    const [synced, first, second] = await Promise.all([sync(false), learn(WELL), learn(WELL)]);
    expect([synced.isComplete, first?.posts, second]).toEqual([true, 25, undefined]);
  });

  test("refuses further requests", async () => {
    await using desk = openDesk();
    const { open } = desk;
    const learner = open();
    await learner.sync(false);
    await learner.close();
    const late = caught(learner.learn(WELL));
    const silence = Bun.sleep(50).then(() => "no answer");
    expect(String(await Promise.race([late, silence]))).toBe("LearnerError: the learner is closed");
  });
});
