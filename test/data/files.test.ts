/** Files of stores: their identities, and the lease beside them. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openLease, openStore } from "../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../support/folder.ts";

test("stores have identities of their own, and a file keeps its", async () => {
  using folder = temporaryFolder();
  const identityOf = async (name: string) => {
    using store = openStore(join(folder.path, name));
    return (await store.mark())!.identity;
  };
  const one = await identityOf("one.db");
  expect([await identityOf("one.db"), one.length]).toEqual([one, 32]);
  expect(await identityOf("two.db")).not.toBe(one);
});

test("a lease has one holder, until it is given back", async () => {
  using folder = temporaryFolder();
  const lease = openLease(join(folder.path, "lock.db"));
  expect(await lease.holder()).toBeUndefined();
  const held = await lease.take("one");
  expect([await lease.take("two"), await lease.holder()]).toEqual([{ heldBy: "one" }, "one"]);
  if ("release" in held) await held.release();
  expect(await lease.holder()).toBeUndefined();
});
