/** Hosts that requests may be for, and origins whose pages may read replies. */
import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const { get } = serving(fakeService());

describe("a Host that requests are for, where only this machine may ask,", () => {
  const hosts = ["127.0.0.1", "feed.example.com", "::2"];
  const local = serving(fakeService(), { hosts });
  const statusFor = async (host: string, { get } = local) =>
    (await get("/feed?username=ada", { headers: { host } })).status;

  const ours = ["localhost", "LocalHost:8000", "localhost.:80", "127.0.0.1:8000", "127.9.9.9"];
  const ours6 = ["[::1]", "[::1]:8000", "[0:0::0:1]", "[::ffff:127.0.0.1]", "[::FFFF:7f00:1]:80"];
  const listed = ["feed.example.com", "FEED.example.com:443", "feed.example.com.", "[0::2]:80"];
  test.each([...ours, ...ours6, ...listed, ""])("may be %p", async (host) =>
    expect(await statusFor(host)).toBe(200),
  );

  const near = [
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "127.evil.test",
    "127.1.evil.test:80",
  ];
  const odd = [
    "localhost@evil.test",
    "evil.test, localhost",
    "localhost, evil.test",
    "[localhost]",
    "[::1",
    "[::1]evil.test",
    "[::ffff:128.0.0.1]",
    "[x@[::1]",
  ];
  test.each(["evil.test", "evil.test:8000", "0.0.0.0:8000", "192.168.1.5", ...near, ...odd, ":80"])(
    "may not be %p",
    async (host) => {
      expect(await statusFor(host)).toBe(421);
      // Whoever listens for others has names that it cannot know.
      expect(await statusFor(host, serving(fakeService()))).toBe(200);
    },
  );

  test("is refused with advice, whatever X-Forwarded-Host says", async () => {
    const headers = {
      host: "evil.test",
      "x-forwarded-host": "localhost",
      forwarded: "host=localhost",
    };
    const response = await local.get("/health", { headers });
    expect(response.status).toBe(421);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.text()).toContain("ALLOWED_HOSTS");
  });

  test("is checked for listed origins and unknown paths too", async () => {
    const open = serving(fakeService(), { hosts, corsOrigins: ["https://evil.test"] });
    const headers = { host: "evil.test", origin: "https://evil.test" };
    for (const path of ["/feed", "/docs", "/nope"])
      expect((await open.get(path, { headers })).status).toBe(421);
  });
});

describe("headers", () => {
  test("keep replies out of caches and from being sniffed", async () => {
    const { headers } = await get("/feed?username=ada");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  const page = { headers: { origin: "https://app.example.com" } };

  test("name no origin unless some are listed", async () => {
    const { headers } = await get("/health", page);
    expect(Object.keys(headers.toJSON()).join(" ")).not.toMatch(/access-control|vary/);
  });

  const open = serving(fakeService(), { corsOrigins: ["https://app.example.com"] });

  test("let a listed origin read replies and problems", async () => {
    for (const path of ["/health", "/feed", "/nope"]) {
      const { headers } = await open.get(path, page);
      expect(headers.get("access-control-allow-origin")).toBe("https://app.example.com");
      expect(headers.get("vary")).toBe("Origin");
    }
  });

  test("let no other origin read them", async () => {
    const headers = { origin: "https://app.example.com.evil.test" };
    const response = await open.get("/health", { headers });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("vary")).toBe("Origin");
  });

  test("answer a listed origin's preflight", async () => {
    const headers = { ...page.headers, "access-control-request-method": "GET" };
    const response = await open.get("/feed", { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    const methods = response.headers.get("access-control-allow-methods")!.split(", ").sort();
    expect(methods).toEqual(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]);
    expect((await open.get("/nope", { method: "OPTIONS", headers })).status).toBe(404);
  });

  test("answer no other OPTIONS", async () => {
    const asked = { "access-control-request-method": "GET" };
    for (const headers of [page.headers, { ...asked, origin: "https://evil.test" }, asked]) {
      const response = await open.get("/feed", { method: "OPTIONS", headers });
      expect(response.status).toBe(405);
    }
  });
});
