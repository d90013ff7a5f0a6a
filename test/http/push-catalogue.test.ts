/** Posts and users, pushed by HTTP, read back, changed and deleted. */
import { describe, expect, test } from "bun:test";
import type { PostId } from "../../src/domain/ids.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { pushInto } from "../support/push.ts";
import { readRow, type Row } from "../../src/ingest/rows/row.ts";
import { toPost } from "../../src/ingest/rows/to-domain.ts";
import { NDJSON_TYPE, pushing } from "../support/pushing.ts";

const BREAD = {
  id: "a/b ü",
  title: "Bread",
  category: ["Cooking", "Home"],
  tags: ["easy"],
  created_at: "2025-01-02T03:04:05.000Z",
  card: { big: [1, { deep: null }] },
};
const path = (id: string) => `/posts/${encodeURIComponent(id)}`;

describe("posts", () => {
  test("are given back as sent, and stored once", async () => {
    const { send, ask } = pushing();
    const { created_at, tags, ...rest } = BREAD;
    const again = { tags, ...rest, created_at: Date.parse(created_at) };
    expect(await send("/posts", { posts: [BREAD] })).toEqual({ status: 202, body: { accepted: 1, unchanged: 0, refused: [] } }); // prettier-ignore
    expect((await send("/posts", [again])).body).toEqual({
      accepted: 0,
      unchanged: 1,
      refused: [],
    });
    expect(await ask("GET", path(BREAD.id))).toEqual({ status: 200, body: BREAD });
    expect((await ask("GET", "/posts/other")).status).toBe(404);
  });

  test("are refused one by one, and never with a problem", async () => {
    const rows = [{ id: 1, title: "good" }, { id: "x" }, { id: "", title: "" }, { titel: "t" }];
    const { status, body } = await pushing().send("/posts", { posts: rows });
    expect([status, body.accepted]).toEqual([202, 1]);
    expect(body.refused.map((it: object) => Object.values(it).slice(0, 3))).toEqual([[1, "x", "title"], [2, "", "id"], [3, null, "titel"]]); // prettier-ignore
    expect(body.refused[2].detail).toContain("did you mean title?");
    expect((await pushing().send("/posts", { posts: rows.slice(1) })).status).toBe(202);
  });

  test("of one id in one request are the last of them", async () => {
    const { send, ask } = pushing();
    const rows = [1, 2, 3].map((n) => JSON.stringify({ id: n % 2, title: `${n}` }));
    expect((await send("/posts", rows.join("\n"), NDJSON_TYPE)).body).toMatchObject({ accepted: 2, unchanged: 1 }); // prettier-ignore
    expect((await ask("GET", "/posts/1")).body.title).toBe("3");
  });

  test("that only events name are none", async () => {
    const { send, ask } = pushing();
    await send("/events", { user: "ada", post: "p", kind: "view" });
    for (const method of ["GET", "DELETE"])
      expect((await ask(method, "/posts/p")).status).toBe(404);
    expect((await send("/posts", { id: "p", title: "" })).body.accepted).toBe(1);
    expect((await ask("GET", "/posts/p")).status).toBe(200);
  });

  test("change in some fields", async () => {
    const { send, ask, patch } = pushing();
    expect((await patch(path(BREAD.id), { text: "new" })).status).toBe(404);
    await send("/posts", BREAD);
    const { tags: _, ...rest } = BREAD;
    const changed = { ...rest, text: "new", hidden: true };
    expect(await patch(path(BREAD.id), { text: "new", hidden: true, tags: null })).toEqual({ status: 200, body: changed }); // prettier-ignore
    expect((await ask("GET", path(BREAD.id))).body).toEqual(changed);
    const { status, body } = await patch(path(BREAD.id), { title: null });
    expect([status, body.errors]).toEqual([422, [{ field: "title", message: "expected a value, since posts need a title, got null" }]]); // prettier-ignore
    for (const bad of [{ id: "other" }, [], 5, { titel: "x" }])
      expect((await patch(path(BREAD.id), bad)).status).toBe(422);
  });

  test("without a time of creation keep that of their arrival when they change", async () => {
    let nowMs = 5_000;
    using store = openStore(":memory:");
    const push = pushInto(store, () => nowMs);
    await push.posts([{ id: "p", title: "" }]);
    nowMs = 9_000;
    await push.patchPost("p" as PostId, { text: "new" });
    const [post] = await store.posts.after("", 1);
    expect(post).toMatchObject({ summary: "new", createdAtMs: 5_000 });
    expect(JSON.parse(post!.card.head + post!.card.tail).created_at).toBe(5_000);
  });

  test("lose no change of many at once", async () => {
    const { send, ask, patch } = pushing();
    await send("/posts", { id: "p", title: "" });
    const fields = { title: "t", text: "x", creator: "c", language: "de", duration_ms: 5, hidden: true, category: ["k"], tags: ["g"] }; // prettier-ignore
    const all = Object.entries(fields).map(([name, value]) => patch("/posts/p", { [name]: value }));
    for (const { status } of await Promise.all(all)) expect(status).toBe(200);
    expect((await ask("GET", "/posts/p")).body).toEqual({ id: "p", ...fields });
  });

  test("of upstream are given as an export has them, and are upstream's to change and delete", async () => {
    const store = openStore(":memory:");
    const { ask, patch } = pushing(store);
    const { sent: _, ...post } = toPost(readRow("posts", BREAD, Date.now()) as Row<"posts">, 0);
    await store.posts.record([post], await store.scans.begin("posts", "2026-01-02", 0));
    const { status, body } = await ask("GET", path(BREAD.id));
    expect([status, body]).toMatchObject([200, { id: BREAD.id, title: "Bread", category: ["Cooking", "Home"] }]); // prettier-ignore
    for (const change of [ask("DELETE", path(BREAD.id)), patch(path(BREAD.id), { text: "new" })])
      expect((await change).status).toBe(409);
    expect((await ask("GET", path(BREAD.id))).body).toEqual(body);
  });

  test("are gone when they are deleted", async () => {
    const { send, ask } = pushing();
    await send("/posts", BREAD);
    expect((await ask("DELETE", path(BREAD.id))).status).toBe(204);
    for (const method of ["GET", "DELETE"])
      expect((await ask(method, path(BREAD.id))).status).toBe(404);
    expect((await send("/posts", BREAD)).body.accepted).toBe(1);
  });
});

