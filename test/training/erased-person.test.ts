/** After an erasure, the next snapshot is the one that would have been learnt without the person, byte by byte. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { openLearner } from "../../src/training/jobs/learner.ts";
import { append, change, pushPosts, pushUsers } from "../support/changes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { hashPosts, hashUsers } from "../support/hashes.ts";
import { somePost, someUser } from "../support/records.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const [POSTS, USERS, LIKES, GROUPS, D] = [120, 60, 14, 4, 8];
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2025, 5, 1);
const EVE = "eve" as UserId;
const ENCODER = { model: "test@1", dimension: D };
const idOf = (n: number) => `p${n}` as PostId;

/** A unit vector of a text. */
function vectorOf(text: string): Float32Array {
  const random = seededRandom(Number(Bun.hash(text) % 1_000_000n));
  const vector = Float32Array.from({ length: D }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((it) => it / length);
}

/** A user's likes: posts of their group, on other days than others. */
function likesOf(user: number, userId: UserId): Event[] {
  const random = seededRandom(user + 1);
  const rows = new Set<number>();
  while (rows.size < LIKES)
    rows.add((user % GROUPS) + GROUPS * Math.floor((random() * POSTS) / GROUPS));
  return [...rows].map((row, n) => ({
    userId,
    postId: idOf(row),
    kind: "like",
    value: 1,
    claimedAtMs: NOW_MS - (LIKES - n) * 6 * DAY_MS - Math.floor(random() * DAY_MS),
  }));
}

/** A store and its learner; with Eve, who is there from the start, in the middle of the others. */
async function worldOf(folder: string, withEve: boolean) {
  const [storePath, snapshots] = [join(folder, "store.db"), join(folder, "snapshots")];
  const store = openStore(storePath);
  const posts = Array.from({ length: POSTS }, (_, n) => somePost(idOf(n), { title: `post ${n}`, sent: `{"id":"${n}"}` })); // prettier-ignore
  await pushPosts(store, posts, NOW_MS - 100 * DAY_MS);
  const receipt = { receivedAtMs: NOW_MS, origin: "app" };
  for (let user = 0; user < USERS; user++) {
    if (withEve && user === USERS / 2) {
      await append(store, likesOf(1_000, EVE), { ...receipt, receivedAtMs: NOW_MS });
      await append(store, [{ userId: EVE, postId: idOf(3), kind: "hide", value: 1, claimedAtMs: NOW_MS - 1 }], receipt); // prettier-ignore
      await pushUsers(store, [{ ...someUser(EVE, "eve"), bio: "Bread and stars", sent: "{}" }]);
      await change(store, "steer", EVE, { way: "more", target: "tag", id: "x" }, NOW_MS);
      await change(store, "slide", EVE, { ...UNMOVED, variety: 1 }, NOW_MS);
    }
    await append(store, likesOf(user, `u${user}` as UserId), receipt);
  }
  const texts: string[] = [];
  const noted = (text: string) => (texts.push(text), text);
  await hashPosts(store.texts, (it) => noted(it.title));
  await hashUsers(store.texts, (it) => (it.bio === "" ? "" : noted(it.bio)));
  await store.embeddings.put(ENCODER.model, texts.map((hash) => ({ hash, vector: vectorOf(hash) }))); // prettier-ignore
  const learner = openLearner({
    spawn: () => new Worker(new URL("../../src/training/jobs/worker.ts", import.meta.url)),
    ...{ storePath, snapshotsFolder: snapshots, upstream: { kind: "none" }, seed: 1, threads: 1 },
    ...{ version: "1.2.3", onEnd: () => {} },
  });
  await learner.sync(false);
  return {
    store,
    snapshots,
    /** Learns, and returns the snapshot's files. */
    learn: async () => {
      const { snapshot } = (await learner.learn({ encoder: ENCODER, force: true }))!;
      const path = join(snapshots, snapshot);
      return new Map(readdirSync(path).map((it) => [it, readFileSync(join(path, it))]));
    },
    [Symbol.asyncDispose]: async () => {
      await learner.close();
      store.close();
    },
  };
}

/**
 * The manifest without what names a moment, the store, or how far its log had been read: times and ids of runs
 * differ between any two, a seq and the fingerprint count the entries of the log and the keys of people, which are
 * never given twice.
 */
function aboutModel(files: ReadonlyMap<string, Buffer>): object {
  const { id: _, writtenAtMs: __, source: ___, sha256: ____, ...rest } = JSON.parse(files.get("manifest.json")!.toString()); // prettier-ignore
  return rest as object;
}

const columnsOf = (files: ReadonlyMap<string, Buffer>) =>
  [...files].filter(([name]) => name !== "manifest.json").sort();

test("a person who is erased is in no byte of the next snapshot, nor is an older one left on disk", async () => {
  using folder = temporaryFolder();
  await using without = await worldOf(join(folder.path, "without"), false);
  await using world = await worldOf(join(folder.path, "with"), true);
  const expected = await without.learn();
  const tainted = await world.learn();
  expect(columnsOf(tainted)).not.toEqual(columnsOf(expected));
  expect(await change(world.store, "eraseUser", EVE, NOW_MS)).toBe(true);
  const clean = await world.learn();
  expect(columnsOf(clean).map(([name]) => name)).toEqual(columnsOf(expected).map(([name]) => name));
  for (const [name, bytes] of columnsOf(clean))
    expect([name, bytes.equals(expected.get(name)!)]).toEqual([name, true]);
  expect(aboutModel(clean)).toEqual(aboutModel(expected));
  const left = readdirSync(world.snapshots).filter((it) => it !== "current");
  expect(left).toHaveLength(1);
});

test("without an erasure, a run starts from the factors of the one before, and both snapshots stay", async () => {
  using folder = temporaryFolder();
  await using world = await worldOf(folder.path, false);
  const [first, second] = [await world.learn(), await world.learn()];
  expect(columnsOf(second)).not.toEqual(columnsOf(first));
  expect(readdirSync(world.snapshots).filter((it) => it !== "current")).toHaveLength(2);
});
