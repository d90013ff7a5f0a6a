import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Held, HeldBy } from "../../../src/data/contract.ts";
import { openLease } from "../../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../../support/folder.ts";

/** Another process that tries to take the lock; it stays until it is killed, or the scope or this process ends. */
async function rival(path: string, who: string) {
  const script = join(import.meta.dir, "hold-lock.ts");
  const process_ = Bun.spawn([process.execPath, script, path, who], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const { value } = await process_.stdout.getReader().read();
  const kill = async () => {
    process_.kill("SIGKILL");
    await process_.exited;
  };
  return { says: new TextDecoder().decode(value).trim(), kill, [Symbol.asyncDispose]: kill };
}

const release = async (it: Held | HeldBy) => {
  if ("heldBy" in it) throw new Error(`expected the lock, but ${it.heldBy} has it`);
  await it.release();
};

describe("the lock", () => {
  test("is refused to a second process, which learns who has it", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "new", "lock.db");
    await using holder = await rival(path, "vidrec serve (process 4711)");
    expect(holder.says).toBe("taken");
    expect(await openLease(path).take("vidrec sync")).toEqual({
      heldBy: "vidrec serve (process 4711)",
    });
    expect(await openLease(path).take("vidrec sync")).toEqual({
      heldBy: "vidrec serve (process 4711)",
    });
  });

  test("is free again once its holder is killed, and shows the next one's name", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    await using first = await rival(path, "first");
    await first.kill();
    await using second = await rival(path, "second");
    expect(second.says).toBe("taken");
    expect(await openLease(path).take("third")).toEqual({ heldBy: "second" });
    await second.kill();
    await release(await openLease(path).take("third"));
  });

  test("is free again once it is released", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    await release(await openLease(path).take("first"));
    await using other = await rival(path, "second");
    expect(other.says).toBe("taken");
  });

  test("keeps other processes out from the one that was here first", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    const mine = await openLease(path).take("me");
    await using other = await rival(path, "other");
    expect(other.says).toBe("held by me");
    await release(mine);
  });

  test("is refused a second time to its own process", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    const mine = await openLease(path).take("me");
    expect(await openLease(path).take("me too")).toEqual({ heldBy: "me" });
    Bun.gc(true);
    expect(await openLease(path).take("me too")).toEqual({ heldBy: "me" });
    await release(mine);
    await release(await openLease(path).take("me too"));
  });

  test("has one holder, however many try at once", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    await using scope = new AsyncDisposableStack();
    const all = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (n) => scope.use(await rival(path, `rival ${n}`))),
    );
    expect(all.filter((it) => it.says === "taken")).toHaveLength(1);
  });

  test("is not taken for held where its file is something else", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "lock.db");
    writeFileSync(path, "this is no database, but long enough to be taken for one ".repeat(20));
    const failure = await openLease(path).take("me").catch(String);
    expect(failure).toContain("not a database");
  });
});
