/** Usernames where ids belong: refused of upstream's people, who would become two. */
import { expect, test } from "bun:test";
import { openStore } from "../../src/data/sqlite/open.ts";
import { JSON_TYPE, pushing } from "../support/pushing.ts";
import { someUser } from "../support/records.ts";

const DETAIL = "expected the id of a user, but it is the username of 103";

/** A service whose upstream has one user, with the id 103. */
async function opened(username: string, hasUpstream = true) {
  const store = openStore(":memory:");
  if (hasUpstream) await store.meta.moveTo("https://upstream.test");
  await store.users.record([someUser(103, username)], 1);
  return { store, ...pushing(store), [Symbol.dispose]: () => store.close() };
}

test("an event is refused whose user is a username and nobody's id; of the others in the request all are stored", async () => {
  using api = await opened("maya-runs");
  const events = ["maya-runs", "103", "somebody-new"].map((user) => ({ user, post: "a", kind: "view" })); // prettier-ignore
  const { status, body } = await api.send("/events", { events });
  expect([status, body]).toEqual([202, { accepted: 2, duplicates: 0, refused: [{ index: 0, id: null, field: "user", detail: DETAIL }] }]); // prettier-ignore
  expect(await api.store.users.count()).toBe(2);
});

test("steering and settings of a username are refused, too", async () => {
  using api = await opened("maya-runs");
  const steered = await api.send("/steer", { user: "maya-runs", more: { tag: "sea" } });
  expect([steered.status, steered.body.detail]).toEqual([422, expect.stringContaining(DETAIL)]);
  const set = await api.send("/users/maya-runs/settings", { variety: 1 }, JSON_TYPE, "PUT");
  expect([set.status, set.body.detail]).toEqual([422, expect.stringContaining(DETAIL)]);
  expect(await api.store.users.count()).toBe(1);
});

test("a new user may have the name of another as an id: of whole numbers, in an app's own catalogue, once an app has said so, and of somebody whom an app has named", async () => {
  const view = (user: string) => ({ user, post: "a", kind: "view" });
  using numeric = await opened("2024");
  expect((await numeric.send("/events", view("2024"))).body.accepted).toBe(1);
  using own = await opened("maya-runs", false);
  expect((await own.send("/events", view("maya-runs"))).body.accepted).toBe(1);
  using said = await opened("maya-runs");
  await said.send("/users", { id: "maya-runs" });
  expect((await said.send("/events", view("maya-runs"))).body.accepted).toBe(1);
  await said.send("/users", { id: "7", name: "ada" });
  expect((await said.send("/events", view("ada"))).body.accepted).toBe(1);
});
