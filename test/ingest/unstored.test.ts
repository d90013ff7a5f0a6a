/** Events that were not stored, and an erasure that overtakes their request. */
import { expect, test } from "bun:test";
import type { ChangeName, Changes } from "../../src/data/changes.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { UserId } from "../../src/domain/ids.ts";
import { openPush } from "../../src/ingest/push/push.ts";
import { writerOn } from "../support/push.ts";

const LIKE = { user: "ada", post: "a", kind: "like", at: 1e12 };

test("a person who is erased in the same write as their duplicate is forgotten", async () => {
  const store = openStore(":memory:");
  const { write } = writerOn(store);
  const erasing = async <N extends ChangeName>(name: N, ...args: Parameters<Changes[N]>) => {
    const written = await write(name, ...args);
    await write("eraseUser", "ada" as UserId, 0);
    return written;
  };
  const push = openPush({
    store: () => store,
    writer: () => ({ write: erasing }),
    nowMs: Date.now,
  });
  await Promise.all([push.events([LIKE, LIKE]), push.events(["nonsense"])]);
  const kept = push.unstored.after(0, await store.events.lastErasure());
  expect(kept.map(({ user }) => user)).not.toContain("ada");
});
