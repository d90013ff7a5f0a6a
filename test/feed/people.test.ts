/** People in few words: names by ids, and who was here last. */
import { expect, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import { peopleReader } from "../../src/feed/people.ts";
import { ask, encodeNothing, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

test("people are named by their ids; who was here last and has a name comes first", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}]);
  await world.fill();
  await world.user("1", "ada");
  for (const user of ["1", "2", "3"]) await world.did(user, { post: 101, kind: "view" });
  world.learn();
  const { feed, servedLog } = world.serve(encodeNothing);
  await ask(feed, { username: "nobody" });
  const { named, newest } = peopleReader(world.store, () => servedLog);
  expect(await named(["3", "nobody", "1"] as UserId[])).toEqual([
    { id: "3" as UserId, name: "" },
    { id: "1" as UserId, name: "ada" },
  ]);
  expect((await newest(2)).map(({ id }) => String(id))).toEqual(["1", "3"]);
});
