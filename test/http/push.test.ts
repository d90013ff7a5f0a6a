/** Events pushed by HTTP, and the limits of what can be pushed. */
import { describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { openStore } from "../../src/data/sqlite/open.ts";
import { WriterError } from "../../src/data/writer/client.ts";
import { openPush } from "../../src/ingest/push/push.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";
import { JSON_TYPE, NDJSON_TYPE, pushing } from "../support/pushing.ts";

const MB = 1_048_576;
const view = (post: string, more: object = {}) => ({ user: "ada", post, kind: "view", at: 1e12, ...more }); // prettier-ignore

describe("events", () => {
  test.each([
    ["in a named list", { events: [view("a"), view("b")] }, 2],
    ["in a list", [view("a"), view("b")], 2],
    ["alone", view("a"), 1],
    ["not at all", { events: [] }, 0],
  ])("%s are stored once", async (_, body, count) => {
    const { send } = pushing();
    expect(await send("/events", body)).toEqual({ status: 202, body: { accepted: count, duplicates: 0, refused: [] } }); // prettier-ignore
    expect(await send("/events/", body)).toEqual({ status: 202, body: { accepted: 0, duplicates: count, refused: [] } }); // prettier-ignore
  });

  test("are taken a line each, whatever stands on other lines", async () => {
    const lines = [JSON.stringify(view("a")), "", "{nonsense", JSON.stringify({ ...view("b"), id: 7, kind: "see" }), ""]; // prettier-ignore
    const { status, body } = await pushing().send("/events", lines.join("\r\n"), NDJSON_TYPE);
    expect([status, body.accepted, body.duplicates]).toEqual([202, 1, 0]);
    expect(body.refused).toMatchObject([
      { index: 1, id: null, field: "" },
      { index: 2, id: 7, field: "kind" },
    ]);
    expect(body.refused[0].detail).toStartWith("expected JSON");
    expect(body.refused[1].detail).toStartWith("expected one of view, ");
  });

  test("are refused with a problem if none is good", async () => {
    const { status, body } = await pushing().send("/events", { events: [{ id: "e" }, 5] });
    expect(status).toBe(422);
    expect(body).toMatchObject({ status: 422, accepted: 0, duplicates: 0 });
    expect(body.refused).toEqual([
      { index: 0, id: "e", field: "user", detail: "expected a value, since events need a user, got nothing" },
      { index: 1, id: null, field: "", detail: "expected an object, got 5" },
    ]); // prettier-ignore
  });

  test("may be 1,000 as JSON, and any number as NDJSON", async () => {
    const { send } = pushing();
    const all = Array.from({ length: 1_001 }, (_, n) => view(`${n}`));
    expect((await send("/events", all)).status).toBe(422);
    expect((await send("/events", all)).body.detail).toContain("1000 rows");
    expect((await send("/events", all.slice(1))).body.accepted).toBe(1_000);
    const lines = all.map((it) => JSON.stringify(it)).join("\n");
    expect((await send("/events", lines, NDJSON_TYPE)).body).toMatchObject({ accepted: 1, duplicates: 1_000 }); // prettier-ignore
  });

  test("of nonsense are not answered with many times their length", async () => {
    const { status, body } = await pushing().send("/events", "1\n".repeat(100_000), NDJSON_TYPE);
    expect([status, body.refused.length, body.refused_more]).toEqual([422, 1_000, 99_000]);
  });
});

describe("a body", () => {
  const padded = (bytes: number) => JSON.stringify(view("a")).padEnd(bytes);
  const stream = (text: string) =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < text.length; at += 65_536)
          controller.enqueue(new TextEncoder().encode(text.slice(at, at + 65_536)));
        controller.close();
      },
    });
  const gzip = { ...JSON_TYPE, "content-encoding": "gzip" };

  test.each([
    ["of 1 MB", padded(MB), JSON_TYPE, 202],
    ["of a byte more", padded(MB + 1), JSON_TYPE, 413],
    ["of 1 MB without a length", stream(padded(MB)), JSON_TYPE, 202],
    ["of a byte more without a length", stream(padded(MB + 1)), JSON_TYPE, 413],
    ["of 1 MB when unzipped", gzipSync(padded(MB)), gzip, 202],
    ["of a byte more when unzipped", gzipSync(padded(MB + 1)), gzip, 413],
    ["that is zipped, in capitals", gzipSync(padded(9)), { ...JSON_TYPE, "content-encoding": "GZIP" }, 202], // prettier-ignore
    ["that is no gzip", "nonsense", gzip, 400],
    ["whose gzip ends early", gzipSync(padded(9_999)).subarray(0, 40), gzip, 400],
    ["of another encoding", padded(9), { ...JSON_TYPE, "content-encoding": "br" }, 415],
    ["zipped twice", padded(9), { ...JSON_TYPE, "content-encoding": "gzip, gzip" }, 415],
    [
      "of JSON in UTF-8, said so",
      padded(9),
      { "content-type": "Application/JSON; charset=utf-8" },
      202,
    ],
    ["of a form", "user=ada", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["of text", padded(9), { "content-type": "text/plain" }, 415],
    ["of no JSON", "{", JSON_TYPE, 400],
    ["of nothing", "", JSON_TYPE, 400],
    ["not in UTF-8", Uint8Array.of(34, 255, 34), JSON_TYPE, 400],
    ["nested beyond measure", "[".repeat(MB), JSON_TYPE, 400],
    ["of a number", "5", JSON_TYPE, 422],
    ["of an event list that is none", `{"events":{}}`, JSON_TYPE, 422],
  ])("%s is answered", async (_, body, headers, status) => {
    const answer = await pushing().send("/events", body, headers);
    expect(answer.status).toBe(status);
    if (status !== 202) expect(answer.body.type).toStartWith("urn:problem:");
  });

  test("nested too deeply to keep the digits of long numbers says so", async () => {
    const body = `${"[".repeat(100_000)}12345678901234567890${"]".repeat(100_000)}`;
    const answer = await pushing().send("/events", body, JSON_TYPE);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining("nested too deeply")]); // prettier-ignore
  });

  test("that unzips to a gigabyte takes no memory", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000_000));
    expect(bomb.length).toBeLessThan(MB);
    const { send } = pushing();
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    const all = Array.from({ length: 20 }, () => send("/events", bomb, gzip));
    for (const { status } of await Promise.all(all)) expect(status).toBe(413);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
  });
});

test("what can't be stored is answered 503, without a path of the disk", async () => {
  const write = () =>
    Promise.reject(new WriterError("/secret/cache/store.db cannot be used (disk full)"));
  const push = openPush({
    store: () => openStore(":memory:"),
    writer: () => ({ write }),
    nowMs: Date.now,
  });
  const { get } = serving({ ...fakeService(), push });
  const response = await get("/events", {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify(view("a")),
  });
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await response.json()).toMatchObject({ detail: "store.db cannot be used (disk full)" });
});
