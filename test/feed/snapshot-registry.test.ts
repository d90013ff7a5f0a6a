/** The snapshot registry where there is a newer snapshot, a broken one or none. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openRanker } from "../../src/ranking/feed.ts";
import { openRegistry, type ServedSnapshot } from "../../src/feed/snapshot-registry.ts";
import type { Steps } from "../../src/runtime/time-slicing.ts";
import type { StoreMark } from "../../src/domain/event.ts";
import { MADE_AGAIN } from "../../src/snapshot/manifest.ts";
import { type Snapshot } from "../../src/snapshot/open.ts";
import { popularPart } from "../../src/models/popularity/model.ts";
import { snapshots } from "./snapshots.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

describe("the snapshot registry", () => {
  test("is none in a folder that does not exist yet, and the first one once it is there", async () => {
    using folder = snapshots();
    const registry = openRegistry(join(folder.path, "later"));
    expect([
      registry.current(),
      await registry.poll(),
      await registry.byId("20250601T000000001Z"),
    ]).toEqual([undefined, undefined, undefined]);
    const other = openRegistry(folder.path);
    const id = folder.learn();
    expect(other.current()).toBeUndefined();
    expect(await other.poll()).toBe(id);
    expect(other.current()!.ranker.model.postKeys).toHaveLength(1);
  });

  test("serves no snapshot of another store, nor one of a later state of this store", async () => {
    using folder = snapshots();
    let store: StoreMark | undefined = { identity: "one", seq: 5 };
    const older = folder.learn({ identity: "one", seq: 4 });
    const open = () => openRegistry(folder.path, { store, storeNow: async () => store });
    const registry = open();
    expect(registry.current()!.id).toBe(older);
    const newer = folder.learn({ identity: "one", seq: 6 });
    expect([await registry.poll(), registry.current()!.id]).toEqual([undefined, older]);
    expect(registry.refused()[0]).toBe(
      `snapshot ${newer} was learnt from a later state of this store: ${MADE_AGAIN}`,
    );
    store = { identity: "two", seq: 9 };
    expect([await registry.poll(), registry.current()]).toEqual([undefined, undefined]);
    expect(registry.refused().join()).toContain(`${older} was learnt from another store`);
    expect(open().current()).toBeUndefined();
    store = undefined; // it can't be read: feeds go on without it
    expect(open().current()!.id).toBe(newer);
  });

  test("is the newest from the next poll on, which names it once", async () => {
    using folder = snapshots();
    const first = folder.learn();
    const registry = openRegistry(folder.path);
    expect([registry.current()!.id, await registry.poll()]).toEqual([first, undefined]);
    const second = folder.learn();
    expect(registry.current()!.id).toBe(first);
    expect([await registry.poll(), await registry.poll()]).toEqual([second, undefined]);
    expect(registry.current()!.manifest.id).toBe(second);
  });

  test("is the one before until the newer is ready; of those who poll at once, one is told", async () => {
    using folder = snapshots();
    const first = folder.learn();
    const none = () => new Uint32Array(0);
    let isReady = true;
    const prepare = function* (snapshot: Snapshot): Steps<ServedSnapshot> {
      while (!isReady) yield;
      return {
        ...snapshot,
        ranker: atOnce(openRanker(snapshot.model, none)),
        nearest: none,
        state: "",
      };
    };
    const registry = openRegistry(folder.path, { prepare });
    const second = folder.learn();
    isReady = false;
    const polls = [registry.poll(), registry.poll()];
    await Bun.sleep(5);
    expect(registry.current()!.id).toBe(first);
    isReady = true;
    expect(await Promise.all(polls)).toEqual([second, undefined]);
    expect(registry.current()!.id).toBe(second);
    expect((await registry.byId(first))!.id).toBe(first);
  });

  test("stays when a newer one is damaged, which is told until there is a good one", async () => {
    using folder = snapshots();
    const first = folder.learn();
    const registry = openRegistry(folder.path);
    folder.damage(folder.learn());
    expect(await registry.poll()).toBeUndefined();
    expect(registry.current()!.id).toBe(first);
    expect(registry.refused().join()).toContain("popularity is damaged");
    const third = folder.learn();
    expect(await registry.poll()).toBe(third);
    expect(registry.refused()).toEqual([]);
  });

  test("is the one before at a start, if the newest is damaged", async () => {
    using folder = snapshots();
    const first = folder.learn();
    folder.damage(folder.learn());
    const registry = openRegistry(folder.path);
    expect(registry.current()!.id).toBe(first);
    expect(registry.refused()).toHaveLength(1);
  });

  test("outlives the deletion of its files", async () => {
    using folder = snapshots();
    const first = folder.learn();
    const registry = openRegistry(folder.path);
    rmSync(folder.path, { recursive: true });
    expect(await registry.poll()).toBeUndefined();
    expect(registry.current()!.id).toBe(first);
    const { model } = (await registry.byId(first))!.ranker;
    expect(popularPart.of(model).columns.popularity[0]).toBe(1);
    expect(registry.refused()).toEqual([expect.stringContaining(`${first} is gone from the disk`)]);
  });
});

describe("an older snapshot", () => {
  test("is found by its id after a swap, also by a process that never served it", async () => {
    using folder = snapshots();
    const first = folder.learn();
    const registry = openRegistry(folder.path);
    folder.learn();
    await registry.poll();
    expect((await registry.byId(first))!.ranker.model.postKeys).toHaveLength(1);
    expect((await openRegistry(folder.path).byId(first))!.ranker.model.postKeys).toHaveLength(1);
    expect(openRegistry(folder.path).current()!.ranker.model.postKeys).toHaveLength(2);
  });

  test("is gone if it is damaged, removed, or no id at all", async () => {
    using folder = snapshots();
    const first = folder.learn();
    folder.learn();
    folder.damage(first);
    const { byId } = openRegistry(folder.path);
    const ids = [first, "20250601T000000999Z", "", "..", "current", "../../etc"];
    expect(await Promise.all(ids.map(byId))).toEqual(ids.map(() => undefined));
  });
});
