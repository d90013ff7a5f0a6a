/** The event stream over HTTP: each row's fate, resuming, several listeners, erasure; and what an event changed. */
import { afterEach, describe, expect, test } from "bun:test";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { UserId } from "../../src/domain/ids.ts";
import { eventWatcher } from "../../src/feed/events/watch.ts";
import { append } from "../support/changes.ts";
import { EFFECT } from "../support/effect.ts";
import { serving, WITHOUT_KEYS } from "../support/http.ts";
import { pushInto } from "../support/push.ts";
import { fakeService } from "../support/service.ts";

type Row = {
  readonly key: string;
  readonly fate: string;
  readonly seq: number | null;
  readonly event: Readonly<Record<string, unknown>>;
  readonly refusal: { readonly field: string; readonly detail: string } | null;
};

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** A process on `store`: `send` events to it, `listen` to its stream. */
function processOn(store = openStore(":memory:"), name = "here") {
  const push = pushInto(store);
  const watchEvents = eventWatcher({ store: () => store, unstored: push.unstored, process: name });
  const { get, server } = serving({ ...fakeService(), push, watchEvents });
  ended.push(server.endStreams);
  const send = (body: unknown, type = "application/json") =>
    get("/events", {
      method: "POST",
      headers: { "content-type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const listen = async (lastId?: string) => {
    const headers: HeadersInit = lastId === undefined ? {} : { "last-event-id": lastId };
    return blocksOf(await get("/events/stream", { headers }));
  };
  return { store, push, get, send, listen };
}

/** Reads the events of a stream one by one. */
function blocksOf(reply: Response) {
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const next = async (): Promise<{ id: string; type: string; data: Row }> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) throw new Error("the stream has ended");
        text += value;
      } else {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const field = (name: string) => RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
        if (field("data") !== "") return { id: field("id"), type: field("event"), data: JSON.parse(field("data")) }; // prettier-ignore
      }
    }
  };
  const rows = async (count: number) => {
    const all: Row[] = [];
    while (all.length < count) all.push((await next()).data);
    return all;
  };
  return { next, rows, close: () => reader.cancel() };
}

const like = (post: string, more: object = {}) => ({ user: "ada", post, kind: "like", at: 1e12, ...more }); // prettier-ignore
const fates = (rows: readonly Row[]) => rows.map(({ fate, event }) => `${event["post"]} ${fate}`);

