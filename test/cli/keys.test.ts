/** `vidrec keys` where nothing serves yet, and used wrongly. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";

test("the first key makes the store, says what it changes, and the last one says so, too", async () => {
  using folder = temporaryFolder();
  const env = { DATA_DIR: folder.path, CATALOGUE: "own" };
  const none = await run(["keys", "list"], env);
  expect([none.code, none.logged]).toEqual([
    1,
    expect.stringContaining("`vidrec keys add` makes both"),
  ]);
  expect(existsSync(join(folder.path, "own"))).toBeFalse();
  const first = await run(["keys", "add", "--scope", "write", "--name", "app"], env);
  expect(first.logged).toContain("it is the first one: from now on nothing but /, /llms.txt,");
  expect(first.logged).toContain("it opens the catalogue own alone");
  const second = await run(["keys", "add", "--scope", "read", "--name", "a-page.1"], env);
  expect(second.logged).not.toContain("first one");
  expect(second.printed).not.toBe(first.printed);
  const { printed } = await run(["keys", "list"], env);
  expect(printed.split("\n").map((it) => it.split(/ +/, 2))).toEqual([
    ["name", "scope"],
    ["a-page.1", "read"],
    ["app", "write"],
  ]);
  expect((await run(["keys", "revoke", "app"], env)).logged).toBe("");
  expect((await run(["keys", "revoke", "a-page.1"], env)).logged).toContain("the last one");
  expect((await run(["keys", "list"], env)).printed).toContain("has no keys");
});

test.each([
  [["add"], "--scope read|write|admin --name"],
  [["add", "--name", "app"], "--scope read|write|admin --name"],
  [["add", "--scope", "read"], "--scope read|write|admin --name"],
  [["add", "app", "--scope", "read", "--name", "app"], "--scope read|write|admin --name"],
  [["list", "app"], "vidrec keys list"],
  [["list", "--scope", "read"], "vidrec keys list"],
  [["revoke"], "vidrec keys revoke <name>"],
  [["revoke", "--name", "app"], "vidrec keys revoke <name>"],
])("keys %p is wrong usage, with the right one", async (words, advice) => {
  using folder = temporaryFolder();
  const { code, logged, printed } = await run(["keys", ...words], { DATA_DIR: folder.path });
  expect([code, printed]).toEqual([2, ""]);
  expect(logged).toContain(advice);
  expect(existsSync(join(folder.path, "demo"))).toBeFalse();
});
