/** Going on in a list that cannot be made again. */
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { openAdasWorld } from "../support/ada.ts";
import { ask } from "../support/feeds.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

let world: Awaited<ReturnType<typeof openAdasWorld>>;
beforeEach(async () => void (world = await openAdasWorld()));
afterEach(() => world[Symbol.dispose]());

const ada = { username: "ada" };

describe("a session whose snapshot is gone", () => {
  test.each(["kept", "not kept"])("is ranked anew, and says so, if it was %s", async (kept) => {
    const { registry, feed } = world.serve();
    const { nextList } = await ask(feed, ada);
    for (let n = 0; n < 4; n++) {
      world.learn();
      await registry.poll();
    }
    const asked = kept === "kept" ? feed : world.serve().feed;
    const page = await ask(asked, { ...ada, page: 2, list: nextList });
    expect(page.fallback).toEqual(["list_expired"]);
    expect(page.posts).toHaveLength(5);
    expect(page.snapshot).toBe(registry.current()!.id);
    const rest = await ask(asked, { ...ada, page: 3, list: page.nextList });
    expect(rest.fallback).toEqual([]);
  });

  test("starts a new session without a note on a request without its token", async () => {
    const { registry, feed } = world.serve();
    await ask(feed, ada);
    for (let n = 0; n < 4; n++) {
      world.learn();
      await registry.poll();
    }
    const page = await ask(feed, { ...ada, page: 2 });
    expect([page.fallback, page.posts.length]).toEqual([[], 5]);
  });

  test.each(["nonsense", "", "MjAyNTA2MDFUMDAxMjAwMDAwWiAxNzQ4NzM2NzIwMDAw", "Li4vLi4vIDAgMA"])(
    "or never was, as in %p, is ranked anew too",
    async (list) => {
      const page = await ask(world.serve().feed, { ...ada, page: 2, list });
      expect([page.fallback, page.posts.length]).toEqual([["list_expired"], 5]);
    },
  );

  test("goes on if all snapshots were deleted while they serve", async () => {
    const { registry, feed } = world.serve();
    const { nextList } = await ask(feed, ada);
    rmSync(world.snapshots, { recursive: true });
    expect(await registry.poll()).toBeUndefined();
    expect((await ask(feed, { ...ada, page: 2, list: nextList })).fallback).toEqual([]);
  });
});
