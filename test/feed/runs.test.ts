/** Runs that people start, over a store in memory. */
import { expect, test } from "bun:test";
import { openStore } from "../../src/data/sqlite/open.ts";
import { runsService } from "../../src/feed/runs.ts";
import { writerOn } from "../support/push.ts";

test("of two runs that are started at once in two processes one begins to wait, and the other is told of it", async () => {
  using store = openStore(":memory:");
  const inProcess = () =>
    runsService({
      runs: () => store.runs,
      writer: () => writerOn(store),
      nowMs: () => 1,
      paths: { upstream: { kind: "api" } },
      otherHolder: async () => undefined,
      counts: async () => ({ posts: 1, events: 1 }),
    });
  const started = await Promise.all([inProcess().start("sync"), inProcess().start("evaluate")]);
  const { id, kind } = (await store.runs.open())[0]!;
  const refusal = `run ${id} (${kind}) waits to begin: wait until it has ended`;
  expect(started).toContainEqual({ id });
  expect(started).toContainEqual({ refusal });
});
