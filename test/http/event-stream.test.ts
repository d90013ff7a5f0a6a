/** Streams of server-sent events: heartbeats, resuming, ends, back pressure and their limit. */
import { afterAll, afterEach, describe, expect, test } from "bun:test";
import { heapStats } from "bun:jsc";
import { connect } from "node:net";
import { eventStreams, type Sent, type Source } from "../../src/http/event-stream.ts";
import { listen } from "../../src/http/listen.ts";

const logged: string[] = [];
const log = (line: string) => void logged.push(line);
const opened: { close: () => void }[] = [];
const open = (limits: Omit<Parameters<typeof eventStreams>[0], "log"> = {}) => {
  const streams = eventStreams({ log, ...limits });
  opened.push(streams);
  return streams;
};
afterEach(() => {
  for (const it of opened.splice(0)) it.close();
});

const asking = (headers: Record<string, string> = {}) =>
  new Request("http://vidrec.test/stream", { headers });
const whole = (reply: Response) => reply.text();

/** Numbers after the last one that the client has, up to `last`. */
const upTo = (last: number): Source =>
  async function* (lastId) {
    for (let n = Number(lastId ?? 0) + 1; n <= last; n++) yield { id: `${n}`, data: { n } };
  };
/** One event, then nothing until nobody reads any more. */
const waiting: Source = async function* (_, signal) {
  yield { event: "first", data: "a\nb" };
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
};

/** The next part of a stream that is one of `kind`. */
async function nextPart(reader: { read: () => Promise<{ value?: Uint8Array | undefined }> }) {
  return new TextDecoder().decode((await reader.read()).value);
}

describe("a stream", () => {
  test("sends each event as one block, after the time to come back", async () => {
    const reply = open().reply(asking(), upTo(2));
    expect(reply.headers.get("content-type")).toStartWith("text/event-stream");
    expect(await whole(reply)).toBe(
      'retry: 2000\n\nid: 1\ndata: {"n":1}\n\nid: 2\ndata: {"n":2}\n\n',
    );
  });

  test("goes on after the event that a client names", async () => {
    const reply = open().reply(asking({ "last-event-id": "2" }), upTo(3));
    expect(await whole(reply)).toBe('retry: 2000\n\nid: 3\ndata: {"n":3}\n\n');
  });

  test("says that it is alive while nothing happens, and then sends what has happened", async () => {
    const happened = Promise.withResolvers<Sent>();
    const source: Source = async function* () {
      yield await happened.promise;
    };
    const reader = open({ heartbeatMs: 1 }).reply(asking(), source).body!.getReader();
    expect(await nextPart(reader)).toStartWith("retry");
    expect(await nextPart(reader)).toBe(":\n\n");
    happened.resolve({ event: "late", data: "it" });
    let part = "";
    while ((part = await nextPart(reader)) === ":\n\n");
    expect(part).toBe('event: late\ndata: "it"\n\n');
    expect((await reader.read()).done).toBe(true);
  });

  test("tells its source when the client goes", async () => {
    const streams = open();
    const gone = Promise.withResolvers<boolean>();
    const source: Source = (lastId, signal) => {
      signal.addEventListener("abort", () => gone.resolve(true));
      return waiting(lastId, signal);
    };
    const reader = streams.reply(asking(), source).body!.getReader();
    await nextPart(reader);
    expect(await nextPart(reader)).toBe('event: first\ndata: "a\\nb"\n\n');
    expect(streams.count()).toBe(1);
    await reader.cancel();
    expect(await gone.promise).toBe(true);
    expect(streams.count()).toBe(0);
  });

  test("ends when the server stops, and when it is old", async () => {
    const streams = open();
    const stopped = whole(streams.reply(asking(), waiting));
    streams.close();
    expect(await stopped).toStartWith("retry");
    expect(await whole(open({ lifeMs: 1 }).reply(asking(), waiting))).toStartWith("retry");
  });

  test("ends when its source fails, and the log says why", async () => {
    const source: Source = async function* () {
      yield { data: 1 };
      throw new Error("the log is gone");
    };
    expect(await whole(open().reply(asking(), source))).toBe("retry: 2000\n\ndata: 1\n\n");
    expect(logged).toContain("a stream ended early: the log is gone");
  });

  test("keeps nothing of what it has sent", async () => {
    const source: Source = async function* (_, signal) {
      for (let n = 0; n < 5_000; n++) yield { data: n };
      yield* waiting(undefined, signal);
    };
    const promises = () => (Bun.gc(true), heapStats().objectTypeCounts["Promise"]!);
    const before = promises();
    const reader = open().reply(asking(), source).body!.getReader();
    for (let n = 0; n < 5_001; n++) await reader.read();
    expect(promises() - before).toBeLessThan(1_000);
  });

  test("is refused while too many are open", async () => {
    const streams = open({ streamsMax: 1 });
    const first = streams.reply(asking(), waiting);
    const second = streams.reply(asking(), waiting);
    expect(second.status).toBe(503);
    expect(await second.text()).toContain("1 streams are open");
    await first.body!.cancel();
    const third = streams.reply(asking(), upTo(1));
    expect(third.status).toBe(200);
    await whole(third);
  });
});

describe("a client that never reads", () => {
  let made = 0;
  /** An endless stream: 100 kB an event. */
  const endless: Source = async function* () {
    for (const data = "x".repeat(100_000); ; made++) yield { data };
  };
  const streams = eventStreams({ log });
  const handle = async (request: Request) => streams.reply(request, endless);
  const listening = listen({ handle }, { hostname: "127.0.0.1", port: 0, idleSeconds: 1 });
  afterAll(() => listening.stop(true));

  test("holds up its source, and loses its connection", async () => {
    const socket = connect(listening.port!, "127.0.0.1");
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (made === 0) await Bun.sleep(5);
    while (streams.count() > 0) await Bun.sleep(50);
    expect(made).toBeLessThan(200); // what the system's own buffers hold
    socket.destroy();
  });
});
