/** The day's work, its order, and what is still done when a part of it fails. */
import { describe, expect, test } from "bun:test";
import { CycleError, runCycle, type CycleDeps } from "../../../src/training/jobs/cycle.ts";
import type { EncoderName } from "../../../src/training/dataset.ts";
import type { LearnOptions } from "../../../src/training/jobs/protocol.ts";
import type { SyncReport } from "../../../src/ingest/socialverse/sync.ts";

const MINI: EncoderName = { model: "mini@1", dimension: 3 };
const OLD: EncoderName = { model: "old@1", dimension: 2 };
const REPORT: SyncReport = {
  day: "2025-06-01",
  isComplete: true,
  fetchedRows: 10,
  changedRows: 4,
  withdrawn: 1,
  endpoints: [],
  disbelieved: "",
};
const LEARNT = { snapshot: "s1", posts: 3, interactions: 9, embedded: 2, seconds: 1 };

const RENEWED = { snapshot: "s0", posts: 3, embedded: 2 };

/** A day's work of which nothing is real; `calls` says what was done, in order. */
function work(over: Partial<CycleDeps> = {}) {
  const calls: string[] = [];
  const lines: string[] = [];
  let snapshot: { encoder: EncoderName | undefined; embedded: number } | undefined;
  const done = <T>(call: string, value: T) => (calls.push(call), value);
  const deps: CycleDeps = {
    sync: async (force) => done(`sync ${force}`, REPORT),
    learn: async (options: LearnOptions) => {
      snapshot = { encoder: options.encoder, embedded: options.encoder ? 2 : 0 };
      const how = options.isQuick ? "quickly" : "well";
      return done(`learn ${how} with ${options.encoder?.model}`, LEARNT);
    },
    renew: async (encoder) => {
      snapshot = { encoder, embedded: 2 };
      return done(`renew with ${encoder.model}`, RENEWED);
    },
    backfill: async () => done("backfill", undefined),
    encoder: async () => done("encoder", MINI),
    snapshot: () => snapshot,
    log: (line) => void lines.push(line),
    ...over,
  };
  const fail = (call: string) => async () => {
    calls.push(call);
    throw new Error(`no ${call}`);
  };
  const run = () => runCycle(deps).catch((cause: unknown) => cause);
  return { deps, calls, lines, run, fail };
}

const served = { snapshot: () => ({ encoder: OLD, embedded: 3 }) };

describe("the day's work", () => {
  test("at first sends a snapshot out that waits for nothing, and then a better one", async () => {
    const { run, calls } = work();
    expect(await run()).toBeUndefined();
    expect(calls).toEqual([
      "sync false",
      "learn quickly with undefined",
      "encoder",
      "backfill",
      "renew with mini@1",
      "learn well with mini@1",
    ]);
  });

  test("on other days learns once, with the new texts' vectors", async () => {
    const { run, calls } = work(served);
    expect(await run()).toBeUndefined();
    expect(calls).toEqual([
      "sync false",
      "encoder",
      "backfill",
      "renew with mini@1",
      "learn well with mini@1",
    ]);
  });

  test("tells what came of it, and nothing if there was nothing", async () => {
    const some = work(served);
    await some.run();
    expect(some.lines).toEqual([
      "synced 10 rows, 4 new or changed, 1 withdrawn",
      "moods and words work: 2 of 3 posts have a vector in snapshot s0",
      "learnt snapshot s1 from 9 interactions and 3 posts, 2 of them with a vector, in 1.0 s",
    ]);
    const none = work({
      ...served,
      sync: async () => ({ ...REPORT, fetchedRows: 0 }),
      learn: async () => undefined,
      renew: async () => undefined,
    });
    await none.run();
    expect(none.lines).toEqual([]);
  });
});

test("the log tells which rows of a good sync could not be read", async () => {
  const posts = {
    endpoint: "posts",
    status: "complete",
    fetchedRows: 12,
    changedRows: 4,
    badRows: 8,
    unreadable: [{ reason: "id above 2^53", rows: 8 }],
    withdrawn: 0,
    problem: "",
  } as const;
  const { run, lines } = work({ ...served, sync: async () => ({ ...REPORT, endpoints: [posts] }) });
  expect(await run()).toBeUndefined();
  expect(lines[0]).toBe("sync: 8 of 12 posts: id above 2^53");
});

