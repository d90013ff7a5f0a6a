/** Records of runs, in every implementation of the ports. */
import { expect } from "bun:test";
import type { Write } from "../../src/data/changes.ts";
import { RUNS_KEPT } from "../../src/data/runs.ts";
import { change } from "../support/changes.ts";
import { overEveryStore } from "./stores.ts";

const AT = { stage: "training", done: 3, total: 12 };
const LOG = [{ atMs: 30, text: "training" }];

overEveryStore((on) => {
  on("keeps a run from its request to its end, and the newest first", async (store) => {
    const { runs } = store;
    const id = await change(store, "askForRun", "learn", 10);
    expect(await change(store, "askForRun", "learn", 11)).toBe(id);
    expect(await runs.list(9)).toMatchObject([{ id, kind: "learn", state: "waiting", askedAtMs: 10, startedAtMs: undefined }]); // prettier-ignore
    expect(await change(store, "beginRun", "learn", 20, { SEED: 1 }, true)).toBe(id);
    await change(store, "noteRun", id, 35, AT, LOG);
    expect(await runs.open()).toMatchObject([{ id, state: "running", startedAtMs: 20, ...AT }]);
    const quality = { cases: 5, rankings: [{ name: "blend", nDcg: 0.2, low: 0.1, high: 0.3 }] };
    const result = { words: "learnt", figures: { posts: 7 }, quality, settings: { decay: 0.9 } };
    await change(store, "endRun", id, { state: "done", endedAtMs: 40, ...AT, log: LOG, ...result });
    expect(await runs.open()).toEqual([]);
    expect(await runs.find(id)).toEqual({
      ...{ id, kind: "learn", state: "done", askedAtMs: 10, startedAtMs: 20, endedAtMs: 40, ...AT },
      ...{ ...result, settings: { SEED: 1, decay: 0.9 }, log: LOG },
    });
    const sync = await change(store, "beginRun", "sync", 50, {}, true);
    expect((await runs.list(9)).map((it) => it.id)).toEqual([sync, id]);
    expect((await runs.list(9, "learn")).map((it) => it.id)).toEqual([id]);
    expect([(await runs.list(1)).length, await runs.find(99)]).toEqual([1, undefined]);
  });

  on("begins another run where the one that waits is not meant", async (store) => {
    const asked = await change(store, "askForRun", "learn", 1);
    const other = await change(store, "beginRun", "learn", 2, {}, false);
    expect(other).not.toBe(asked);
    expect((await store.runs.open()).map(({ state }) => state)).toEqual(["waiting", "running"]);
  });

  on("finds the run before of the same kind that was done", async (store) => {
    const ended = async (kind: "learn" | "sync", state: "done" | "failed") => {
      const id = await change(store, "beginRun", kind, 1, { SEED: 1 }, true);
      await change(store, "endRun", id, { state, endedAtMs: 2, ...AT, words: "", log: [] });
      return id;
    };
    const first = await ended("learn", "done");
    await ended("learn", "failed");
    await ended("sync", "done");
    const last = await ended("learn", "done");
    const before = await store.runs.before({ id: last, kind: "learn" });
    expect(before).toMatchObject({ id: first, settings: { SEED: 1 }, figures: {} });
    expect(await store.runs.before({ id: first, kind: "learn" })).toBeUndefined();
  });

  on(
    "ends what was under way when its process was killed, and leaves what waits",
    async (store) => {
      const killed = await change(store, "beginRun", "learn", 1, {}, true);
      await change(store, "noteRun", killed, 35, AT, LOG);
      const asked = await change(store, "askForRun", "sync", 2);
      await change(store, "interruptRuns");
      expect(await store.runs.find(killed)).toMatchObject({ state: "interrupted", endedAtMs: 35 });
      expect((await store.runs.open()).map(({ id }) => id)).toEqual([asked]);
    },
  );

  on("keeps the newest of each kind: many encodings push no sync out", async (store) => {
    const sync = await change(store, "beginRun", "sync", 1, {}, true);
    const encodings = Array.from({ length: RUNS_KEPT + 5 }, (_, n): Write => {
      return { change: "beginRun", args: ["encode", n, {}, true] };
    });
    await store.changeAll(encodings);
    const ids = (await store.runs.list(500)).map(({ id }) => id);
    expect([ids.length, ids.at(-1)]).toEqual([RUNS_KEPT + 1, sync]);
    expect(ids.at(-2)).toBe(sync + 6);
  });
});
