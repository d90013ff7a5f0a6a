/** `vidrec export`: what it prints stores the same again. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { APP } from "../../src/data/history.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { idFault, type PostKey, type UserId, type UserKey } from "../../src/domain/ids.ts";
import { SIGNALS } from "../../src/domain/signals.ts";
import { Refusal } from "../../src/ingest/rows/refusal.ts";
import { readRow, type Row, type RowName } from "../../src/ingest/rows/row.ts";
import { toEvent, toPost, toUser } from "../../src/ingest/rows/to-domain.ts";
import { vidrec } from "../support/cli.ts";
import { folderOfEachTest } from "../support/test-folder.ts";
import { run } from "../support/run.ts";
import { append, change, pushPosts, pushUsers } from "../support/changes.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const folder = folderOfEachTest();

const KINDS = ["posts", "users", "events"] as const;
const NOW_MS = Date.now();
const own = (name: string) => openStore(join(folder.path, name, "own/store.db"));
const exported = async (name: string, kind: RowName, env: Record<string, string> = {}) => {
  const path = join(folder.path, `${name}-${kind}.ndjson`);
  const found = await run(["export", kind, path], { DATA_DIR: join(folder.path, name), ...env });
  expect(found).toMatchObject({ code: 0, logged: "" });
  return path;
};
const textOf = (path: string) => readFileSync(path, "utf8");
const linesOf = (path: string): unknown[] =>
  textOf(path)
    .split("\n")
    .filter(Boolean)
    .map((it) => JSON.parse(it));

/** Exports a catalogue, imports that into an empty one and exports it again. */
async function thereAndBack(name: string, env: Record<string, string> = {}) {
  const other = `${name}-again`;
  rmSync(join(folder.path, other), { recursive: true, force: true });
  for (const kind of KINDS) {
    const path = await exported(name, kind, env);
    if (textOf(path) === "") continue;
    const found = await run(["import", kind, path], { DATA_DIR: join(folder.path, other) });
    expect(found).toMatchObject({ code: 0, logged: "" });
    expect(found.printed).toContain(", 0 rows refused");
    expect(textOf(await exported(other, kind))).toBe(textOf(path));
  }
}

/** Stores rows as an app sends them. */
async function filled(name: string, rows: { [N in RowName]?: readonly unknown[] }) {
  const checked = <N extends RowName>(kind: N) =>
    (rows[kind] ?? []).map((it) => {
      const row = readRow(kind, it, NOW_MS);
      if (row instanceof Refusal) throw new Error(`${row.field} ${row.detail}`);
      return row;
    }) as Row<N>[];
  using store = own(name);
  await pushPosts(
    store,
    checked("posts").map((it) => toPost(it, NOW_MS)),
    NOW_MS,
  );
  await pushUsers(store, checked("users").map(toUser));
  for (const [n, it] of checked("events").entries())
    await append(store, [toEvent(it, NOW_MS + n)], {
      receivedAtMs: NOW_MS + n,
      origin: APP,
    });
}

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

const id = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((it) => idFault(it) === undefined); // prettier-ignore
const fewIds = fc.constantFrom("1", "a", " a", "A", "ä", "👩‍👩‍👧", "true", "null", "0x1", "x,y", '"');
const words = fc.string({ unit: "grapheme", maxLength: 30 }).filter((it) => !it.includes("\0"));
const time = fc.oneof(
  fc.date({ min: new Date("0001-01-02"), max: new Date(NOW_MS), noInvalidDate: true }),
  fc.constantFrom(new Date(0), new Date(NOW_MS + 80_000_000), new Date("0000-01-01T00:00:00Z")),
).map((it) => it.toISOString()); // prettier-ignore
const duration = fc.double({ min: 1, max: 604_800_000, noNaN: true });
const optional = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] as (keyof T)[] });

const post = fc.tuple(
  fc.record({ id: fc.oneof(id, fewIds), title: words }),
  optional({
    text: words,
    category: fc.oneof(words, fc.array(words, { maxLength: 10 })),
    tags: fc.oneof(words, fc.array(words, { maxLength: 50 })),
    creator: id,
    created_at: time,
    expires_at: time,
    duration_ms: duration,
    language: fc.constantFrom("en", "pt-BR", "zh_Hans"),
    hidden: fc.boolean(),
    card: fc.jsonValue({ depthSize: "small" }).filter((it) => it !== null),
  }),
).map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore
const user = fc.tuple(fc.record({ id }), optional({ name: words, text: words }))
  .map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore
const valueOf = (kind: keyof typeof SIGNALS) => {
  const { value, repeats } = SIGNALS[kind];
  if (value.unit !== "none") return fc.double({ min: value.min, max: value.max, noNaN: true });
  return fc.constantFrom(undefined, 1, ...(repeats === "lasts" ? [0, 0] : []));
};
const event = fc.constantFrom(...(Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])).chain((kind) =>
  fc.tuple(
    fc.record({ user: fewIds, post: fewIds, kind: fc.constant(kind), value: valueOf(kind) }),
    optional({
      id: fewIds,
      watched_ms: fc.double({ min: 0, max: 604_800_000, noNaN: true }),
      duration_ms: duration,
      at: time,
      recommendation_id: id,
      session: id,
    }),
  ),
).map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore

/** Users' histories by their ids, with posts by theirs. A time ahead of the clock is that of its receipt. */
async function historiesOf(store: StoreFile) {
  const { userKeys, rowStart, postKeys, kinds, values, withdrawn, atMs } =
    await store.events.histories();
  const users = await store.ids.userIds([...userKeys] as UserKey[]);
  const posts = await store.ids.postIds([...postKeys] as PostKey[]);
  const eventAt = (n: number) =>
    [posts.get(postKeys[n] as PostKey), kinds[n], values[n], withdrawn[n], Math.min(atMs[n]!, NOW_MS)].join(" "); // prettier-ignore
  const all = Array.from(postKeys, (_, n) => eventAt(n));
  return new Map(
    Array.from(userKeys, (key, n) => [
      users.get(key as UserKey)!,
      all.slice(rowStart[n], rowStart[n + 1]).sort(),
    ]),
  );
}

test("whatever apps send: export, import into an empty store and export are byte for byte the same, and so are histories", async () => {
  let run = 0;
  const many = <T>(of: fc.Arbitrary<T>, maxLength: number) => fc.array(of, { maxLength });
  await fc.assert(
    fc.asyncProperty(many(post, 8), many(user, 5), many(event, 60), async (...rows) => {
      const [posts, users, events] = rows;
      const name = `run${run++}`;
      await filled(name, { posts, users, events });
      await thereAndBack(name);
      if (events.length === 0) return;
      using before = own(name);
      using after = own(`${name}-again`);
      expect(await historiesOf(after)).toEqual(await historiesOf(before));
    }),
    { seed: 20260501, numRuns: 25 },
  );
  expect(readdirSync(folder.path).filter((it) => it.includes("refused"))).toEqual([]);
});
