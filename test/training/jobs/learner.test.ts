/** The learner thread against a stand-in upstream: what is learnt, and when nothing is. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestText } from "../../../src/snapshot/manifest.ts";
import { currentId, openNewest } from "../../../src/snapshot/open.ts";
import { openStore } from "../../../src/data/sqlite/open.ts";
import { dayLasts } from "../../support/day.ts";
import { openDesk } from "../../support/learning.ts";
import { postRow } from "../../support/rows.ts";
import { LAYOUT } from "../../../src/models/models.ts";
import { hashPosts } from "../../support/hashes.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const WELL = { encoder: undefined };
const QUICKLY = { encoder: undefined, isQuick: true };

describe("learning", () => {
  test("writes a snapshot after a sync, and reports its posts and events", async () => {
    await using desk = openDesk();
    const { open, snapshots } = desk;
    const stages = new Set<string>();
    const { sync, learn } = open();
    expect(await sync(false)).toMatchObject({ isComplete: true, withdrawn: 0 });
    const learned = await learn(WELL, (stage) => void stages.add(stage));
    expect(learned).toMatchObject({ posts: 25, events: 4 * 75, embedded: 0 });
    const { snapshot, refused } = openNewest(snapshots, LAYOUT);
    expect([snapshot!.id, refused]).toEqual([learned!.snapshot, []]);
    expect(snapshot!.manifest.version).toBe("1.2.3");
    expect([...stages]).toContain("training");
  });

  test("does nothing if nothing is new, in this process or the next, unless it is forced", async () => {
    await dayLasts();
    await using desk = openDesk();
    const { open, snapshots } = desk;
    const first = open();
    await first.sync(false);
    const learned = await first.learn(WELL);
    expect(await first.learn(WELL)).toBeUndefined();
    await first.close();
    const second = open();
    expect((await second.sync(false)).fetchedRows).toBe(0);
    expect(await second.learn(WELL)).toBeUndefined();
    expect(currentId(snapshots)).toBe(learned!.snapshot);
    expect(await second.learn({ ...WELL, force: true })).toMatchObject({ posts: 25 });
  });

  test("does nothing after a sync that changed nothing, but learns what one changed", async () => {
    await using desk = openDesk();
    const { upstream } = desk;
    const { sync, learn } = await desk.synced();
    await learn(WELL);
    expect(await sync(true)).toMatchObject({ changedRows: 0 });
    expect(await learn(WELL)).toBeUndefined();
    upstream.data.posts.push(postRow(26));
    await sync(true);
    expect(await learn(WELL)).toMatchObject({ posts: 26 });
  });

  test("is made up for at the next start, if the process died after the sync", async () => {
    await dayLasts();
    await using desk = openDesk();
    const { open } = desk;
    const first = open();
    await first.sync(false);
    await first.close();
    const second = open();
    expect(await second.sync(false)).toMatchObject({ fetchedRows: 0, isComplete: true });
    expect(await second.learn(WELL)).toMatchObject({ posts: 25 });
  });

  test("learns the rows that a sync read before it failed", async () => {
    await using desk = openDesk();
    const { upstream } = desk;
    const { sync, learn } = await desk.synced();
    await learn(WELL);
    upstream.data.posts.push(postRow(26));
    upstream.fault({ kind: "status", status: 404, on: "rating" });
    expect(await sync(true)).toMatchObject({ isComplete: false });
    expect(await learn(WELL)).toMatchObject({ posts: 26 });
  });

  test("waits for the first complete sync if requested, but for no second one", async () => {
    await dayLasts();
    await using desk = openDesk();
    const { open, upstream } = desk;
    const { sync, learn } = open();
    upstream.fault({ kind: "status", status: 404, on: "rating" });
    expect(await sync(false)).toMatchObject({ isComplete: false });
    expect(await learn({ ...QUICKLY, ifSynced: true })).toBeUndefined();
    upstream.heal();
    expect(await sync(false)).toMatchObject({ isComplete: true });
    upstream.fault({ kind: "status", status: 404, on: "rating" });
    expect(await sync(true)).toMatchObject({ isComplete: false });
    expect(await learn({ ...QUICKLY, ifSynced: true })).toMatchObject({ posts: 25 });
  });

  test("well follows upon quickly, though the data is the same", async () => {
    await using desk = openDesk();
    const { learn } = await desk.synced();
    await learn(QUICKLY);
    expect(await learn(QUICKLY)).toBeUndefined();
    expect(await learn(WELL)).toMatchObject({ posts: 25 });
  });

  test("replaces a snapshot that is damaged", async () => {
    await using desk = openDesk();
    const { snapshots } = desk;
    const { learn } = await desk.synced();
    await learn(WELL);
    const bad = (await learn({ ...WELL, force: true }))!.snapshot;
    writeFileSync(join(snapshots, bad, "popular.popularity"), "x");
    const good = await learn(WELL);
    expect(openNewest(snapshots, LAYOUT)).toMatchObject({
      snapshot: { id: good!.snapshot },
      refused: [],
    });
  });

  test("replaces a snapshot that is dated ahead: it would look new for years", async () => {
    await using desk = openDesk();
    const { snapshots } = desk;
    const { learn } = await desk.synced();
    const { snapshot } = (await learn(WELL))!;
    const { manifest } = openNewest(snapshots, LAYOUT).snapshot!;
    const ahead = { ...manifest, writtenAtMs: Date.now() + 3_600_000 };
    writeFileSync(join(snapshots, snapshot, "manifest.json"), manifestText(ahead));
    const next = (await learn(WELL))!.snapshot;
    expect(currentId(snapshots)).toBe(next);
    expect(next).not.toBe(snapshot);
    expect(await learn(WELL)).toBeUndefined();
  });

  test("of an empty store makes no snapshot", async () => {
    await using desk = openDesk();
    const { open, snapshots } = desk;
    expect(await open().learn(WELL)).toBeUndefined();
    expect(currentId(snapshots)).toBeUndefined();
  });

  test("of posts without events makes a snapshot that serves them", async () => {
    await using desk = openDesk();
    const { upstream } = desk;
    for (const list of ["view", "like", "inspire", "rating"] as const) upstream.data[list] = [];
    const { learn } = await desk.synced();
    expect(await learn(WELL)).toMatchObject({ posts: 25, events: 0 });
    expect(await learn(WELL)).toBeUndefined();
  });

  test("uses only the vectors of the encoder that the job names", async () => {
    await using desk = openDesk();
    const { snapshots, storePath } = desk;
    const { learn } = await desk.synced();
    const store = openStore(storePath);
    await hashPosts(store.texts, (post) => `hash ${post.key}`);
    const vector = Float32Array.of(0, 1);
    await store.embeddings.put("a", [
      { hash: "hash 1", vector },
      { hash: "hash 2", vector },
    ]);
    await store.embeddings.put("b", [{ hash: "hash 3", vector }]);
    store.close();
    expect(await learn({ encoder: { model: "a", dimension: 2 } })).toMatchObject({ embedded: 2 });
    expect(openNewest(snapshots, LAYOUT).snapshot!.model.embeddings.subarray(0, 6)).toEqual(
      Float32Array.of(0, 1, 0, 1, 0, 0),
    );
    expect(await learn({ encoder: { model: "b", dimension: 2 } })).toMatchObject({ embedded: 1 });
    expect(openNewest(snapshots, LAYOUT).snapshot!.model.embeddings.subarray(0, 6)).toEqual(
      Float32Array.of(0, 0, 0, 0, 0, 1),
    );
  });
});
