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
