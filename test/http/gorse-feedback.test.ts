/** Feedback in Gorse's words: kept, put, withdrawn, found, and written back with recommendations. */
import { describe, expect, test } from "bun:test";
import { serving, WITHOUT_KEYS } from "../support/http.ts";
import { fakeService } from "../support/service.ts";
import { AT, LATER, gorse, DONE } from "./gorse-calls.ts";

test("a user is known by feedback alone, and gone with all of it once deleted", async () => {
  const { call, feedback, held } = gorse();
  await call("POST", "/feedback", [feedback("like")]);
  expect((await call("GET", "/user/u"))[0]).toBe(200);
  expect(await call("DELETE", "/user/u")).toEqual(DONE);
  expect(await call("GET", "/user/u")).toEqual([404, "user not found"]);
  expect(await held()).toEqual([]);
  expect(await held("/item/a/feedback")).toEqual([]);
  expect((await call("GET", "/users"))[1]).toEqual({ Cursor: "", Users: [] });
});

describe("feedback", () => {
  test("that is inserted again stays as it was; that which is put replaces it", async () => {
    const { call, feedback, held } = gorse();
    await call("POST", "/feedback", [feedback("rating", "a", AT, 50)]);
    await call("POST", "/feedback", [feedback("rating", "a", LATER, 70)]);
    expect(await held()).toEqual([feedback("rating", "a", AT, 50)]);
    for (const value of [80, 90, 80]) {
      await call("PUT", "/feedback", [feedback("rating", "a", AT, value)]);
      expect(await held()).toEqual([feedback("rating", "a", AT, value)]);
    }
  });

  test("that is put as it is adds nothing to the log", async () => {
    const { store, call, feedback } = gorse();
    const rows = ["view", "like", "rating"].map((it) => feedback(it, "a", AT, 50));
    for (let n = 0; n < 3; n++) await call("PUT", "/feedback", rows);
    expect(await store.events.count()).toBe(3);
  });

  test("can be withdrawn and given again, at the same time too", async () => {
    const { call, feedback, held } = gorse();
    for (const type of ["like", "view"]) {
      const rows = [feedback(type)];
      for (let n = 0; n < 3; n++) {
        await call("POST", "/feedback", rows);
        expect(await held("/feedback/u/a")).toEqual(rows);
        expect(await call("DELETE", "/feedback/u/a")).toEqual(DONE);
        expect(await held("/feedback/u/a")).toEqual([]);
      }
    }
    expect((await call("DELETE", "/feedback/u/a"))[1]).toEqual({ RowAffected: 0 });
  });

  test("is found by user, item and type, by the word that was asked for", async () => {
    const { call, feedback, held } = gorse();
    await call("POST", "/feedback", [feedback("read"), feedback("star"), feedback("read", "b")]);
    const b = [feedback("view", "b")];
    expect(await held("/item/b/feedback")).toEqual(b);
    expect(await held("/user/u/feedback/star")).toEqual([feedback("star")]);
    expect(await held("/feedback/watch/u/b")).toEqual(feedback("watch", "b"));
    expect(await call("GET", "/feedback/skip/u/b")).toEqual([404, "feedback not found"]);
    expect(await held("/user/nobody/feedback")).toEqual([]);
  });

  test("is listed whole, page after page, over a log of many thousands", async () => {
    const { call, feedback } = gorse();
    const rows = Array.from({ length: 12_000 }, (_, n) => ({ ...feedback("view", `i${n % 40}`), UserId: `u${n}` })); // prettier-ignore
    expect(await call("POST", "/feedback", rows)).toEqual([200, { RowAffected: 12_000 }]);
    await call("POST", "/feedback", [feedback("like", "i7")]);
    const users = new Set<string>();
    for (let cursor: string | undefined; cursor !== "";) {
      const [, page] = await call("GET", `/feedback?n=5000&cursor=${cursor ?? ""}`);
      const { Feedback, Cursor } = page as { Feedback: { UserId: string }[]; Cursor: string };
      for (const it of Feedback) users.add(it.UserId);
      cursor = Cursor;
    }
    expect(users.size).toBe(12_001);
    expect(await call("GET", "/feedback/like")).toEqual([200, { Cursor: "", Feedback: [feedback("like", "i7")] }]); // prettier-ignore
    expect((await call("GET", "/item/i7/feedback"))[1]).toHaveLength(301);
  });
});

test("what is written back needs a key that may write", async () => {
  const find = async () => ({ name: "reader", scope: "read" }) as never;
  const keys = () => ({ any: async () => true, find, named: async () => undefined });
  const { get } = serving(fakeService(), { access: { ...WITHOUT_KEYS, keys } });
  const status = async (query: string) =>
    (await get(`/api/recommend/u?${query}`, { headers: { "x-api-key": "k" } })).status;
  expect([await status("n=3"), await status("write-back-type=read")]).toEqual([200, 403]);
});

test("what a reply shows is written back as feedback, and a HEAD writes nothing", async () => {
  const { get } = serving(fakeService());
  const ask = (method: string) =>
    get("/api/recommend/ada?n=2&write-back-type=read", { method, headers: { host: "localhost" } });
  const written = async () =>
    (
      (await (
        await get("/api/user/ada/feedback", { headers: { host: "localhost" } })
      ).json()) as object[]
    ).length;
  expect([(await ask("HEAD")).status, await written()]).toEqual([200, 0]);
  expect([(await ask("GET")).status, await written()]).toEqual([200, 2]);
});

test("recommendations are ids, and have scores in version 2 of the API", async () => {
  const { get } = serving(fakeService());
  const ids = await (await get("/api/recommend/ada?n=2&offset=1")).json();
  expect(ids).toEqual(["2", "3"]);
  const versioned = await get("/api/recommend/ada?n=1", { headers: { "x-api-version": "2" } });
  expect(await versioned.json()).toEqual([{ Id: "1", Score: expect.any(Number) }]);
});
