/** Impressions change nothing: no snapshot, and no feed. */
import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import { openRegistry } from "../../src/feed/snapshot-registry.ts";
import { recommender } from "../../src/feed/recommend.ts";
import { seededRandom, type Random } from "../../src/linalg/random.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { readDataset } from "../../src/training/dataset.ts";
import { learn } from "../../src/training/run.ts";
import { ask, encodeNothing, idsOn } from "../support/feeds.ts";
import { folderOfTests } from "../support/test-folder.ts";
import { oneThread } from "../support/kernel.ts";
import { AS_OF_MS } from "../support/model.ts";
import { somePost, someUser } from "../support/records.ts";
import { append } from "../support/changes.ts";

const HOUR_MS = 3_600_000;
const [POSTS, PEOPLE, EVENTS, STORES] = [30, 12, 160, 2];
const RECEIPT = { receivedAtMs: AS_OF_MS, origin: "app" };

const folder = folderOfTests();

function someEvent(random: Random, kind: Event["kind"], people: number): Event {
  const one = (count: number) => String(1 + Math.floor(random() * count));
  return {
    userId: one(people) as UserId,
    postId: one(POSTS) as PostId,
    kind,
    value: 1,
    claimedAtMs: AS_OF_MS - Math.floor(random() * 500 + 1) * HOUR_MS,
  };
}

/** A store, the snapshot learnt from it, and what it tells everybody. */
async function learnt(name: string, events: readonly Event[]) {
  const path = join(folder.path, name);
  using store = openStore(join(path, "store.db"));
  const posts = Array.from({ length: POSTS }, (_, n) => somePost(n + 1, { title: `Post ${n}` }));
  await store.posts.record(posts, 1);
  const users = Array.from({ length: 2 * PEOPLE }, (_, n) => someUser(n + 1, `user${n + 1}`));
  await store.users.record(users, 1);
  await append(store, events, RECEIPT);
  const { seq: _, ...data } = await readDataset(store, undefined, AS_OF_MS);
  const model = await learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} });
  const snapshots = join(path, "snapshots");
  writeSnapshot(snapshots, model, "1.2.3", AS_OF_MS);
  const registry = openRegistry(snapshots);
  const { feed } = recommender({
    registry,
    store,
    servedLog: () => openServedLog(":memory:"),
    encode: encodeNothing,
    lateMs: 0,
  });
  const feeds = [];
  for (const { username } of users) {
    const page = await ask(feed, { username, pageSize: POSTS });
    feeds.push([username, page.audience, page.fallback, ...idsOn(page)]);
  }
  return { bytes: await bytesIn(snapshots), feeds };
}

async function bytesIn(folder: string): Promise<string[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  const hashes = paths.map(async (it) => `${it.slice(folder.length)} ${Bun.hash(await Bun.file(it).bytes())}`); // prettier-ignore
  return (await Promise.all(hashes)).sort();
}

test("random impressions among events change no byte of what is learnt, and nobody's feed", async () => {
  for (let seed = 1; seed <= STORES; seed++) {
    const random = seededRandom(seed);
    const kinds = ["view", "like", "skip", "share", "hide", "more"] as const;
    const done = Array.from({ length: EVENTS }, () =>
      someEvent(random, kinds[Math.floor(kinds.length * random() ** 2)]!, PEOPLE),
    );
    const shown = Array.from({ length: 2 * EVENTS }, () => someEvent(random, "impression", 2 * PEOPLE)); // prettier-ignore
    const newest = { ...shown[0]!, claimedAtMs: AS_OF_MS };
    const mixed = [...done.flatMap((it, n) => [...shown.slice(2 * n, 2 * n + 2), it]), newest];
    const [without, withThem] = [await learnt(`${seed}-without`, done), await learnt(`${seed}-with`, mixed)]; // prettier-ignore
    expect(withThem.feeds).toEqual(without.feeds);
    expect(withThem.bytes).toEqual(without.bytes);
    expect(without.bytes.length).toBeGreaterThan(5);
  }
});