describe("users", () => {
  test("are known by what was sent and what they did, and forgotten with their id", async () => {
    const { send, ask } = pushing();
    const at = (day: number) => Date.UTC(2025, 0, day);
    expect((await send("/users", { users: [{ id: "ada", name: "Ada", text: "Trains" }] })).body).toEqual({ accepted: 1, unchanged: 0, refused: [] }); // prettier-ignore
    const did = [["view", 3], ["view", 2], ["like", 4]] as const; // prettier-ignore
    await send("/events", did.map(([kind, day]) => ({ user: "ada", post: "p", kind, at: at(day) }))); // prettier-ignore
    expect(await ask("GET", "/users/ada")).toEqual({
      status: 200,
      body: {
        id: "ada",
        name: "Ada",
        text: "Trains",
        events: { view: 2, like: 1 },
        first_event_at: "2025-01-02T00:00:00.000Z",
        last_event_at: "2025-01-04T00:00:00.000Z",
      },
    });
    expect((await ask("DELETE", "/users/ada")).status).toBe(204);
    for (const method of ["GET", "DELETE"])
      expect((await ask(method, "/users/ada")).status).toBe(404);
    await send("/events", { user: "ada", post: "p", kind: "like", at: at(5) });
    expect((await ask("GET", "/users/ada")).body).toMatchObject({ id: "ada", events: { like: 1 }, first_event_at: "2025-01-05T00:00:00.000Z" }); // prettier-ignore
  });

  test("have as many events of a kind as stand: not those taken back, nor ratings that another replaced", async () => {
    const { send, ask } = pushing();
    const did = (post: string, kind: string, day: number, value?: number) => ({ user: "ada", post, kind, value, at: Date.UTC(2025, 0, day) }); // prettier-ignore
    await send("/events", [did("p", "like", 1), did("q", "like", 1), did("p", "rating", 1, 50)]);
    await send("/events", [did("p", "like", 2, 0), did("p", "rating", 2, 80), did("p", "impression", 2)]); // prettier-ignore
    expect((await ask("GET", "/users/ada")).body.events).toEqual({ like: 1, rating: 1, impression: 1 }); // prettier-ignore
  });

  test("without events or a profile are known too", async () => {
    const { send, ask } = pushing();
    await send("/users", { id: "bob" });
    expect((await ask("GET", "/users/bob")).body).toEqual({ id: "bob", events: {}, first_event_at: null, last_event_at: null }); // prettier-ignore
    await send("/events", { user: "eve", post: "p", kind: "view", at: 0 });
    expect((await ask("GET", "/users/eve")).body).toEqual({ id: "eve", events: { view: 1 }, first_event_at: "1970-01-01T00:00:00.000Z", last_event_at: "1970-01-01T00:00:00.000Z" }); // prettier-ignore
  });
});
