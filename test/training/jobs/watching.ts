/** A watch of a faked store, by a clock of its own. */
import type { Learnt } from "../../../src/training/jobs/growth.ts";
import { storeWatch, type WatchDeps } from "../../../src/training/jobs/watch.ts";

const MINUTE_MS = 60_000;

/** A watch over a store of numbers; `calls` lists what it did, with the time in seconds. */
export function watching(over: Partial<WatchDeps> = {}) {
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