describe("vectors", () => {
  const blind = { snapshot: () => ({ encoder: undefined, embedded: 0 }) };

  test("that an earlier process made and did not use are used before anything else", async () => {
    const { run, calls } = work(blind);
    expect(await run()).toBeUndefined();
    expect(calls.slice(0, 3)).toEqual(["encoder", "renew with mini@1", "sync false"]);
  });

  test("are used while more of them are made", async () => {
    const { promise: filled, resolve: fill } = Promise.withResolvers<undefined>();
    const { deps, calls, run } = work(served);
    let renewed = 0;
    Object.assign(deps, {
      backfill: () => filled,
      renew: async () => void (++renewed === 2 && fill(undefined)),
    });
    expect(await run()).toBeUndefined();
    expect(renewed).toBeGreaterThanOrEqual(2);
    expect(calls.at(-1)).toBe("learn well with mini@1");
  });
});

describe("a failure", () => {
  test("to use vectors early is told, and all is learnt in the end", async () => {
    const { deps, calls, fail, run } = work(served);
    Object.assign(deps, { renew: fail("renew") });
    expect(String(await run())).toContain("new vectors could not be put to use: no renew");
    expect(calls.at(-1)).toBe("learn well with mini@1");
  });

  test("of upstream in the middle is told; what was read is learnt, and the work is to be repeated", async () => {
    const problem = {
      endpoint: "like",
      status: "failed",
      fetchedRows: 1,
      changedRows: 1,
      badRows: 0,
      unreadable: [],
      withdrawn: 0,
      problem: "timed out",
    } as const;
    const report = { ...REPORT, isComplete: false, endpoints: [problem] };
    const { run, calls, lines } = work({ ...served, sync: async () => report });
    const failure = await run();
    expect(failure).toBeInstanceOf(CycleError);
    expect((failure as CycleError).message).toBe("upstream could not be read to the end");
    expect(calls.at(-1)).toBe("learn well with mini@1");
    expect(lines[0]).toBe("sync of like failed: timed out");
  });

  test("of the whole sync does not keep what is stored from being learnt", async () => {
    const { deps, calls, fail, run } = work(served);
    Object.assign(deps, { sync: fail("sync") });
    expect(String(await run())).toContain("upstream could not be read: no sync");
    expect(calls).toEqual([
      "sync",
      "encoder",
      "backfill",
      "renew with mini@1",
      "learn well with mini@1",
    ]);
  });

  test("of the encoder keeps the vectors that the newest snapshot has", async () => {
    const { run, calls } = work({ ...served, encoder: async () => undefined });
    expect(String(await run())).toContain("the encoder could not be loaded");
    expect(calls).toEqual(["sync false", "learn well with old@1"]);
  });

  test("of the encoder on the first day learns well without texts", async () => {
    const { run, calls } = work({ encoder: async () => undefined });
    expect(await run()).toBeInstanceOf(CycleError);
    expect(calls.slice(1)).toEqual(["learn quickly with undefined", "learn well with undefined"]);
  });

  test("in the middle of encoding learns with the vectors that are there", async () => {
    const { deps, calls, fail, run } = work(served);
    Object.assign(deps, { backfill: fail("backfill") });
    expect(String(await run())).toContain("texts could not be encoded: no backfill");
    expect(calls.at(-1)).toBe("learn well with mini@1");
  });

  test("of everything at once is told in one line", async () => {
    const { deps, fail, run } = work({ ...served, encoder: async () => undefined });
    Object.assign(deps, { sync: fail("sync") });
    expect(String(await run())).toBe(
      "CycleError: upstream could not be read: no sync; the encoder could not be loaded",
    );
  });

  test("of learning is the work's own", async () => {
    const { deps, fail, run } = work(served);
    Object.assign(deps, { learn: fail("learn") });
    expect(String(await run())).toBe("Error: no learn");
  });
});
