/** The live snapshot on a store whose reads fail in between. */
import { expect, test } from "bun:test";
import { liveSnapshot } from "../../src/feed/live-snapshot.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { withSpareRows } from "../../src/snapshot/spare.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
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
