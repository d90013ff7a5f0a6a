/** Access to the service's routes: without any key, and with keys. */
import { describe, expect, test } from "bun:test";
import { serving, WITHOUT_KEYS } from "../support/http.ts";
import { fakeService } from "../support/service.ts";
import { keyring, checking, bearer } from "./keyring.ts";

type Keyring = Awaited<ReturnType<typeof keyring>>;

describe("without any key", () => {
  const here = { keys: WITHOUT_KEYS.keys };

  test("everybody may read, and only this machine write", async () => {
    for (const isLocal of [true, false]) {
      const { ask, outcomes } = checking(here, { isLocal });
      expect((await ask("GET")).status).toBe(200);
      expect((await ask("GET", bearer("left over"))).status).toBe(200);
      const written = await ask("POST");
      expect(written.status).toBe(isLocal ? 200 : 403);
      expect(outcomes.at(-1)).toBe(isLocal ? "no_keys_made" : "not_local");
      if (!isLocal) expect(await written.text()).toContain("vidrec keys add --scope write");
    }
  });

  test.each([
    ["through a proxy", { "x-forwarded-for": "192.0.2.1" }],
    ["through another proxy", { forwarded: "for=192.0.2.1" }],
    ["through a third", { via: "1.1 proxy" }],
    ["through another CDN", { "cdn-loop": "cdn.test" }],
    ["through one that tells the scheme alone", { "X-Forwarded-Proto": "https" }],
    ["through a tunnel", { "CF-Connecting-IP": "192.0.2.1" }],
    ["through a CDN", { "True-Client-IP": "192.0.2.1" }],
    ["for the public name of a proxy", { host: "feed.example.com" }],
    ["of a web page from elsewhere", { host: "localhost:8000", origin: "https://evil.test" }],
    ["of an image in such a page", { host: "localhost:8000", "sec-fetch-site": "cross-site" }],
    ["of a page at another port", { host: "localhost:8000", "sec-fetch-site": "same-site" }],
    ["of a page without an origin", { host: "localhost:8000", origin: "null" }],
  ])("a request %s is not this machine's", async (_, headers) => {
    const { ask } = checking(here);
    expect((await ask("DELETE", headers)).status).toBe(403);
    expect((await ask("GET", headers)).status).toBe(200);
  });

  test("a page of the service itself and those of CORS_ORIGINS may write", async () => {
    const { ask } = checking(here, {}, ["https://app.example.com"]);
    const host = "127.0.0.1:8000";
    for (const [origin, site] of [
      [`http://${host}`, "same-origin"],
      ["https://app.example.com", "cross-site"],
    ] as const)
      // prettier-ignore
      expect((await ask("POST", { host, origin, "sec-fetch-site": site })).status).toBe(200);
    expect((await ask("POST", { host, "sec-fetch-site": "none" })).status).toBe(200);
  });
});

describe("the service with keys", () => {
  const CORS = ["https://app.example.com"];
  const open = async (ring: Keyring) =>
    serving(fakeService(), { access: { ...WITHOUT_KEYS, keys: ring.keys }, corsOrigins: CORS });

  test("shows its health and documentation to everybody, and nothing else", async () => {
    const { get } = await open(await keyring());
    const public_ = ["/", "/llms.txt", "/health", "/health/ready", "/docs", "/docs/", "/docs/swagger-ui.css", "/openapi.json"]; // prettier-ignore
    for (const path of public_) expect([path, (await get(path)).status]).toEqual([path, 200]);
    for (const path of [
      "/feed?username=ada",
      "/metrics",
      "/moods",
      "/categories",
      "/posts/1/similar",
    ])
      for (const method of ["GET", "HEAD"])
        expect([path, (await get(path, { method })).status]).toEqual([path, 401]);
    expect((await get("/nowhere")).status).toBe(404);
    expect((await get("/feed", { method: "OPTIONS" })).status).toBe(405);
  });

  test("lets pages of CORS_ORIGINS send a key, and read why they may not", async () => {
    const ring = await keyring();
    const { get } = await open(ring);
    const asked = { origin: CORS[0]!, "access-control-request-method": "GET", "access-control-request-headers": "authorization" }; // prettier-ignore
    const preflight = await get("/feed", { method: "OPTIONS", headers: asked });
    expect(preflight.ok).toBeTrue();
    const allowed = preflight.headers.get("access-control-allow-headers")!.toLowerCase();
    expect(allowed.split(/, ?/)).toContain("authorization");
    const refused = await get("/feed?username=ada", { headers: { origin: CORS[0]! } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, CORS[0]!]); // prettier-ignore
    const headers = { origin: CORS[0]!, ...bearer(ring.read) };
    expect((await get("/feed?username=ada", { headers })).status).toBe(200);
  });

  test("counts in its metrics what came of each check", async () => {
    const ring = await keyring();
    const { get } = await open(ring);
    await get("/moods");
    const metrics = await (await get("/metrics", { headers: bearer(ring.read) })).text();
    expect(metrics).toContain('vidrec_http_access_total{outcome="missing"} 1');
    expect(metrics).toContain('vidrec_http_access_total{outcome="granted"} 1');
  });
});
