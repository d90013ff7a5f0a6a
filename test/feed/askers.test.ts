/** Askers: people who asked for a page last, then those who did something last. */
import { expect, test } from "bun:test";
import { newestAskers } from "../../src/feed/askers.ts";
import { ask, encodeNothing, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

test("people are found once each, the last first, over many pages; further pages and categories do not count", async () => {
  using folder = temporaryFolder();
  using world = openWorld(
    folder.path,
    Array.from({ length: 30 }, () => ({ category: "soup" })),
  );
  await world.fill();
  world.learn();
  const { feed, servedLog } = world.serve(encodeNothing);
  for (let n = 0; n < 120; n++) await ask(feed, { username: `u${n % 60}` });
  const { nextList } = await ask(feed, { username: "later" });
  await ask(feed, { username: "in a category", projectCode: "soup" });
  await ask(feed, { username: "u7", page: 2, list: nextList });
  const found = await newestAskers(servedLog, world.store, 58);
  expect(found.logged).toBe(58);
  expect(found.names.slice(0, 3)).toEqual(["later", "u59", "u58"]);
  expect(found.names).not.toContain("in a category");
  expect(new Set(found.names).size).toBe(58);
});

test("where too few have asked, people follow whose events are the newest", async () => {
  using folder = temporaryFolder();
  using world = openWorld(
    folder.path,
    Array.from({ length: 5 }, () => ({})),
  );
  await world.fill();
  for (let user = 1; user <= 40; user++) await world.did(user, { post: 101, kind: "view" });
  world.learn();
  const { feed, servedLog } = world.serve(encodeNothing);
  await ask(feed, { username: "somebody" });
  const found = await newestAskers(servedLog, world.store, 30);
  expect(found).toMatchObject({ logged: 1 });
  expect(found.names.slice(0, 3)).toEqual(["somebody", "40", "39"]);
  expect(found.names).toHaveLength(30);
});
