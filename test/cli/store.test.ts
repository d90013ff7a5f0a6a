/** Whose the store is: claimed by the first rows, moved by hand. */
import { afterAll, afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openLease } from "../../src/data/sqlite/open.ts";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { LISTS } from "../support/rows.ts";
import { serveSocialverse, TOKEN } from "../support/socialverse.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const one = serveSocialverse({ data: plainDataset({ users: 30, posts: 60 }) });
const two = serveSocialverse({ data: plainDataset({ users: 30, posts: 60 }) });
afterEach(() => (one.heal(), two.heal()));
afterAll(() => (one[Symbol.dispose](), two[Symbol.dispose]()));

const settings = { FLIC_TOKEN: TOKEN, RESONANCE_ALGORITHM: "any" };
const run = (words: string, cwd: string, url: string) =>
  vidrec(words.split(" "), cwd, { ...settings, API_BASE_URL: url });

describe("a store", () => {
  test.each([
    ["answers nothing", { kind: "status", status: 404 }],
    ["answers HTML", { kind: "json", body: "<h1>hello</h1>" }],
    ["holds nothing", { kind: "empty" }],
    [
      "holds nothing that can be read",
      {
        kind: "json",
        body: { status: "success", posts: [{ user_id: "x", post_id: "y" }], users: [{}] },
      },
    ],
  ] as const)(
    "is not claimed by an upstream that %s",
    async (_, fault) => {
      using folder = temporaryFolder();
      one.fault({ ...fault, ...(fault.kind === "json" ? { times: 60 } : {}) });
      await run("sync", folder.path, one.url);
      one.heal();
      const { code, out } = await run("sync", folder.path, two.url);
      expect(code).toBe(0);
      expect(out).toMatch(/^posts +complete +60 rows, 60 new or changed/m);
      expect((await run("store", folder.path, two.url)).out).toContain(`is filled from ${two.url}`);
      const back = await run("sync", folder.path, one.url);
      expect(back.code).toBe(1);
      expect(back.err).toContain(`filled from ${two.url}, not from ${one.url}`);
    },
    300_000,
  );

  test("moves to another URL, keeps what it holds, and says what to do next", async () => {
    using folder = temporaryFolder();
    await run("sync", folder.path, one.url);
    const moved = await run(`store --move-to ${two.url}/`, folder.path, one.url);
    expect(moved.code).toBe(0);
    expect(moved.out).toContain(`was filled from ${one.url}, and belongs to ${two.url}`);
    expect(moved.out).toContain(`set API_BASE_URL=${two.url}`);
    const synced = await run("sync --force", folder.path, two.url);
    expect(synced.code).toBe(0);
    expect(synced.out).toMatch(/^posts +complete +60 rows, 0 new or changed/m);
    expect((await run("sync", folder.path, one.url)).code).toBe(1);
  });

  test("moves with a password in the URL that is neither kept nor shown", async () => {
    using folder = temporaryFolder();
    await run("sync", folder.path, one.url);
    const target = two.url.replace("//", "//bob:s3cret@");
    const { out, err } = await run(`store --move-to ${target}`, folder.path, target);
    expect(out).toContain(`belongs to ${two.url}`);
    expect(out).toContain("`vidrec sync --force` reads it at once");
    expect(out + err + (await run("store", folder.path, one.url)).out).not.toContain("s3cret");
  });

  test.each([
    ...["nonsense", "ftp://a.example", "http://", "//a.example"],
    ...["http://a:s3cret#1@b.example", "http://b.example?key=s3cret", "a:s3cret@b.example"],
  ])("does not move to %s: wrong usage, without its secrets", async (url) => {
    using folder = temporaryFolder();
    const { code, err } = await run(`store --move-to ${url}`, folder.path, one.url);
    expect(code).toBe(2);
    expect(err).toContain("Expected an http or https URL");
    expect(err).not.toContain("s3cret");
  });

  test("does not move while another process syncs and learns in it", async () => {
    using folder = temporaryFolder();
    await run("sync", folder.path, one.url);
    const lock = await openLease(join(folder.path, "cache", "lock.db")).take(
      "vidrec serve (process 4711)",
    );
    if ("heldBy" in lock) throw new Error(lock.heldBy);
    const { code, err } = await run(`store --move-to ${two.url}`, folder.path, one.url);
    lock.release();
    expect(code).toBe(1);
    expect(err).toContain("vidrec serve (process 4711)");
    expect(err).toContain("stop it first");
    expect((await run("store", folder.path, one.url)).out).toContain(`filled from ${one.url}`);
  });

  test("is not created by the command, and the demo's does not move", async () => {
    using folder = temporaryFolder();
    const { code, err } = await run(`store --move-to ${two.url}`, folder.path, one.url);
    expect(code).toBe(1);
    expect(err).toContain("run `vidrec sync` first");
    expect(existsSync(join(folder.path, "cache"))).toBeFalse();
    await vidrec(["sync"], folder.path);
    const demo = await vidrec(["store", "--move-to", two.url], folder.path);
    expect(demo.code).toBe(1);
    expect(demo.err).toContain("the demo catalogue cannot move");
  });
});

test("sync --accept-removals withdraws all that upstream no longer has, and reads today's again", async () => {
  using folder = temporaryFolder();
  const data = plainDataset({ users: 30, posts: 60 });
  using upstream = serveSocialverse({ data });
  await run("sync", folder.path, upstream.url);
  for (const list of LISTS) data[list].splice(20);
  const held = await run("sync --force", folder.path, upstream.url);
  expect(held.out).toMatch(/^posts +refused +20 rows, 0 new or changed, 0 withdrawn\n +40 of 60/m);
  expect(held.out).toContain("`vidrec sync --accept-removals` withdraws them now");
  const accepted = await run("sync --accept-removals", folder.path, upstream.url);
  expect(accepted.code).toBe(0);
  expect(accepted.out).toMatch(/^posts +complete +20 rows, 0 new or changed, 40 withdrawn$/m);
  expect(accepted.out).toMatch(/^like +complete +20 rows, 0 new or changed, 340 withdrawn$/m);
  expect(accepted.out).toMatch(/^view +complete +20 rows, 0 new or changed, 0 withdrawn$/m);
});
