/** `vidrec export`: what it prints stores the same again. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { APP } from "../../src/data/history.ts";
import type { UserId } from "../../src/domain/ids.ts";
import { readRow, type Row } from "../../src/ingest/rows/row.ts";
import { toEvent } from "../../src/ingest/rows/to-domain.ts";
import { vidrec } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { append, change } from "../support/changes.ts";
import { exporting, NOW_MS } from "./exports.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const { folder, own, exported, linesOf, thereAndBack, filled } = exporting();

const AT = "2026-01-01T00:00:00.000Z";

describe("an export", () => {
  test("has the contract's fields in its order, with all that was sent", async () => {
    const post = {
      id: " ÿ/?&\u2028\"'{",
      title: " a\n\\b ",
      text: "x",
      category: ["Süß", "a|b"],
      tags: ["1,2", "[3]"],
      creator: "0012",
      created_at: AT,
      expires_at: "9999-12-31T23:59:59.999Z",
      duration_ms: 1.5,
      language: "pt-BR",
      hidden: true,
      card: "123",
    };
    await filled("it", { posts: [post, { id: 7, title: "" }] });
    const path = await exported("it", "posts");
    expect(linesOf(path)).toEqual([post, { id: "7", title: "", created_at: new Date(NOW_MS).toISOString() }]); // prettier-ignore
    expect(Object.keys(linesOf(path)[0] as object)).toEqual(Object.keys(post));
    await thereAndBack("it");
  });

  test("of events has what holds, of each user in the order of the log: a like taken back as value 0, the last rating", async () => {
    const event = (post: string, kind: string, second: number, more = {}) => ({
      ...{ user: "u", post, kind, at: `2026-01-01T00:00:0${second}.000Z` },
      ...more,
    });
    const log = [
      event("p1", "like", 1),
      event("p2", "like", 2),
      event("p1", "rating", 3, { value: 20 }),
      event("p1", "like", 4, { value: 0, id: "undo" }),
      event("p2", "like", 5, { value: 0 }),
      event("p2", "like", 6),
      event("p1", "view", 7, { watched_ms: 5.25, duration_ms: 9, session: "s", recommendation_id: "r" }),
      event("p1", "view", 8),
      event("p1", "rating", 9, { value: -0.5 }),
    ]; // prettier-ignore
    await filled("it", { events: log });
    const path = await exported("it", "events");
    expect(linesOf(path)).toEqual([log[0], log[3], log[5], log[6], log[7], log[8]]);
    const { printed } = await run(["export", "events", path], { DATA_DIR: join(folder.path, "it") }); // prettier-ignore
    expect(printed).toEndWith("6 events that hold, of 9 that were stored: others were taken back or replaced by later ones"); // prettier-ignore
    await thereAndBack("it");
  });

  test("has no view that was taken back, and all after it", async () => {
    const view = (second: number) => ({ user: "u", post: "p", kind: "view", at: `2026-01-01T00:00:0${second}.000Z` }); // prettier-ignore
    await filled("it", { events: [view(1), view(2)] });
    const back = { ...toEvent(readRow("events", view(3), NOW_MS) as Row<"events">, NOW_MS), isWithdrawal: true }; // prettier-ignore
    {
      using store = own("it");
      await append(store, [back], { receivedAtMs: NOW_MS, origin: APP });
    }
    await filled("it", { events: [view(4)] });
    expect(linesOf(await exported("it", "events"))).toEqual([view(4)]);
    await thereAndBack("it");
  });

  test("lacks who was erased", async () => {
    const events = ["ada", "bob"].map((user) => ({ user, post: "p", kind: "like", at: AT }));
    await filled("it", { events, users: [{ id: "ada" }, { id: "bob", name: "Bob" }] });
    {
      using store = own("it");
      await change(store, "eraseUser", "ada" as UserId, NOW_MS);
    }
    expect(linesOf(await exported("it", "events"))).toEqual([events[1]]);
    expect(linesOf(await exported("it", "users"))).toEqual([{ id: "bob", name: "Bob" }]);
  });

  test("of the demo holds its posts, people and events, and comes back the same", async () => {
    const env = { CATALOGUE: "demo" };
    expect((await run(["sync"], { DATA_DIR: join(folder.path, "it"), ...env })).code).toBe(0);
    await thereAndBack("it", env);
    const [posts, users] = await Promise.all(
      (["posts", "users"] as const).map(async (it) => linesOf(await exported("it", it, env))),
    );
    expect([posts!.length, users!.length]).toEqual([594, 432]);
    expect(posts![0]).toMatchObject({ category: [expect.any(String)], card: { id: expect.any(Number) } }); // prettier-ignore
  });

  test("goes to standard output; a reader that has enough ends it without an error", async () => {
    const users = Array.from({ length: 30_000 }, (_, n) => ({ id: `u${n}`, name: "x".repeat(99) }));
    await filled("cache", { users });
    const all = await vidrec(["export", "users"], folder.path);
    expect([all.code, all.err, all.out.split("\n").length]).toEqual([0, "", 30_001]);
    const head = Bun.spawn(
      ["sh", "-c", `"${process.execPath}" "${join(import.meta.dir, "../../src/main.ts")}" export users | head -1`],
      { cwd: folder.path, env: { HOME: folder.path, PATH: process.env["PATH"] }, stdout: "pipe", stderr: "pipe" },
    ); // prettier-ignore
    expect(await new Response(head.stdout).text()).toStartWith('{"id":"u0"');
    expect(await new Response(head.stderr).text()).toBe("");
  });

  test("goes through a link, and into a pipe or a device, which stay what they are", async () => {
    await filled("it", { users: [{ id: "a" }] });
    const [file, link, pipe] = ["file", "link", "pipe"].map((it) => join(folder.path, it));
    await Bun.write(file!, "before");
    symlinkSync(file!, link!);
    expect(Bun.spawnSync(["mkfifo", pipe!]).exitCode).toBe(0);
    const reader = Bun.spawn(["cat", pipe!], { stdout: "pipe" });
    for (const path of [link!, pipe!]) {
      const found = await run(["export", "users", path], { DATA_DIR: join(folder.path, "it") });
      expect(found).toMatchObject({ code: 0, logged: "" });
    }
    expect([lstatSync(link!).isSymbolicLink(), lstatSync(pipe!).isFIFO()]).toEqual([true, true]);
    expect(readFileSync(file!, "utf8")).toBe('{"id":"a"}\n');
    expect(await new Response(reader.stdout).text()).toBe('{"id":"a"}\n');
  });

  test("on a full disk says so, leaves no part of it, and an earlier one stays", async () => {
    const users = Array.from({ length: 3_000 }, (_, n) => ({ id: `u${n}`, name: "x".repeat(99) }));
    await filled("it", { users });
    const path = join(folder.path, "users.ndjson");
    await Bun.write(path, "earlier");
    const main = join(import.meta.dir, "../../src/main.ts");
    const script = `ulimit -f 200; trap '' XFSZ; exec "${process.execPath}" "${main}" export users "${path}"`;
    const env = { HOME: folder.path, PATH: process.env["PATH"], DATA_DIR: join(folder.path, "it") };
    const child = Bun.spawn(["bash", "-c", script], { env, stdout: "ignore", stderr: "pipe" });
    expect(await new Response(child.stderr).text()).toContain("users.ndjson can't be written");
    expect(await child.exited).toBe(1);
    expect([existsSync(`${path}.new`), readFileSync(path, "utf8")]).toEqual([false, "earlier"]);
  });

  test("of nothing, or to a place that can't be written, ends with 1 and leaves nothing", async () => {
    const nothing = await run(["export", "posts"], { DATA_DIR: join(folder.path, "it") });
    expect([nothing.code, nothing.logged]).toEqual([1, expect.stringContaining("`vidrec import`")]);
    await filled("it", { users: [{ id: "a" }] });
    mkdirSync(join(folder.path, "x.new"));
    const { code, logged } = await run(["export", "users", join(folder.path, "x")], {
      DATA_DIR: join(folder.path, "it"),
    });
    expect([code, logged]).toEqual([1, expect.stringContaining("can't be written")]);
  });
});
