/** A daily cycle goes on when a part of it fails. */
import { describe, expect, test } from "bun:test";
import { CycleError } from "../../../src/training/jobs/cycle.ts";
import { LEARNT_WELL, served, syncOf, work } from "./fake-cycle.ts";

describe("a failure", () => {
  test("to use vectors early is reported, and the training at the end still runs", async () => {
    const { deps, calls, fail, run } = work(served);
    Object.assign(deps, { renew: fail("renew") });
    expect(String(await run())).toContain("new vectors could not be put to use: no renew");
    expect(calls.at(-1)).toBe("learn well with mini@1");
  });

  test("of upstream in the middle is reported; the rows read are learnt, and the cycle is repeated", async () => {
    const like = syncOf({ endpoint: "like", status: "failed", problem: "timed out" });
    const report = { ...like, isComplete: false };
    const { run, calls, lines } = work({ ...served, sync: async () => report });
    const failure = await run();
    expect(failure).toBeInstanceOf(CycleError);
    expect((failure as CycleError).message).toBe("upstream could not be read to the end");
    expect(calls.at(-1)).toBe("learn well with mini@1");
    expect(lines[0]).toBe("sync of like failed: timed out");
  });

  test("of the whole sync does not keep the stored data from being learnt", async () => {
    const { deps, calls, fail, run } = work(served);
    Object.assign(deps, { sync: fail("sync") });
    expect(String(await run())).toContain("upstream could not be read: no sync");
    expect(calls).toEqual(["sync", ...LEARNT_WELL]);
  });

  test("that comes twice is reported once", async () => {
    const { deps, fail, run } = work(served);
    const tried = Promise.withResolvers<void>();
    const renew = fail("renew");
    Object.assign(deps, { renew: () => (tried.resolve(), renew()), backfill: () => tried.promise });
    expect(String(await run())).toBe("CycleError: new vectors could not be put to use: no renew");
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

  test("of everything at once is reported in one line", async () => {
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
