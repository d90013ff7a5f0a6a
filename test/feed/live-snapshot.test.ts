/** The live snapshot on a store whose reads fail in between. */
import { expect, test } from "bun:test";
import { liveSnapshot } from "../../src/feed/live-snapshot.ts";
import { liveCounts, type LiveCounts } from "../../src/feed/live-counts.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { popularPart } from "../../src/models/popularity/model.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { withSpareRows } from "../support/spare.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { append } from "../support/changes.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";

const POSTS = [{ category: "Cats" }, { category: "Cats" }];

/** A served snapshot of two posts, and a poll of it that reads through `broken`, which may throw first. */
function liveWorld(folder: string) {
  const world = openWorld(folder, POSTS);
  const learnt = withSpareRows(modelOf(POSTS), LAYOUT, 3);
  writeSnapshot(world.snapshots, learnt, "1.2.3", AS_OF_MS);
  const { registry } = world.serve();
  const broken = { changes: (_: number) => {}, events: () => {} };
  let [nowMs, reads] = [0, 0];
  const { posts, embeddings, events } = world.store;
  const store = () => ({
    embeddings,
    posts: { ...posts, changedAfter: (n: number, count: number) => (broken.changes(++reads), posts.changedAfter(n, count)) }, // prettier-ignore
    events: { ...events, lastSeq: () => (broken.events(), events.lastSeq()) },
  });
  const live = liveSnapshot({ registry, store, nowMs: () => (nowMs += 60_000) });
  const poll = () => ((reads = 0), live.poll());
  /** The names of the categories of posts, by their keys; of those in no row "none". */
  const categoriesOf = (...keys: number[]) => {
    const { model, rowOf } = registry.current()!.ranker;
    const nameOf = (row: number | undefined) =>
      row === undefined ? "none" : model.info.categories[model.categoryRows[row]!]!.name;
    return keys.map((key) => nameOf(rowOf(key)));
  };
  return { ...world, registry, broken, poll, categoriesOf };
}

const categories = (...names: string[]) => ({ categories: names.map((name) => ({ name })) });
const failure = () => {
  throw new Error("database is locked");
};

test("posts that were read before a read failed are in the next state, with categories of their own", async () => {
  using folder = temporaryFolder();
  const { fill, post, broken, poll, categoriesOf } = liveWorld(folder.path);
  await fill();
  await poll();
  await post(201, categories("Dogs"));
  broken.changes = (read) => read > 1 && failure();
  await expect(poll()).rejects.toThrow("locked");
  broken.changes = () => {};
  expect(await poll()).toBe(true);
  expect(categoriesOf(201)).toEqual(["Dogs"]);
});

test("a failed read of events loses neither posts nor the numbers of their categories", async () => {
  using folder = temporaryFolder();
  const { fill, post, broken, poll, categoriesOf } = liveWorld(folder.path);
  await fill();
  await poll();
  await post(201, categories("Dogs"));
  broken.events = failure;
  await expect(poll()).rejects.toThrow("locked");
  broken.events = () => {};
  await post(202, categories("Birds"));
  await poll();
  expect(categoriesOf(201, 202)).toEqual(["Dogs", "Birds"]);
});

test("events that were read before a read failed count once", async () => {
  using folder = temporaryFolder();
  const { store, registry } = liveWorld(folder.path);
  const readOnto = async (counts: LiveCounts, before = store.events.before) => {
    await counts.read({ ...store.events, before }).catch((cause: Error) => cause.message);
    return atOnce(counts.parts());
  };
  const [whole, failing] = [0, 0].map(() => liveCounts(registry.current()!)) as [LiveCounts, LiveCounts]; // prettier-ignore
  const viewed = ["1", "2"].map((userId) => ({ userId, postId: "101", kind: "view", value: 1, claimedAtMs: AS_OF_MS })); // prettier-ignore
  await append(store, viewed as never, { receivedAtMs: AS_OF_MS, origin: "client" });
  let reads = 0;
  const half = (...args: Parameters<typeof store.events.before>) =>
    ++reads > 1 ? failure() : store.events.before(...args);
  await readOnto(failing, half);
  expect([reads, failing.seq()]).toEqual([2, 0]);
  const twice = await readOnto(failing);
  expect(twice).toEqual(await readOnto(whole));
  const { tally } = popularPart.of({ parts: twice } as Model).columns;
  expect(Math.max(...tally)).toBeGreaterThan(0);
});
