import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { readinessOf } from "../../src/feed/readiness.ts";
import { plainDataset } from "../support/dataset.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";
import { socialverse } from "../support/socialverse.ts";
import { noon, syncing } from "../support/upstream.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

test("readiness contains ages by the wall clock, faults, and the encoder's backlog", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}, {}]);
  await world.fill();
  let nowMs = AS_OF_MS;
  const ready = (troubles: string[] = []) =>
    readinessOf({
      registry: world.serve().registry,
      store: world.store,
      catalogue: "demo",
      backlog: () => 7,
      troubles: () => troubles,
      syncing: () => undefined,
      runs: { sinceMs: () => AS_OF_MS, nextMs: () => AS_OF_MS + 1_000 },
      explain: String,
      folders: [folder.path],
      nowMs: () => nowMs,
    });
  expect(await ready(["no upstream"])).toEqual({
    snapshot: undefined,
    degraded: ["no upstream"],
    unreadable: [],
    syncAgeSeconds: null,
    sync: null,
    learning: {
      last: null,
      runningSince: "2025-06-01T00:00:00.000Z",
      nextAt: "2025-06-01T00:00:01.000Z",
    },
    heldBackRows: 0,
    encoder: { backlog: 7 },
    demo: true,
  });
  const id = world.learn();
  await world.store.scans.complete("2025-06-01", AS_OF_MS + 500);
  nowMs += 61_000;
  expect(await ready()).toMatchObject({
    snapshot: {
      id,
      ageSeconds: 60,
      asOf: "2025-06-01T00:00:00.000Z",
      posts: 2,
      embedded: 0,
      fitted: false,
    },
    degraded: [],
    syncAgeSeconds: 61,
  });
  nowMs = AS_OF_MS - 3_600_000;
  const ahead = await ready();
  expect(ahead).toMatchObject({ snapshot: { ageSeconds: -3_601 }, syncAgeSeconds: null });
  expect(ahead.degraded).toHaveLength(2);
  expect(ahead.degraded[0]).toContain("the last sync is from the future, 2025-06-01T00:00:00Z");
  expect(ahead.degraded[1]).toContain("the snapshot is from the future");
  world.learn({ blend: { ...SHIPPED_BLEND, fitted: true } }, [{ vector: [1, 0, 0] }, {}]);
  expect(await ready()).toMatchObject({ snapshot: { posts: 2, embedded: 1, fitted: true } });
});

test("readiness names each endpoint whose removals are held back, with what to do, and counts the rows", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}, {}]);
  const standIn = socialverse({ data: plainDataset({ users: 30, posts: 60 }) });
  using it = syncing(standIn, join(folder.path, "other.db"));
  const ready = () =>
    readinessOf({
      registry: world.serve().registry,
      store: it.store,
      catalogue: "socialverse",
      backlog: () => 0,
      troubles: () => [],
      explain: String,
      folders: [folder.path],
      runs: { sinceMs: () => undefined, nextMs: () => undefined },
      syncing: () => ({ endpoint: "posts", pages: 2, rows: 7, sinceMs: 0, done: 1, total: 6 }),
      nowMs: () => noon(2),
    });
  await it.sync(noon(1));
  standIn.data.posts.splice(40);
  standIn.data.like.splice(100);
  await it.sync(noon(2));
  const { degraded, heldBackRows, sync } = await ready();
  expect(heldBackRows).toBe(20 + 260);
  expect(degraded).toHaveLength(2);
  expect(degraded[0]).toStartWith("sync of posts: 20 of 60 rows are missing");
  expect(degraded[1]).toStartWith("sync of like: 260 of 360 rows are missing");
  expect(degraded[1]).toContain("`vidrec sync --accept-removals`");
  expect(sync).toEqual({ endpoint: "posts", page: 3, rows: 7, since: "1970-01-01T00:00:00.000Z" });
  await it.sync(noon(2), { acceptRemovals: true });
  expect(await ready()).toMatchObject({ degraded: [], heldBackRows: 0 });
});