describe("the event stream", () => {
  test("shows each row's fate, whichever way it came", async () => {
    const { send, listen } = processOn();
    await send(like("a", { id: "e-1" }));
    await send([like("a", { id: "e-1" }), like("b", { kind: "lkie" })]);
    await send([JSON.stringify(like("c")), "{nonsense"].join("\n"), "application/x-ndjson");
    const rows = await (await listen()).rows(5);
    expect(fates(rows).sort()).toEqual(["a accepted", "a duplicate", "b refused", "c accepted", "undefined refused"]); // prettier-ignore
    const [accepted, duplicate, refused] = ["accepted", "duplicate", "refused"].map((it) => rows.find(({ fate }) => fate === it)!); // prettier-ignore
    expect(accepted).toMatchObject({ key: "1", seq: 1, origin: "app", event: { id: "e-1", user: "ada", kind: "like" } }); // prettier-ignore
    expect(duplicate).toMatchObject({ key: "here-1", seq: null, event: { id: "e-1", user: "ada", kind: "like" }, refusal: null }); // prettier-ignore
    expect(refused!.refusal).toMatchObject({ field: "kind", detail: expect.stringMatching(/^expected one of view, .*less$/) }); // prettier-ignore
    expect(refused!.event["kind"]).toBeUndefined();
  });

  test("goes on after the last event that a client has, and shows what comes", async () => {
    const { get, send, listen } = processOn();
    await send([like("a"), like("b"), like("b")]);
    const first = await listen();
    const [, second] = [await first.next(), await first.next()];
    await first.close();
    expect(second.data.event["post"]).toBe("b");
    const { next, close } = blocksOf(await get(`/events/stream?after=${second.id}`));
    expect((await next()).data.fate).toBe("duplicate");
    await close();
    const again = await listen(second.id);
    expect(fates(await again.rows(1))).toEqual(["b duplicate"]);
    await send(like("c"));
    expect(fates(await again.rows(1))).toEqual(["c accepted"]);
  });

  test("is the same for two listeners, and has what other processes and imports store", async () => {
    const here = processOn();
    const there = processOn(here.store, "there");
    const [one, two] = [await here.listen(), await there.listen()];
    await here.send([like("a"), like("a")]);
    await append(here.store, [{ userId: "bo" as UserId, postId: "z" as never, kind: "view", value: 1, claimedAtMs: 1 }], { receivedAtMs: Date.now(), origin: "upstream" }); // prettier-ignore
    expect(fates(await one.rows(3)).sort()).toEqual(["a accepted", "a duplicate", "z accepted"]);
    // A duplicate is known only to the process that took it, also to a client that comes from another.
    expect(fates(await two.rows(2))).toEqual(["a accepted", "z accepted"]);
    expect(fates(await (await here.listen("2-there-7")).rows(1))).toEqual(["a duplicate"]);
  });

  test("tells a client that lags behind what it does not send", async () => {
    const { send, listen } = processOn();
    const first = await listen();
    const lines = Array.from({ length: 2_000 }, (_, n) => JSON.stringify(like(`${n}`)));
    await send(lines.join("\n"), "application/x-ndjson");
    const skipped = await first.next();
    expect([skipped.type, skipped.data as object]).toEqual(["skipped", { rows: 1_900 }]);
    expect((await first.rows(100)).at(-1)!.event["post"]).toBe("1999");
    await first.close();
    // A client whose connection ended just then is not told of it twice.
    expect((await (await listen(skipped.id)).next()).data.event["post"]).toBe("1900");
  });

  test("begins anew for a position that the log has not come to, as of a store that was replaced", async () => {
    const { send, listen } = processOn();
    await send([like("a"), like("b")]);
    expect(fates(await (await listen("999-here-0")).rows(2))).toEqual(["a accepted", "b accepted"]);
  });

  test("keeps the newest 300 of those that were not stored, and no value that was sent", async () => {
    const { send, listen, push } = processOn();
    const SECRET = "ada@example.com";
    const fields = ["id", "kind", "value", "watched_ms", "duration_ms", "at", SECRET]; // prettier-ignore
    const bad = fields.map((field) => like("a", { [field]: field === "id" ? { SECRET } : SECRET }));
    const lines = [...Array<string>(400).fill("{"), ...bad.map((it) => JSON.stringify(it)), `{"${SECRET}`]; // prettier-ignore
    for (let n = 0; n < 2; n++) await send(lines.join("\n"), "application/x-ndjson");
    const kept = push.unstored.after(0, 0);
    expect(kept.map(({ n }) => n)).toEqual(Array.from({ length: 300 }, (_, n) => n + kept[0]!.n));
    expect(JSON.stringify(kept)).not.toContain(SECRET);
    const rows = await (await listen()).rows(300);
    expect(rows.slice(-8).map(({ refusal }) => refusal!.field)).toEqual([...fields.slice(0, -1), "", ""]); // prettier-ignore
  });

  test("forgets an erased person", async () => {
    const { send, listen, push } = processOn();
    await send([like("a"), like("a"), like("b", { kind: "lkie" })]);
    await push.eraseUser("ada" as UserId);
    await send(like("c", { user: "bo", kind: "lkie" }));
    const stream = await listen();
    expect(fates(await stream.rows(1))).toEqual(["c refused"]);
    await send(like("d", { user: "bo" }));
    expect(fates(await stream.rows(1))).toEqual(["d accepted"]);
  });

  test("is read by pages of an allowed origin alone", async () => {
    const { get } = serving(fakeService(), { corsOrigins: ["https://app.test"] });
    const allowed = async (origin: string) =>
      (await get("/events/stream", { headers: { origin } })).headers.get("access-control-allow-origin"); // prettier-ignore
    expect([await allowed("https://app.test"), await allowed("https://evil.test")]).toEqual(["https://app.test", null]); // prettier-ignore
  });

  test("is the admin's alone, and HEAD says whether it is open", async () => {
    const { get, store } = processOn();
    expect((await get("/events/stream", { method: "HEAD" })).status).toBe(200);
    await store.keys.add({ name: "app", scope: "write", createdAtMs: 0 } as never, "hash");
    const access = { ...WITHOUT_KEYS, keys: () => store.keys };
    const closed = serving(fakeService(), { access });
    expect((await closed.get("/events/stream", { method: "HEAD" })).status).toBe(401);
  });
});

test("the effect of an event is told by its seq, and an unknown seq is 404", async () => {
  const { get } = serving(fakeService());
  const reply = (await (await get(`/events/${EFFECT.event.seq}/effect`)).json()) as object;
  expect(reply).toMatchObject({
    event: { id: "e-1", user: "ada", post: "bread", kind: "like" },
    changes: [
      { id: "cake", change: "entered", rank_before: 31, rank_after: 1, term: { name: "similar" } },
      { id: "bread", change: "left", rank_before: 1, rank_after: null, term: null },
    ],
  });
  expect((await get("/events/1/effect")).status).toBe(404);
  for (const seq of ["0", "x", "1.5"])
    expect(await (await get(`/events/${seq}/effect`)).json()).toMatchObject({ status: 422, detail: "seq must be an integer of at least 1" }); // prettier-ignore
});

test("signals are listed with what their values are", async () => {
  const { get } = serving(fakeService());
  const { signals } = (await (await get("/signals")).json()) as { signals: { name: string }[] };
  const of = (name: string) => signals.find((it) => it.name === name);
  expect(of("like")).toMatchObject({ value: null, repeats: "lasts", watched: false });
  expect(of("rating")).toMatchObject({ value: { unit: "percent", min: -98, max: 100 } });
  expect(of("view")).toMatchObject({ repeats: "adds", watched: true });
});
