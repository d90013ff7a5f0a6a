/** The reader of requests' users on a store that fails in between. */
import { expect, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import { requestUserReader } from "../../src/feed/request-user.ts";
import { storeCache } from "../../src/feed/store-cache.ts";
import { change } from "../support/changes.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

test("an erasure that could not be read is noticed at the next request", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}]);
  await world.user(1, "ada");
  const { store } = world;
  let [forgotten, isBroken] = [0, false];
  const lastErasure = async () => {
    if (isBroken) throw new Error("database is locked");
    return store.events.lastErasure();
  };
  const { known } = requestUserReader(
    { ids: store.ids, version: store.version, events: { ...store.events, lastErasure } },
    storeCache(store),
    { lateMs: 0, clockMs: () => 0, forget: () => forgotten++ },
  );
  const ask = () => known({ username: "ada" }, () => {});
  expect((await ask()).user?.id).toBe("1" as UserId);
  await change(store, "eraseUser", "1" as UserId, 1);
  isBroken = true;
  await expect(ask()).rejects.toThrow("users cannot be looked up");
  isBroken = false;
  expect([(await ask()).user, forgotten]).toEqual([undefined, 1]);
});
