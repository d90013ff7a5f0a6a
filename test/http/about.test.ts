/** `/` says what runs here, `/llms.txt` what can be asked. */
import { describe, expect, test } from "bun:test";
import { apiDocument } from "../../src/http/server.ts";
import { serving } from "../support/http.ts";
import { fakeService, startingService } from "../support/service.ts";

const { get } = serving(fakeService());
const asBrowser = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

describe("GET /", () => {
  test("answers 503 while the store can't be read", async () => {
    const about = () => Promise.reject(new Error("disk"));
    expect((await serving({ ...fakeService(), about }).get("/")).status).toBe(503);
  });

  test("tells programs in JSON", async () => {
    const response = await get("/");
    expect(response.headers.get("content-type")).toStartWith("application/json");
    expect(await response.json()).toEqual({
      name: "vidrec",
      version: "1.2.3",
      catalogue: "own",
      posts: 45,
      people: 12,
      events: 345,
      snapshot: { id: "s7", age_seconds: 60, posts: 45 },
      next: null,
      links: {
        dashboard: "dashboard",
        documentation: "docs",
        openapi: "openapi.json",
        llms: "llms.txt",
        readiness: "health/ready",
      },
    });
  });

  test.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["application/json, text/html", "application/json"],
    ["text/html", "text/html"],
    ["TEXT/HTML;q=0.9, application/json", "text/html"],
  ])("answers Accept: %p with %s", async (accept, type) => {
    const response = await get("/", accept === undefined ? {} : { headers: { accept } });
    expect(response.headers.get("content-type")).toStartWith(type);
    expect(response.headers.get("vary")).toBe("accept");
  });

  test("shows browsers a page that may load and run nothing", async () => {
    const response = await get("/", asBrowser);
    const page = await response.text();
    expect(page).toContain("<dt>posts</dt><dd>45</dd>");
    expect(page).toContain('<a href="docs">');
    expect(page).toContain("/recommendations?user=somebody&#x27;</pre>");
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!vidrec\.test)/);
    const policy = response.headers.get("content-security-policy")!;
    const [, style] = /<style>([^]*)<\/style>/.exec(page)!;
    const hash = new Bun.CryptoHasher("sha256").update(style!).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  test("leads to documents that exist, wherever a proxy puts it", async () => {
    const { links } = (await (await get("/")).json()) as { links: Record<string, string> };
    for (const link of Object.values(links)) {
      expect(link).not.toStartWith("/");
      expect((await get(`/${link}`)).status).toBe(200);
    }
  });

  test("says before the first snapshot what comes next, and to whom nothing was sent how to", async () => {
    const { get } = serving(startingService());
    expect(await (await get("/")).json()).toMatchObject({
      snapshot: null,
      next: "the first snapshot is being made; see /health/ready",
    });
    const about = async () => ({ catalogue: "own" as const, posts: 0, people: 0, events: 0 });
    const empty = serving({ ...startingService(), about });
    const { next } = (await (await empty.get("/")).json()) as { next: string };
    expect(next).toContain("POST /posts");
    expect(await (await empty.get("/", asBrowser)).text()).toContain(
      "curl http://vidrec.test/posts -H &#x27;content-type: application/json&#x27;",
    );
  });
});

test("GET /llms.txt names every operation, in the form of llmstxt.org", async () => {
  const response = await get("/llms.txt");
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const text = await response.text();
  expect(text).toMatch(/^# vidrec\n\n> [^\n]+\n\n/);
  const { paths } = (await apiDocument("1.2.3")) as { paths: Record<string, object> };
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(methods))
      expect(text).toContain(`- [${method.toUpperCase()} ${path}](openapi.json): `);
  expect(text).toContain("username (required)");
  expect(text).toMatch(/POST \/events.*`{"events":\[{.*"kind":"view"/);
  expect(text.length).toBeLessThan(12_000);
});
