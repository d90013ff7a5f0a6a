/** The steps of a daily cycle and their order. */
import { describe, expect, test } from "bun:test";
import { runCycle } from "../../../src/training/jobs/cycle.ts";
import { LEARNT_WELL, REPORT, served, syncOf, work } from "./fake-cycle.ts";

describe("the day's work", () => {
  test("at first sends a snapshot out that waits for nothing, and then a better one", async () => {
    const { run, calls } = work();
    expect(await run()).toBeUndefined();
    expect(calls).toEqual(["sync false", "learn quickly with undefined", ...LEARNT_WELL]);
  });

  test("without a snapshot serves the stored data before it reads upstream", async () => {
    const { run, calls } = work({}, { hasSynced: true });
    expect(await run()).toBeUndefined();
    expect(calls).toEqual([
      "learn quickly with undefined",
      "encoder",
      "renew with mini@1",
      "sync false",
      ...LEARNT_WELL,
    ]);
  });

  test("on other days learns once, with the new texts' vectors", async () => {
    const { run, calls } = work(served);
    expect(await run()).toBeUndefined();
    expect(calls).toEqual(["sync false", ...LEARNT_WELL]);
  });

  test("in between leaves upstream alone", async () => {
    const { deps, calls } = work(served);
    await runCycle(deps, { syncs: false });
    expect(calls).toEqual(LEARNT_WELL);
  });

  test("logs its result, and nothing if there was none", async () => {
    const some = work(served);
    await some.run();
    expect(some.lines).toEqual([
      "synced 10 rows, 4 new or changed, 1 withdrawn",
      "2 of 3 posts are understood by their text so far; moods already work (snapshot s0)",
      "learnt snapshot s1 from 9 events and 3 posts, 2 of them understood by their text, in 1.0 s",
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
  const report = syncOf({ badRows: 8, unreadable: [{ reason: "id above 2^53", rows: 8 }] });
  const { run, lines } = work({ ...served, sync: async () => report });
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
