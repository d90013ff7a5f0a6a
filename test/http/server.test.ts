/** The edge that every request meets: limits, methods, problems, headers, the log. */
import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const { get, lines } = serving(fakeService());

describe("a problem", () => {
  const long = (bytes: number) => `/feed?username=ada&x=${"x".repeat(bytes - 21)}`;
  const body = (bytes: number) => ({ headers: { "content-length": String(bytes) } });

  test.each([
    ["for a path nobody serves", "/nope", {}, 404],
    ["for a path with two slashes at its end", "/feed//", {}, 404],
    ["for a path of slashes", "//", {}, 404],
    ["for broken percent-encoding", "/feed?username=%zz", {}, 400],
    ["for an encoding that is not UTF-8", "/feed?username=%ED%A0%80", {}, 400],
    ["for the same in a parameter nobody reads", "/health?x=%ff", {}, 400],
    ["for a URL of 4,097 bytes", long(4097), {}, 414],
    ["for a body of 65,537 bytes", "/health", body(65_537), 413],
    ["for a missing parameter", "/feed", {}, 422],
  ])("answers %s", async (_, path, init, status) => {
    const response = await get(path, init);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(problem["status"]).toBe(status);
    expect(problem["type"]).toStartWith("urn:problem:");
    expect(problem["title"]).toBeString();
    expect(problem["detail"]).toBeString();
  });

  test("is not the reply to the longest URL and body", async () => {
    expect((await get(long(4096), body(65_536))).status).toBe(200);
  });
});

describe("a slash at the end of a path", () => {
  const paths = ["/feed?username=ada", "/feed", "/health/ready", "/posts/1/similar?limit=2"];
  const more = ["/health", "/categories", "/moods", "/openapi.json", "/docs/swagger-ui.css"];
  const withSlash = (path: string) => path.replace(/(?=\?|$)/, "/");

  test.each([...paths, ...more])("changes nothing: %s", async (path) => {
    const [plain, slashed] = [await get(path), await get(withSlash(path))];
    expect(slashed.status).toBe(plain.status);
    expect(slashed.headers.toJSON()).toEqual(plain.headers.toJSON());
    expect(await slashed.text()).toBe(await plain.text());
    expect((await get(withSlash(path), { method: "POST" })).status).toBe(405);
  });

  test("leaves /docs whole: every link of the page leads somewhere", async () => {
    for (const path of ["/docs", "/docs/"]) {
      const page = await (await get(path)).text();
      const links = page.matchAll(/(?:src|href|"url")[=:]"([^"]+)"/g);
      const targets = [...links].map(([, link]) => new URL(link!, `http://vidrec.test${path}`));
      expect(targets.map((it) => it.pathname).sort()).toEqual([
        "/docs/swagger-ui-bundle.js",
        "/docs/swagger-ui.css",
        "/openapi.json",
      ]);
    }
  });

  test("is the same route in log and metrics", async () => {
    lines.length = 0;
    await get("/health/ready/");
    expect(lines.join()).toStartWith("GET /health/ready 200 ");
  });
});

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

describe("a fault of the service", () => {
  const fail = async () => {
    throw new Error("password 1234 of ada");
  };
  const failing = serving({ ...fakeService(), feed: fail, readiness: fail });

  test.each(["/feed?username=ada", "/metrics"])(
    "on %s is told without its reason",
    async (path) => {
      const response = await failing.get(path);
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(text).not.toMatch(/1234|\.ts|Error: /);
    },
  );

  test("is logged with its trace", async () => {
    await failing.get("/feed?username=ada");
    expect(failing.lines.join("\n")).toMatch(/^error: Error: password 1234 of ada\n +at fail/m);
  });
});

describe("methods", () => {
  test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is refused", async (method) => {
    const response = await get("/feed?username=ada", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
    expect(await response.json()).toMatchObject({ title: "Method not allowed" });
  });

  test("none is allowed on an unknown path", async () => {
    expect((await get("/nope", { method: "POST" })).status).toBe(404);
  });

  test.each(["/feed?username=ada", "/feed", "/health", "/docs", "/docs/swagger-ui.css", "/nope"])(
    "HEAD %s answers like GET, without the body",
    async (path) => {
      const whole = await get(path);
      const head = await get(path, { method: "HEAD" });
      const length = String((await whole.arrayBuffer()).byteLength);
      expect(head.status).toBe(whole.status);
      expect(await head.text()).toBe("");
      whole.headers.set("content-length", length);
      expect(head.headers.toJSON()).toEqual(whole.headers.toJSON());
    },
  );
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

test("the log holds method, route and status of a request, never its path or query", async () => {
  lines.length = 0;
  await get("/posts/77/similar?limit=3&token=hunter2");
  await get("/hunter2");
  await get("/feed?username=hunter2&page=x");
  expect(lines.map((line) => line.replace(/[\d.]+ ms$/, "_ ms"))).toEqual([
    "GET /posts/:id/similar 404 _ ms",
    "GET (none) 404 _ ms",
    "GET /feed 422 _ ms",
  ]);
});
