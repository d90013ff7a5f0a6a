import { expect, setDefaultTimeout, test } from "bun:test";
import { readinessOf } from "../../../src/serve/service/readiness.ts";
import { openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";

setDefaultTimeout(120_000); // no test is to fail because a machine is slow

test("readiness tells ages by the wall clock, what is wrong, and how far the encoder is", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}, {}]);
  let nowMs = AS_OF_MS;
  const ready = (troubles: string[] = []) =>
    readinessOf({
      live: world.serve().live,
      store: world.store,
      isDemo: true,
      backlog: () => 7,
      troubles: () => troubles,
      nowMs: () => nowMs,
    });
  expect(await ready(["no upstream"])).toEqual({
    snapshot: undefined,
    degraded: ["no upstream"],
    unreadable: [],
    syncAgeSeconds: null,
    encoder: { backlog: 7 },
    demo: true,
  });
  const id = world.learn();
  await world.store.scans.complete("2025-06-01", AS_OF_MS + 500);
  nowMs += 61_000;
  expect(await ready()).toMatchObject({
    snapshot: { id, ageSeconds: 60, asOf: "2025-06-01T00:00:00.000Z", posts: 2 },
    degraded: [],
    syncAgeSeconds: 61,
  });
  nowMs = 0;
  expect(await ready()).toMatchObject({ snapshot: { ageSeconds: 0 }, syncAgeSeconds: 0 });
});
