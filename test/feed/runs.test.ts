/** Runs that people start, over a store in memory. */
import { expect, test } from "bun:test";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { runsService } from "../../src/feed/runs.ts";
import { writerOn } from "../support/push.ts";

const runsOf = (store: StoreFile, kind: "api" | "demo" | "none") =>
  runsService({
    runs: () => store.runs,
    writer: () => writerOn(store),
    nowMs: () => 1,
    paths: { upstream: { kind } },
    otherHolder: async () => undefined,
    counts: async () => ({ posts: 1, events: 1 }),
  });

test("of two runs that are started at once in two processes one begins to wait, and the other is told of it", async () => {
  using store = openStore(":memory:");
  const inProcess = () => runsOf(store, "api");
  const started = await Promise.all([inProcess().start("sync"), inProcess().start("evaluate")]);
  const { id, kind } = (await store.runs.open())[0]!;
  const refusal = `run ${id} (${kind}) waits to begin: wait until it has ended`;
  expect(started).toContainEqual({ id });
  expect(started).toContainEqual({ refusal });
});

test("a sync is refused where there is nothing new to read: of the demo, and without an upstream", async () => {
  using store = openStore(":memory:");
  expect(await runsOf(store, "demo").start("sync")).toEqual({ refusal: expect.stringContaining("the demo has nothing new to read") }); // prettier-ignore
  expect(await runsOf(store, "none").start("sync")).toEqual({ refusal: expect.stringContaining("no upstream to sync") }); // prettier-ignore
  expect(await runsOf(store, "demo").start("learn")).toEqual({ id: 1 });
});
