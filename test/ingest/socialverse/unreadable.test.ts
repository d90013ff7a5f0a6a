/** Rows that can't be read: none ends a scan, all are counted with their reason. */
import { describe, expect, test } from "bun:test";
import type { PostId } from "../../../src/domain/ids.ts";
import { openStore } from "../../../src/data/sqlite/open.ts";
import { openClient } from "../../../src/ingest/socialverse/client.ts";
import { syncAll } from "../../../src/ingest/socialverse/sync.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { emptyDataset, eventRow, postRow, userRow } from "../../support/rows.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, synced, syncing } from "../../support/upstream.ts";

const NESTED = "[".repeat(50_000) + "]".repeat(50_000);
const OBJECTS = '{"a":'.repeat(50_000) + "1" + "}".repeat(50_000);

/** A sync from an upstream whose posts are these rows, in raw JSON. */
async function syncRaw(...rows: string[]) {
  const reply = (key: string, content: string) =>
    new Response(`{"status":"success","${key}":[${content}]}`);
  const fetch = async ({ url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    if (searchParams.get("page") !== "1")
      return reply(pathname.startsWith("/users") ? "users" : "posts", "");
    if (pathname === "/users/get_all") return reply("users", `{"id":1,"username":"a"}`);
    if (pathname === "/posts/summary/get") return reply("posts", rows.join());
    const times = ["viewed_at", "liked_at", "inspired_at", "rated_at"].map(
      (key) => `"${key}":"2024-01-01 00:00:00"`,
    );
    return reply("posts", `{"user_id":1,"post_id":1,"rating_percent":5,${times.join()}}`);
  };
  const store = openStore(":memory:");
  const client = openClient({
    baseUrl: "http://x.test",
    token: "t",
    resonanceAlgorithm: "r",
    fetch,
  });
  const report = await syncAll({ client, store, nowMs: () => noon(1) });
  const endpoint = report.endpoints[1]!;
  const statuses = [...new Set(report.endpoints.map((it) => it.status))];
  return { store, endpoint, statuses, [Symbol.dispose]: () => store.close() };
}

describe("a row that nests 50,000 levels deep", () => {
  const places: Record<string, (deep: string) => string> = {
    "in its tags": (deep) => `{"id":2,"tags":${deep}}`,
    "in a tag": (deep) => `{"id":2,"tags":[{"name":${deep}}]}`,
    "in its title": (deep) => `{"id":2,"title":${deep}}`,
    "in its category": (deep) => `{"id":2,"category":{"id":${deep},"name":${deep}}}`,
    "in its topic's owner": (deep) => `{"id":2,"topic":{"owner":{"name":${deep}}}}`,
    "in its summary": (deep) => `{"id":2,"post_summary":{"description":"top","keywords":${deep}}}`,
    "in a key nobody knows": (deep) => `{"id":2,"__proto__":${deep},"later":${deep}}`,
  };
  test.each(Object.keys(places))("%s, is stored like any other", async (place) => {
    for (const deep of [NESTED, OBJECTS])
      for (const at of [0, 1, 2]) {
        const rows = ['{"id":1}', '{"id":3}'].toSpliced(at, 0, places[place]!(deep));
        using it = await syncRaw(...rows);
        expect(it.statuses).toEqual(["complete"]);
        expect(it.endpoint.badRows).toBe(0);
        expect([...(await it.store.posts.columns()).keys]).toEqual([1, 2, 3]);
      }
  });

  test("or is nothing else, is counted", async () => {
    using it = await syncRaw(NESTED, '{"id":1}', OBJECTS);
    expect(it.statuses).toEqual(["complete"]);
    expect(it.endpoint.unreadable).toEqual([
      { reason: "row a list", rows: 1 },
      { reason: "id missing", rows: 1 },
    ]);
  });
});

const BIG = ["9007199254740993", "720575940379279310", "7"] as PostId[];

test("rows of every odd kind are passed over and counted, the good ones between them stored", async () => {
  const odd = [
    ...["null", "7", '"text"', "true", "[]", "{}", '{"id":null}', '{"id":"x"}', '{"id":{}}'],
    ...[`{"id":${"9".repeat(129)}}`, `{"id":"${"7".repeat(129)}"}`, '{"id":1e999}', '{"id":-4}'],
    ...['{"id":1.5}', '{"id":""}', '{"__proto__":{"id":5}}', '{"id":true}', '{"id":[6]}'],
  ];
  using it = await syncRaw(...odd.flatMap((row, n) => [row, `{"id":${n + 1},"title":"\\ud800"}`]));
  expect(it.statuses).toEqual(["complete"]);
  expect(await it.store.posts.count()).toBe(odd.length);
  expect(it.endpoint.badRows).toBe(odd.length);
  expect(it.endpoint.unreadable).toEqual([
    ...["row null", "row a number", "row text", "row true or false", "row a list"].map(
      (reason) => ({ reason, rows: 1 }),
    ),
    { reason: "id missing", rows: 2 },
    { reason: "id null", rows: 1 },
    { reason: "id text", rows: 1 },
    { reason: "id an object", rows: 1 },
    { reason: "id above 2^53", rows: 3 },
    ...["id below 0", "id a fraction", "id empty", "id true or false", "id a list"].map(
      (reason) => ({
        reason,
        rows: 1,
      }),
    ),
  ]);
});

describe("what could not be read", () => {
  function oddDataset() {
    const data = emptyDataset();
    for (let id = 1; id <= 4; id++) data.posts.push(postRow(id));
    for (let n = 0; n < 8; n++)
      data.posts.push({ ...postRow(1), id: `SECRET72057594037927931${n}` as unknown as number });
    data.posts.push(postRow(5, { is_available_in_public_feed: "SECRET" }));
    data.posts.push(postRow(6, { is_locked: null, category: { id: "SECRET", name: "x" } }));
    data.users.push(userRow(1));
    const at = "2024-01-01 00:00:00";
    data.view.push(eventRow("view", { id: 1, postId: 1, userId: 1, at }));
    data.view.push(eventRow("view", { id: 2, postId: 2, userId: 1, at: "SECRET" }));
    data.rating.push(eventRow("rating", { id: 1, postId: 1, userId: 1, at, percent: 5_000 }));
    data.rating.push(eventRow("rating", { id: 2, postId: 2, userId: 1, at, percent: 5 }));
    return data;
  }
  const EXPECTED = [
    { endpoint: "posts", reason: "id text", rows: 8, of: 14 },
    { endpoint: "posts", reason: "category.id text, left without category", rows: 1, of: 14 },
    { endpoint: "posts", reason: "is_available_in_public_feed text, hidden", rows: 1, of: 14 },
    { endpoint: "posts", reason: "is_locked null, hidden", rows: 1, of: 14 },
    { endpoint: "view", reason: "viewed_at text", rows: 1, of: 2 },
    { endpoint: "rating", reason: "rating_percent outside -98 to 100", rows: 1, of: 2 },
  ] as const;

  test("is known after a restart, by endpoint and reason, without a foreign word", async () => {
    using folder = temporaryFolder();
    const path = `${folder.path}/store.db`;
    {
      using it = syncing(socialverse({ data: oddDataset() }), path);
      expect((await it.sync(noon(1))).isComplete).toBeTrue();
    }
    using store = openStore(path);
    expect(await store.scans.unreadable()).toEqual([...EXPECTED]);
  });

  test("is forgotten once upstream has mended it, and not when upstream is down", async () => {
    const standIn = socialverse({ data: oddDataset() });
    using it = await synced(standIn);
    standIn.fault({ kind: "status", status: 500 });
    await it.sync(noon(2));
    expect(await it.store.scans.unreadable()).toHaveLength(EXPECTED.length);
    standIn.heal();
    const { posts } = standIn.data;
    standIn.data.posts = posts.filter((row) => typeof row.id === "number").slice(0, 4);
    await it.sync(noon(3));
    expect((await it.store.scans.unreadable()).map((row) => row.endpoint)).toEqual([
      "view",
      "rating",
    ]);
  });

  test("hides a post whose flags say neither yes nor no", async () => {
    using it = await synced(socialverse({ data: oddDataset() }));
    const keys = await it.store.ids.postKeys(["1", "4", "5", "6"] as PostId[]);
    const cards = await it.store.posts.cards([...keys.values()]);
    const shown = await it.store.ids.postIds([...cards.keys()]);
    expect([...shown.values()].sort()).toEqual(["1", "4"] as PostId[]);
  });
});

test("ids above 2^53 keep every digit, whether sent as numbers or as text", async () => {
  using it = await syncRaw('{"id":9007199254740993}', '{"id":"720575940379279310"}', '{"id":7}');
  const keys = await it.store.ids.postKeys(BIG);
  expect([...keys.keys()].sort()).toEqual(BIG.toSorted());
  const cards = await it.store.posts.cards([...keys.values()]);
  for (const [id, key] of keys) expect(cards.get(key)!.head).toStartWith(`{"id":${id},"owner":`);
});

test("ids above 2^53 in a reply that nests too deeply to be read with all digits are refused", async () => {
  const deep = `{"id":8,"post_summary":${"[".repeat(60_000)}${"]".repeat(60_000)}}`;
  using it = await syncRaw('{"id":9007199254740993}', '{"id":7}', deep);
  expect(await it.store.posts.count()).toBe(2);
  expect(it.endpoint.unreadable).toEqual([{ reason: "id above 2^53", rows: 1 }]);
});

test("an endpoint of which no row can be read says what its sender has to mend", async () => {
  using it = await syncRaw('{"id":1e17}', '{"id":9e999}');
  expect(it.endpoint).toMatchObject({ status: "failed", badRows: 2 });
  expect(it.endpoint.problem).toBe(
    "none of 2 rows could be read (2 of 2 posts: id above 2^53): upstream has to send these fields as its contract says",
  );
});
