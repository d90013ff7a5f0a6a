/** A listening server, asked through sockets in ways that no well-bred client has. */
import { afterAll, describe, expect, test } from "bun:test";
import { listen } from "../../src/http/listen.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const { server, lines } = serving(fakeService());
const listening = listen(server, { hostname: "127.0.0.1", port: 0 });
const { port } = listening;
afterAll(() => listening.stop(true));

/** The server's bytes in reply to these, and to `more` one after the other, until it closes the connection. */
function say(bytes: string, { at = port!, more = [] as Iterable<Buffer> } = {}): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let heard = "";
  const rest = more[Symbol.iterator]();
  let waiting: Buffer = Buffer.from(bytes);
  const pour = (it: Bun.Socket) => {
    while (waiting.length > 0) {
      const taken = it.write(waiting);
      if (taken < waiting.length) return void (waiting = waiting.subarray(Math.max(0, taken)));
      waiting = rest.next().value ?? Buffer.alloc(0);
    }
  };
  const socket = {
    open: pour,
    drain: pour,
    data: (_: Bun.Socket, data: Buffer) => void (heard += data.toString()),
    close: () => resolve(heard),
    error: (_: Bun.Socket, error: Error) => reject(error),
  };
  Bun.connect({ hostname: "127.0.0.1", port: at, socket }).catch(reject);
  return promise;
}
const ask = (line: string, ...headers: string[]) =>
  say([line, ...headers, "Connection: close", "", ""].join("\r\n"));
const HOST = "Host: localhost";

describe("a listening server", () => {
  test("shares its port with no other server", () => {
    const again = () => listen(server, { hostname: "127.0.0.1", port: port! });
    expect(again).toThrow("set HOST and PORT to a free address");
  });

  test("shares its port only with servers that join it, if it is the first of several", () => {
    const first = listen(server, { hostname: "127.0.0.1", port: 0, shared: "first" });
    const { hostname, port } = first;
    const second = listen(server, { hostname: hostname!, port: port!, shared: "joining" });
    expect(second.port).toBe(port);
    for (const shared of [{}, { shared: "first" }] as const)
      expect(() => listen(server, { hostname: hostname!, port: port!, ...shared })).toThrow(
        "set HOST and PORT to a free address",
      );
    void first.stop(true);
    void second.stop(true);
  });

  test("answers GET and HEAD alike", async () => {
    const whole = await ask("GET /feed?username=ada HTTP/1.1", HOST);
    const head = await ask("HEAD /feed?username=ada HTTP/1.1", HOST);
    expect(whole).toStartWith("HTTP/1.1 200 OK\r\n");
    const length = (text: string) => /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1];
    expect(length(head)).toBe(length(whole)!);
    expect(head).toEndWith("\r\n\r\n");
  });

  test("answers HTTP/1.0 without a Host", async () => {
    const text = await say("GET /feed?username=ada HTTP/1.0\r\n\r\n");
    expect(text).toStartWith("HTTP/1.1 200 OK\r\n");
    expect(text).toContain('"known":true');
  });

  test("closes an idle connection, and does not keep an endless body", async () => {
    const impatient = listen(server, { hostname: "127.0.0.1", port: 0, idleSeconds: 1 });
    const at = impatient.port!;
    const head = (line: string, ...headers: string[]) =>
      [line, HOST, ...headers, "", ""].join("\r\n");
    const JSON_TYPE = "Content-Type: application/json";
    const chunked = "Transfer-Encoding: chunked";
    // 64 MB, of which the last is not said to be it.
    const chunk = Buffer.from(`40000\r\n${"x".repeat(0x40000)}\r\n`);
    const more = Array.from({ length: 256 }, () => chunk);
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    const answers = await Promise.all([
      say(head("GET /health HTTP/1.1"), { at }),
      say(`${head("POST /health HTTP/1.1", "Content-Length: 900")}half of it`, { at }),
      say(head("POST /health HTTP/1.1", chunked), { at, more }),
      say(head("GET /health HTTP/1.1", chunked), { at, more }),
      say(head("POST /events HTTP/1.1", JSON_TYPE, chunked), { at, more }),
      say(`${head("POST /events HTTP/1.1", JSON_TYPE, "Content-Length: 900")}half of it`, { at }),
    ]);
    const statuses = answers.map((it) => it.slice(9, 12));
    expect(statuses).toEqual(["200", "405", "405", "200", "413", ""]);
    expect(lines.filter((it) => it.startsWith("error"))).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(48e6);
    void impatient.stop(true);
  });

  test.each([
    ["a Host that is none", "GET /health HTTP/1.1", ["Host: a b/\\?#"], 200],
    ["an absolute URL", "GET http://other.test/health HTTP/1.1", [HOST], 200],
    ["a path that looks like a host", "GET //feed?username=ada HTTP/1.1", [HOST], 404],
    ["a fragment", "GET /health#x HTTP/1.1", [HOST], 200],
    ["raw UTF-8", "GET /feed?username=adá HTTP/1.1", [HOST], 200],
    ["raw bytes that are not", "GET /feed?username=%C3( HTTP/1.1", [HOST], 400],
    ["TRACE", "TRACE /health HTTP/1.1", [HOST], 405],
    ["a method from elsewhere", "PROPFIND /health HTTP/1.1", [HOST], 405],
    ["a body of 64 kB and a byte", "POST /health HTTP/1.1", [HOST, "Content-Length: 65537"], 413],
    ["a longer body that is read", "POST /events HTTP/1.1", [HOST, "Content-Length: 1048577"], 413],
    ["a body without end", "POST /health HTTP/1.1", [HOST, "Content-Length: 99999999999"], 413],
    ["a URL above 4 kB", `GET /health?${"x".repeat(4100)} HTTP/1.1`, [HOST], 414],
    ["headers without end", "GET /health HTTP/1.1", [HOST, `X: ${"x".repeat(70_000)}`], 431],
  ])("answers %s", async (_, line, headers, status) => {
    const answer = await ask(line, ...headers);
    expect(answer).toStartWith(`HTTP/1.1 ${status} `);
  });
});
