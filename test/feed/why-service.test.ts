/** Answers of the service to why: from the user's own history, and the store as it is now. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { PostId } from "../../src/domain/ids.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { change } from "../support/changes.ts";
import { HISTORY, POSTS } from "./why-posts.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

describe("the service", () => {
  const folder = temporaryFolder();
  const world = openWorld(folder.path, POSTS.slice(0, 10));
  beforeAll(async () => {
    await world.fill();
    await world.user(1, "ada");
    await world.did(1, ...HISTORY);
    world.learn();
  });
  afterAll(() => {
    world[Symbol.dispose]();
    folder[Symbol.dispose]();
  });
  const ask = (post: string, username = "ada", projectCode?: string) => {
    const { why } = world.serve();
    return why({ username, post: post as PostId, projectCode, mood: undefined });
  };

  test("answers from the user's own history, and says about which feed", async () => {
    const { snapshot } = (await world.serve().feed({
      username: "ada",
      projectCode: undefined,
      mood: undefined,
      page: 1,
      pageSize: 1,
      list: undefined,
      explain: false,
    }))!;
    expect(await ask("104")).toMatchObject({
      reasons: ["seen"],
      user: { known: true },
      audience: "cool",
      snapshot,
      fallback: [],
    });
    expect(await ask("102", "ada", "b")).toMatchObject({
      reasons: ["category"],
      match: ["category"],
    });
  });

  test("answers a name nobody knows as a newcomer", async () => {
    expect(await ask("104", "nobody")).toMatchObject({
      eligible: true,
      user: { id: null, known: false },
      audience: "cold",
    });
  });

  test("says how they turned a post down: hid it, or asked for less like it", async () => {
    await world.did(1, { post: 109, kind: "hide" }, { post: 110, kind: "less" });
    expect(await ask("109")).toMatchObject({ reasons: ["seen", "disliked"], sentences: ["It is not in the feed: you have seen it; you hid it."] }); // prettier-ignore
    expect(await ask("110")).toMatchObject({ reasons: ["disliked"], sentences: ["It is not in the feed: you asked for less like it."] }); // prettier-ignore
    expect(await ask("105")).toMatchObject({ sentences: [expect.stringContaining("you did not like it")] }); // prettier-ignore
  });

  test("of a post that has just come, and not of one that nobody has stored", async () => {
    expect(await ask("999999")).toBe("unknown post");
    await world.post(200, { isLocked: true });
    expect(await ask("200")).toMatchObject({
      eligible: false,
      reasons: ["locked", "not_learnt"],
      rank: undefined,
      sentences: [expect.stringContaining("it is locked; it has just come")],
    });
  });

  test("knows what happened to a post since the snapshot", async () => {
    await world.post(106, { isLocked: true });
    expect(await ask("106")).toMatchObject({ eligible: false, reasons: ["locked"] });
    await world.post(106, { isPublic: false });
    expect(await ask("106")).toMatchObject({ eligible: false, reasons: ["private"] });
    await world.post(106, { expiresAtMs: Date.now() - 1 });
    expect(await ask("106")).toMatchObject({ eligible: false, reasons: ["expired"] });
    await world.post(106, { expiresAtMs: Date.now() + 60_000, isPublic: false, sent: "{}" });
    expect(await ask("106")).toMatchObject({ eligible: false, reasons: ["hidden"] });
    await change(world.store, "removePosts", ["106" as PostId]);
    expect(await ask("106")).toMatchObject({ eligible: false, reasons: ["withdrawn"] });
  });
});
