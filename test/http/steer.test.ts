/** Steering and sliders over HTTP: what is taken, what is refused and why, and what is taken back. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { UserId } from "../../src/domain/ids.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { JSON_TYPE, pushing } from "../support/pushing.ts";

const keyOf = async (store: StoreFile, id: string) =>
  (await store.ids.userKeys([id as UserId])).get(id as UserId)!;
/** Standing requests, as `way target id`. */
async function standing(store: StoreFile, id = "ada"): Promise<string[]> {
  const { steers } = await store.steering.of(await keyOf(store, id));
  return steers.map((it) => `${it.way} ${it.target} ${it.id}`);
}
/** Kinds of the events that stand. */
async function events({ ask }: ReturnType<typeof pushing>): Promise<unknown> {
  return (await ask("GET", "/users/ada")).body.events;
}

describe("POST /steer", () => {
  test("stores one request a target, of which the latest counts, whatever its case", async () => {
    using store = openStore(":memory:");
    const { send } = pushing(store);
    for (const steer of [{ more: { category: "Cooking" } }, { less: { tag: 7 } }, { hide: { creator: "Bob" } }, { less: { category: "COOKING " } }]) // prettier-ignore
      expect(await send("/steer", { user: "ada", ...steer })).toEqual({ status: 202, body: { accepted: 1 } }); // prettier-ignore
    expect(await standing(store)).toEqual(["less tag 7", "hide creator Bob", "less category cooking"]); // prettier-ignore
  });

  test("about a post is an event of its kind, and ends the opposite one", async () => {
    using store = openStore(":memory:");
    const api = pushing(store);
    await api.send("/steer", { user: "ada", more: { post: "v1" } });
    expect(await events(api)).toEqual({ more: 1 });
    await api.send("/steer", { user: "ada", less: { post: "v1" } });
    expect(await events(api)).toEqual({ less: 1 });
    await api.send("/events", { user: "ada", post: "v1", kind: "more" });
    expect(await events(api)).toEqual({ more: 1 });
    await api.send("/steer", { user: "ada", hide: { post: "v2" } });
    expect(await events(api)).toEqual({ more: 1, hide: 1 });
    await api.send("/steer", { user: "ada", more: { post: "v1" } }, JSON_TYPE, "DELETE");
    await api.ask("DELETE", "/steer?user=ada&hide=post:v2");
    expect(await events(api)).toEqual({});
    expect(await standing(store)).toEqual([]);
  });

  test("keeps the newest 200 that fade, and every creator who is hidden", async () => {
    using store = openStore(":memory:");
    const { send } = pushing(store);
    await send("/steer", { user: "ada", hide: { creator: "bob" } });
    for (let n = 0; n < 205; n++) await send("/steer", { user: "ada", more: { tag: n } });
    const all = await standing(store);
    expect(all).toHaveLength(201);
    expect([all[0], all[1], all.at(-1)]).toEqual(["hide creator bob", "more tag 5", "more tag 204"]); // prettier-ignore
  });

  test.each<[string, unknown, string]>([
    ["no user", { more: { post: "a" } }, "user"],
    ["a blank user", { user: " ", more: { post: "a" } }, "user"],
    ["no way", { user: "ada" }, ""],
    ["two ways", { user: "ada", more: { tag: "a" }, less: { tag: "b" } }, "less"],
    ["no target", { user: "ada", more: {} }, "more"],
    ["two targets", { user: "ada", more: { tag: "a", mood: "calm" } }, "more"],
    ["a target that is none", { user: "ada", more: { colour: "red" } }, "colour"],
    ["a category to hide", { user: "ada", hide: { category: "Cooking" } }, "category"],
    ["a way that is none", { user: "ada", never: { tag: "a" } }, "never"],
    ["text for a target", { user: "ada", more: "cooking" }, "more"],
    ["an id that is a list", { user: "ada", more: { tag: ["a"] } }, "more.tag"],
    ["an id that is too long", { user: "ada", more: { tag: "a".repeat(129) } }, "more.tag"],
    ["an id with a control character", { user: "ada", more: { tag: "a\u0000" } }, "more.tag"],
    ["an id that is blank", { user: "ada", less: { mood: "  " } }, "less.mood"],
    ["a prototype", JSON.parse('{"user":"ada","__proto__":{"tag":"a"}}'), "__proto__"],
    ["a list", [{ user: "ada", more: { tag: "a" } }], ""],
    ["null", null, ""],
  ])("refuses %s, and names the field", async (_, body, field) => {
    using store = openStore(":memory:");
    const { send } = pushing(store);
    for (const method of ["POST", "DELETE"]) {
      const reply = await send("/steer", body, JSON_TYPE, method);
      expect([reply.status, reply.body.errors]).toEqual([422, [{ field, message: expect.stringMatching(/^expected /) }]]); // prettier-ignore
    }
    expect(await store.users.count()).toBe(0);
  });

  test("refuses bodies that are no JSON, and those of another type", async () => {
    const { send, ask } = pushing();
    expect((await send("/steer", "{")).status).toBe(400);
    expect((await send("/steer", "user=ada", { "content-type": "text/plain" })).status).toBe(415);
    expect((await ask("DELETE", "/steer")).status).toBe(415);
    expect((await ask("DELETE", "/steer?user=ada")).status).toBe(422);
    expect((await ask("DELETE", "/steer?user=ada&more=cooking")).status).toBe(422);
  });
});

