/** Reads of requests while others write to the store. */
import { expect, test } from "bun:test";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import { recommender } from "../../src/feed/recommend.ts";
import type { Store } from "../../src/data/contract.ts";
import { ask, encodeNothing, idsOn, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

/** Everything that is called of a part of the store is noted in `reads`. */
function noting<T extends object>(part: T, reads: string[]): T {
  return new Proxy(part, {
    get: (target, name: string & keyof T) => (reads.push(name), target[name]),
  });
}

test("while Bob writes a hundred events, Ada's requests read nothing but her position", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}, {}, {}, {}, {}]);
  await world.fill();
  await world.user(1, "ada");
  await world.user(2, "bob");
  await world.did(1, { post: 101, kind: "like" });
  await world.did(2, { post: 102, kind: "like" });
  world.learn();
  const reads: string[] = [];
  const { ids, users, posts, events, embeddings, steering } = world.store;
  const store = {
    ids: noting(ids, reads),
    users: noting(users, reads),
    posts: noting(posts, reads),
    events: noting(events, reads),
    embeddings: noting(embeddings, reads),
    steering: noting(steering, reads),
    version: world.store.version,
  } satisfies Partial<Store>;
  const { registry } = world.serve();
  const { feed } = recommender({
    registry,
    store,
    servedLog: () => openServedLog(":memory:"),
    encode: encodeNothing,
  });
  const before = idsOn(await ask(feed, { username: "ada" }));
  expect(reads).toContain("history");

  reads.length = 0;
  for (let n = 0; n < 100; n++) {
    await world.did(2, { post: 101 + (n % 5), kind: "view" });
    expect(idsOn(await ask(feed, { username: "ada" }))).toEqual(before);
  }
  expect([...new Set(reads)]).toEqual(["position"]);

  reads.length = 0;
  await world.did(1, { post: 103, kind: "like" });
  await ask(feed, { username: "ada" });
  expect(reads).toEqual(["position", "history", "of", "profile"]);

  reads.length = 0;
  await world.user(3, "eve");
  await ask(feed, { username: "ada" });
  expect(reads).toEqual([
    "lastErasure",
    "find",
    "userIds",
    "position",
    "history",
    "of",
    "profile",
    "cards",
  ]);
});
