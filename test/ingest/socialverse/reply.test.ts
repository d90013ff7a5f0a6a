/** Replies within limits: however large, however packed, whatever is wrong with them. */
import { afterEach, describe, expect, jest, test } from "bun:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { plainDataset } from "../../support/dataset.ts";
import { socialverse } from "../../support/socialverse.ts";
import { clientOf } from "../../support/upstream.ts";
import type { ClientOptions } from "../../../src/ingest/socialverse/client.ts";

const CODINGS = {
  gzip: gzipSync,
  "x-gzip": gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
} as const;
type Coding = keyof typeof CODINGS;
const coded = Object.keys(CODINGS) as Coding[];
const MB = 1_000_000;
const PAGE = JSON.stringify({ status: "success", posts: [{ id: 1 }] });
const last = () => Response.json({ status: "success", posts: [] });

/** Reads posts from an upstream that gives this answer to the first page. */
async function read(first: () => Response, over: Partial<ClientOptions> = {}) {
  let asked = 0;
  const fetch = async (request: Request) => {
    asked++;
    return request.url.includes("page=1&") ? first() : last();
  };
  const standIn = socialverse({ data: plainDataset({ users: 0, posts: 0 }) });
  const options = { fetch, retries: 2, limits: { replyBytes: MB }, ...over };
  const rows: unknown[] = [];
  let error = "";
  try {
    for await (const page of clientOf(standIn, options).pages("posts")) rows.push(...page);
  } catch (cause) {
    error = String(cause);
  }
  return { rows, error, asked };
}

/** A body that never ends; `pulled()` tells how many bytes were taken from it. */
function endless() {
  let [pulled, isCancelled] = [0, false];
  const body = new ReadableStream({
    async pull(controller) {
      await Bun.sleep(0);
      pulled += 100_000;
      controller.enqueue(new Uint8Array(100_000).fill(32));
    },
    cancel: () => void (isCancelled = true),
  });
  return { body, pulled: () => pulled, isCancelled: () => isCancelled };
}

const packed = (coding: Coding, text: string | Buffer) =>
  new Response(CODINGS[coding](text), { headers: { "content-encoding": coding } });

describe("a packed reply", () => {
  test.each(coded)("is read: %s", async (coding) => {
    expect(await read(() => packed(coding, PAGE))).toMatchObject({ rows: [{ id: 1 }], error: "" });
  });

  test.each(coded)("is left where it swells beyond the limit: %s", async (coding) => {
    const bomb = Buffer.alloc(100 * MB, 32);
    const before = process.memoryUsage.rss();
    const reply = packed(coding, bomb);
    const after = process.memoryUsage.rss();
    const { error, asked } = await read(() => reply);
    expect(error).toContain("more than 1 MB (stand-in.test/posts/summary/get, page 1)");
    expect(error).toContain("MAX_REPLY_MB");
    expect(asked).toBe(1); // to ask again would bring no less
    expect(process.memoryUsage.rss() - Math.max(before, after)).toBeLessThan(50 * MB);
  });

  test.each(coded)("is said to be damaged where it is: %s", async (coding) => {
    const bytes = CODINGS[coding](Buffer.from(crypto.getRandomValues(new Uint8Array(1_000))));
    bytes.fill(0xff, 0, 8);
    const { error, asked } = await read(
      () => new Response(bytes, { headers: { "content-encoding": coding } }),
    );
    expect(error).toMatch(/^UpstreamError: upstream sent a reply that is damaged/);
    expect(error).not.toContain("connection");
    expect(asked).toBe(3); // a passing fault, perhaps
  });

  test.each(["gzip", "deflate", "br"] as const)(
    "is damaged where it is cut: %s",
    async (coding) => {
      const bytes = CODINGS[coding](PAGE);
      const { error } = await read(
        () => new Response(bytes.subarray(0, -9), { headers: { "content-encoding": coding } }),
      );
      expect(error).toContain("upstream sent a reply that is damaged");
    },
  );

  test("is left where it holds millions of values, each small: they would take 30 times as much", async () => {
    const { error, asked } = await read(() => packed("gzip", `{"posts":[${"{},".repeat(3e6)}`), {
      limits: { replyBytes: 64 * MB },
    });
    expect(error).toContain("more than 2000000 objects and lists");
    expect(asked).toBe(1);
  });

  test("in a coding that was not accepted is named", async () => {
    const headers = { "content-encoding": "compress" };
    const { error } = await read(() => new Response(PAGE, { headers }));
    expect(error).toContain('upstream sent a reply coded as "compress"');
  });

  test("asked for over a socket comes as it was sent, and is inflated here", async () => {
    let asked: string | null = "";
    using server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => {
        asked = request.headers.get("accept-encoding");
        return request.url.includes("page=1&") ? packed("gzip", PAGE) : last();
      },
    });
    const standIn = {
      ...socialverse({ data: plainDataset({ users: 0, posts: 0 }) }),
      url: server.url.origin,
    };
    const rows: unknown[] = [];
    for await (const page of clientOf(standIn).pages("posts")) rows.push(...page);
    expect(rows).toEqual([{ id: 1 }]);
    expect(asked).toBe("gzip, br, zstd");
  });
});

describe("a reply without end", () => {
  test("is left at the limit, and let go", async () => {
    const stream = endless();
    const { error } = await read(() => new Response(stream.body));
    expect(error).toContain("more than 1 MB");
    expect(stream.pulled()).toBeLessThan(2 * MB);
    expect(stream.isCancelled()).toBeTrue();
  });

  test("is not read at all where its status says enough", async () => {
    const stream = endless();
    const { error } = await read(() => new Response(stream.body, { status: 403 }));
    expect(error).toContain("status 403");
    expect(stream.pulled()).toBeLessThan(MB);
    expect(stream.isCancelled()).toBeTrue();
  });

  test("is left where it drips: what counts is the time of the whole reply", async () => {
    let isCancelled = false;
    const drip = () =>
      new ReadableStream({
        async pull(controller) {
          await Bun.sleep(5);
          controller.enqueue(Uint8Array.of(32));
        },
        cancel: () => void (isCancelled = true),
      });
    const { error, asked } = await read(() => new Response(drip()), { timeoutMs: 100 });
    expect(error).toContain("did not answer in time");
    expect(asked).toBe(2);
    expect(isCancelled).toBeTrue();
  });
});

describe("without a time that is set", () => {
  afterEach(() => void jest.useRealTimers());

  test("a reply may take a minute, and no longer; the second late one is the last", async () => {
    jest.useFakeTimers();
    let asked = 0;
    const fetch = () => (asked++, new Promise<Response>(() => {}));
    const standIn = socialverse({ data: plainDataset({ users: 0, posts: 0 }) });
    let ended = "";
    void clientOf(standIn, { fetch })
      .pages("posts")
      .next()
      .catch((cause: unknown) => (ended = String(cause)));
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= 500) {
        jest.advanceTimersByTime(Math.min(left, 500));
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      }
    };
    await pass(59_000);
    expect([asked, ended]).toEqual([1, ""]);
    await pass(3_000);
    expect([asked, ended]).toEqual([2, ""]);
    await pass(61_000);
    expect([asked, ended]).toEqual([2, expect.stringContaining("did not answer in time")]);
  });
});