describe("DELETE /steer", () => {
  test("takes back what stands by body or query, and nothing else; twice is as once", async () => {
    using store = openStore(":memory:");
    const { send, ask } = pushing(store);
    await send("/steer", { user: "ada", less: { category: "a:b c" } });
    await send("/steer", { user: "ada", more: { tag: "x" } });
    const undo = (query: string) => ask("DELETE", `/steer?user=ada&${query}`);
    expect((await undo("more=category:a:b%20c")).status).toBe(204);
    expect(await standing(store)).toHaveLength(2);
    expect(await undo("less=category:A:B%20C")).toEqual({ status: 204, body: undefined });
    expect((await undo("less=category:a:b%20c")).status).toBe(204);
    const reply = await send("/steer", { user: "ada", more: { tag: "X" } }, JSON_TYPE, "DELETE");
    expect(reply.status).toBe(204);
    expect(await standing(store)).toEqual([]);
  });

  test("makes nobody known", async () => {
    using store = openStore(":memory:");
    const { ask } = pushing(store);
    for (const about of ["more=tag:x", "hide=post:v1"])
      expect((await ask("DELETE", `/steer?user=eve&${about}`)).status).toBe(204);
    expect(await store.users.count()).toBe(0);
  });
});

describe("/users/{id}/settings", () => {
  const put = ({ send }: ReturnType<typeof pushing>, body: unknown) =>
    send("/users/ada/settings", body, JSON_TYPE, "PUT");

  test("are given back as set; what is not sent is in the middle again", async () => {
    const api = pushing();
    expect((await api.ask("GET", "/users/ada/settings")).status).toBe(404);
    const first = { ...UNMOVED, variety: 1, freshness: 0 };
    expect(await put(api, { variety: 1, freshness: 0 })).toEqual({ status: 200, body: first });
    expect((await api.ask("GET", "/users/ada/settings")).body).toEqual(first);
    expect((await put(api, {})).body).toEqual(UNMOVED);
  });

  test("takes numbers from 0 to 1 and nothing else, whatever else is sent", async () => {
    const api = pushing();
    const bad = fc.oneof(
      fc.double().filter((it) => !(it >= 0 && it <= 1)),
      fc.jsonValue().filter((it) => it !== null && !(typeof it === "number" && it >= 0 && it <= 1)),
    );
    const names = fc.constantFrom("variety", "exploration", "freshness", "popularity", "other", "__proto__"); // prettier-ignore
    const property = fc.asyncProperty(names, bad, async (name, value) => {
      const { status, body } = await put(api, `{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
      const isEmpty = ["variety", "exploration", "freshness", "popularity"].includes(name) && JSON.stringify(value) === "null"; // prettier-ignore
      expect(status).toBe(isEmpty ? 200 : 422);
      if (!isEmpty) expect(body.errors[0].field).toBe(name);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
