/** Watch over a store that grows, on a clock that the test turns. */
import { expect, test } from "bun:test";
import type { Learnt } from "../../../src/training/jobs/growth.ts";
import { storeWatch, type WatchDeps } from "../../../src/training/jobs/watch.ts";

const MINUTE_MS = 60_000;

/** A watch over a store of numbers; `calls` lists what it did, with the time in seconds. */
function watching(over: Partial<WatchDeps> = {}) {
  const world = {
    seq: 0,
    changes: 0,
    posts: 0,
    askedRun: undefined as number | undefined,
    hasNewTexts: false,
  };
  const calls: string[] = [];
  const troubles: (string | undefined)[] = [];
  let nowMs = 1_000_000;
  let learnt: Learnt | undefined;
  let running: PromiseWithResolvers<void> | undefined;
  const call = (name: string) => void calls.push(`${name} ${(nowMs - 1_000_000) / 1_000}`);
  let beganAtMs = 0;
  let [requests, takesRequests] = [0, true];
  const learn = (isQuick = false) => {
    const { seq, changes, posts } = world;
    learnt = { seq, changes, posts, atMs: beganAtMs, isQuick };
  };
  const { tick, dueAtMs } = storeWatch({
    state: async () => ({ ...world }),
    posts: async () => world.posts,
    learnt: () => learnt,
    isRunning: () => running !== undefined,
    run: async () => {
      call("run");
      if (takesRequests) world.askedRun = undefined;
      beganAtMs = nowMs;
      running = Promise.withResolvers();
      await running.promise;
    },
    learnQuickly: async () => (call("quick"), (beganAtMs = nowMs), learn(true)),
    encode: async () => (call("encode"), void (world.hasNewTexts = false)),
    renew: async () => call("renew"),
    percent: 10,
    pauseMs: 10 * MINUTE_MS,
    onTrouble: (it) => void troubles.push(it),
    nowMs: () => nowMs,
    ...over,
  });
  const settle = () => Bun.sleep(0);
  return {
    calls,
    troubles,
    /** Due time of the next run, in seconds. */
    due: () => dueAtMs() && (dueAtMs()! - 1_000_000) / 1_000,
    /** Posts arrive, each new. */
    push: (posts: number) => {
      world.posts += posts;
      world.changes += posts;
      world.hasNewTexts = true;
    },
    events: (count: number) => void (world.seq += count),
    /** Somebody asks; the run that is begun next takes the request, if its record can be written. */
    ask: (isWritten = true) => {
      world.askedRun ??= ++requests;
      takesRequests = isWritten;
    },
    /** The run under way ends; what is stored has been learnt, unless there was nothing to learn. */
    ended: async (cause?: Error, isEmpty = false) => {
      if (!cause && !isEmpty) learn();
      const it = running!;
      running = undefined;
      if (cause) it.reject(cause);
      else it.resolve();
      await settle();
    },
    pass: async (seconds: number, each = () => {}) => {
      for (let n = 0; n < seconds * 2; n++) {
        each();
        await tick();
        await settle();
        nowMs += 500;
      }
    },
  };
}

test("a first push is served after a second without another, and then learnt in full", async () => {
  const it = watching();
  await it.pass(5);
  expect(it.calls).toEqual([]);
  it.push(20);
  await it.pass(2);
  expect(it.calls.filter((call) => !/encode|renew/.test(call))).toEqual(["quick 6", "run 6"]);
  await it.ended();
  await it.pass(3_600);
  expect(it.calls.filter((call) => call.startsWith("run"))).toHaveLength(1);
});

test("pushes that do not pause are waited for ten seconds, and again where they are more than there are spare rows", async () => {
  const it = watching();
  await it.pass(40, () => it.push(20));
  const quick = it.calls.filter((call) => call.startsWith("quick"));
  expect(quick).toEqual(["quick 10.5", "quick 21", "quick 31.5"]);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 10.5"]);
  await it.ended();
  await it.pass(2);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 10.5"]);
});

test("growth is learnt when the pause is over, and not without any", async () => {
  const it = watching();
  it.push(5_000);
  it.events(1_000);
  await it.pass(2);
  await it.ended();
  it.events(99);
  await it.pass(20 * 60);
  it.events(1);
  await it.pass(1);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 1202"]);
  await it.ended();
  it.events(500);
  await it.pass(20 * 60);
  expect(it.calls.filter((call) => call.startsWith("run")).at(-1)).toBe("run 1803");
});

test("who asks gets a run at once, or after the one under way; those who ask meanwhile share it", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  it.ask();
  await it.pass(1);
  it.ask();
  await it.pass(1);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1"]);
  await it.ended();
  await it.pass(2);
  await it.ended();
  await it.pass(60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 4"]);
});

test("a request whose run can't be recorded starts one run, not one after another", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  await it.ended();
  it.ask(false);
  await it.pass(1);
  await it.ended();
  await it.pass(60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 2"]);
});

test("events that no run learns from, such as impressions, start one and no more until there are as many again", async () => {
  const it = watching();
  it.push(5_000);
  it.events(1_000);
  await it.pass(2);
  await it.ended();
  it.events(500);
  await it.pass(11 * 60);
  await it.ended(undefined, true);
  it.events(1);
  await it.pass(60 * 60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 602"]);
});

test("new texts are encoded within a second and put to use, at most a twentieth of the time", async () => {
  let nowMs = 0;
  const it = watching({
    isRunning: () => false,
    learnt: () => ({ seq: 0, changes: 1e9, posts: 1e6, atMs: 0, isQuick: false }),
    nowMs: () => nowMs,
    renew: async () => {
      it.calls.push(`renew ${nowMs}`);
      nowMs += 1_000;
    },
  });
  it.calls.length = 0;
  for (let n = 0; n < 100; n++, nowMs += 500) await it.pass(0.5, () => it.push(1));
  expect(it.calls.filter((call) => call.startsWith("encode"))).toHaveLength(100);
  expect(it.calls.filter((call) => call.startsWith("renew"))).toEqual(["renew 0", "renew 21000", "renew 42000"]); // prettier-ignore
});

test("a run that fails is told and tried again after growing pauses, until one works", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  await it.ended(new Error("no room"));
  expect(it.troubles).toEqual(["no room"]);
  await it.pass(5);
  expect(it.calls.filter((call) => call.startsWith("run")).length).toBe(2);
  await it.ended();
  expect(it.troubles.at(-1)).toBeUndefined();
});

test("a hasty snapshot that no run improves is left as it is", async () => {
  const it = watching({ run: async () => void it.calls.push("run") });
  it.push(20);
  await it.pass(60);
  expect(it.calls.filter((call) => call === "run")).toHaveLength(1);
});

test("a store that can't be read is left alone", async () => {
  const it = watching({ state: async () => undefined });
  it.push(20);
  await it.pass(20);
  expect([it.calls, it.troubles]).toEqual([[], []]);
});
