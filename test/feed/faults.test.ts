/** Faults while requests are answered: the feed goes on where it can, ready and log say what failed. */
import { afterEach, describe, expect, mock, setDefaultTimeout, spyOn, test } from "bun:test";
import { Database } from "bun:sqlite";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openFaults } from "../../src/feed/faults.ts";
import { openRegistry } from "../../src/feed/snapshot-registry.ts";
import { recommender } from "../../src/feed/recommend.ts";
import { openDatabase } from "../../src/data/sqlite/database.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import type { PostId } from "../../src/domain/ids.ts";
import { storeTrouble } from "../../src/data/trouble.ts";
import { ask, encodeWords, idsOn, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow
afterEach(() => void mock.restore());

describe("a fault", () => {
  const open = () => {
    const lines: string[] = [];
    let nowMs = 0;
    const faults = openFaults(({ stage, cause }) => `${stage}: ${cause}`, (it) => lines.push(it), () => nowMs); // prettier-ignore
    return { ...faults, lines, later: (ms: number) => (nowMs += ms) };
  };

  test("is told until what failed passes a check", async () => {
    let isBroken = true;
    const { watched, all, check } = open();
    const run = watched("feed", async (name: string) => {
      if (isBroken) throw new RangeError("no");
      return name;
    });
    expect(await run("ada").catch(String)).toBe("RangeError: no");
    expect(all()).toEqual(["feed: RangeError: no"]);
    await check();
    expect(all()).toHaveLength(1);
    isBroken = false;
    await check();
    expect([all(), await run("ada")]).toEqual([[], "ada"]);
  });

  test("is logged once a minute, however often it happens", async () => {
    const { watched, lines, later } = open();
    const run = watched("feed", async () => {
      throw new RangeError("no");
    });
    for (const ms of [0, 1, 59_000, 1_000, 30_000]) {
      later(ms);
      await run().catch(() => {});
    }
    expect(lines.map((it) => it.split("\n")[0])).toEqual(Array(2).fill("feed: RangeError: no"));
  });
});

/** A service of ada, who likes post 105, on a store and a snapshot. */
async function filledWorld(path: string) {
  const world = openWorld(
    path,
    Array.from({ length: 12 }, () => ({ vector: [1, 0, 0] })),
  );
  await world.fill();
  await world.user(1, "ada");
  await world.did(1, { post: 105, kind: "like" });
  world.learn();
  return world;
}

/** Serve from what lies in a folder, as a process does that is started there. */
function serve(path: string) {
  const storePath = join(path, "store.db");
  const store = openStore(storePath);
  const registry = openRegistry(join(path, "snapshots"));
  const faults = openFaults(({ stage, cause }) => storeTrouble(cause, storePath, stage), () => {}); // prettier-ignore
  const { feed, why } = recommender({
    registry,
    store,
    servedLog: () => openServedLog(":memory:"),
    encode: encodeWords,
    lateMs: 0,
  });
  return {
    faults,
    store,
    registry,
    why,
    feed: faults.watched("feed", feed, (page) => page?.faults ?? []),
    [Symbol.dispose]: store.close,
  };
}

test("a term that throws is left out of the feed, which names it, until it works again", async () => {
  using folder = temporaryFolder();
  using _ = await filledWorld(folder.path);
  using it = serve(folder.path);
  const { scorers } = it.registry.current()!.ranker.pipeline;
  const broken = spyOn(
    scorers.find(({ name }) => name === "fresh")!,
    "score",
  ).mockImplementation(() => {
    throw new TypeError("broken");
  });
  const page = await ask(it.feed, { username: "ada" });
  expect([page.posts.length, page.user.known]).toEqual([5, true]);
  expect(page.fallback).toContain("term:fresh");
  const asked = { username: "ada", post: "101" as PostId, projectCode: undefined, mood: undefined };
  expect(await it.why(asked)).toMatchObject({ fallback: ["term:fresh"] });
  expect(it.faults.all()).toEqual(["term:fresh: broken"]);
  await it.faults.check();
  expect(it.faults.all()).toHaveLength(1);
  broken.mockRestore();
  await it.faults.check();
  expect(it.faults.all()).toEqual([]);
});

describe("a store with a damaged page", () => {
  /** Every table and index, and where it begins. */
  const rootsIn = (db: Database) =>
    db
      .query<{ name: string; page: number }, []>(
        "SELECT name, rootpage AS page FROM sqlite_schema WHERE rootpage > 0",
      )
      .all();
  const rootOf = (path: string, name: string) => {
    using db = new Database(path);
    db.run("PRAGMA wal_checkpoint(TRUNCATE)");
    return rootsIn(db).find((it) => it.name === name)!.page;
  };
  const PAGE_BYTES = 4_096;
  const wipe = (path: string, page: number) => {
    const file = openSync(path, "r+");
    writeSync(file, new Uint8Array(PAGE_BYTES), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
    closeSync(file);
  };

  /** Replies of a service in spite of the damage: pages of ada and of a stranger, and reports of it. */
  async function damaged(name: string) {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    (await filledWorld(folder.path))[Symbol.dispose]();
    wipe(path, rootOf(path, name));
    using it = serve(folder.path);
    const [ada, stranger] = [
      await ask(it.feed, { username: "ada", explain: true }).catch(String),
      await ask(it.feed).catch(String),
    ];
    return { ada, stranger, told: it.faults.all(), damage: await it.store.damage() };
  }

  using schema = openDatabase(":memory:");
  const names = rootsIn(schema).map((it) => it.name);

  test.each(names.filter((it) => it !== "post"))("of %s answers all the same", async (name) => {
    const { ada, stranger, told, damage } = await damaged(name);
    for (const page of [ada, stranger]) {
      if (typeof page === "string") throw new Error(page);
      expect(idsOn(page).length).toBe(5);
      const isLost = page.fallback.includes("history_unavailable");
      if (isLost) expect([page.user.known, page.audience]).toEqual([false, "cold"]);
      if (isLost) expect(told.join()).toMatch(/store\.db is damaged .*restore a backup/);
    }
    expect(damage).toContain("page");
  });

  test("of the posts answers nothing, since nobody knows what they may show, and says so", async () => {
    const { ada, stranger, told, damage } = await damaged("post");
    expect([ada, stranger]).toEqual(Array(2).fill(expect.stringContaining("malformed")));
    expect(told.join()).toMatch(/store\.db is damaged .*restore a backup/);
    expect(damage).toBeDefined();
  });

  test("of the ids leaves out the explanation of a page, and says so", async () => {
    const { ada } = await damaged("post_id");
    expect(ada).toMatchObject({
      explain: undefined,
      fallback: expect.arrayContaining(["explain"]),
    });
  });

  test("of the names makes known people strangers, and strangers what they are", async () => {
    const { ada, stranger } = await damaged("user_name");
    for (const page of [ada, stranger])
      expect(page).toMatchObject({ fallback: expect.arrayContaining(["history_unavailable"]) });
  });
});

test("feeds go on from the open file where the store's folder is deleted", async () => {
  using folder = temporaryFolder();
  using _ = await filledWorld(folder.path);
  using it = serve(folder.path);
  rmSync(folder.path, { recursive: true });
  const page = await ask(it.feed, { username: "ada" });
  expect([idsOn(page).length, page.user.known]).toEqual([5, true]);
});
