/** Access to routes: keys, scopes, and the routes that are open without. */
import { describe, expect, test } from "bun:test";
import { hashOf, type Scope } from "../../src/domain/api-key.ts";
import { needs, OPEN } from "../../src/http/security.ts";
import { serving, WITHOUT_KEYS } from "../support/http.ts";
import { fakeService } from "../support/service.ts";
import { keyring, checking, bearer } from "./keyring.ts";

describe("a key", () => {
  const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

  test("of scope read lets in to read, write to write as well, admin everywhere", async () => {
    const ring = await keyring();
    const { ask } = checking(ring, { perMinute: 99 });
    const statuses = async (scope: Scope, detail?: object) =>
      Promise.all(METHODS.map(async (it) => (await ask(it, bearer(ring[scope]), detail)).status));
    const [no, yes] = [403, 200];
    expect(await statuses("read")).toEqual([yes, yes, no, no, no, no]);
    expect(await statuses("write")).toEqual([yes, yes, yes, yes, yes, yes]);
    const admin = { security: needs("admin") };
    expect(await statuses("write", admin)).toEqual([no, no, no, no, no, no]);
    expect(await statuses("admin", admin)).toEqual([yes, yes, yes, yes, yes, yes]);
    expect((await ask("POST", bearer(ring.read), { security: needs("read") })).status).toBe(yes);
  });

  test.each([
    ["Authorization: Bearer", (it: string) => ({ authorization: `Bearer ${it}` }), 200],
    ["the same in any case", (it: string) => ({ authorization: `bEARER  ${it} ` }), 200],
    ["X-API-Key", (it: string) => ({ "x-api-key": it }), 200],
    ["X-API-Key beside a proxy's own Authorization", (it: string) => ({ "x-api-key": it, authorization: "Bearer other" }), 200], // prettier-ignore
    ["Authorization beside an empty X-API-Key", (it: string) => ({ "x-api-key": "", authorization: `Bearer ${it}` }), 200], // prettier-ignore
    ["another scheme", (it: string) => ({ authorization: `Basic ${it}` }), 401],
    ["no scheme", (it: string) => ({ authorization: it }), 401],
    ["a key with a letter more", (it: string) => ({ "x-api-key": `${it}a` }), 401],
    ["its hash", (it: string) => ({ "x-api-key": hashOf(it) }), 401],
    ["a very long key", (it: string) => ({ "x-api-key": it.repeat(99) }), 401],
    ["nothing", () => ({}), 401],
  ])("is sent as %s", async (_, headers, status) => {
    const ring = await keyring();
    expect((await checking(ring).ask("GET", headers(ring.read))).status).toBe(status);
  });

  test("is needed as soon as there is one, whatever its scope, and not where a route is open", async () => {
    const ring = await keyring(["read"]);
    const { ask } = checking(ring);
    expect((await ask("GET")).status).toBe(401);
    expect((await ask("POST")).status).toBe(401);
    expect((await ask("GET", {}, { security: OPEN })).status).toBe(200);
    await ring.keys().revoke("read");
    expect((await ask("GET", bearer(ring.read))).status).toBe(200);
  });

  test("counts from the next request on, and no longer than until it is revoked", async () => {
    const ring = await keyring(["admin"]);
    const { ask } = checking(ring);
    expect((await ask("GET", bearer(ring.read))).status).toBe(401);
    await ring.keys().add({ name: "late", scope: "read", createdAtMs: 2 }, hashOf(ring.read));
    expect((await ask("GET", bearer(ring.read))).status).toBe(200);
    await ring.keys().revoke("late");
    expect((await ask("GET", bearer(ring.read))).status).toBe(401);
  });

  test("that can't be looked up lets nobody in", async () => {
    const keys = () => ({
      any: () => Promise.reject(new Error("disk")),
      find: async () => undefined,
      named: async () => undefined,
    });
    const { get, lines } = serving(fakeService(), { access: { ...WITHOUT_KEYS, keys } });
    expect((await get("/feed?username=ada")).status).toBe(503);
    expect((await get("/health")).status).toBe(200);
    expect(lines.join("\n")).toContain("disk");
  });
});

describe("a refusal", () => {
  test("says how to get in, as RFC 6750 has it", async () => {
    const ring = await keyring();
    const { ask } = checking(ring);
    const refusals: [Response, number, string, string][] = [
      [await ask("GET"), 401, 'Bearer realm="vidrec"', "Authorization: Bearer"],
      [await ask("GET", bearer("vr_x")), 401, 'Bearer realm="vidrec", error="invalid_token"', "unknown or was revoked"],
      [await ask("POST", bearer(ring.read)), 403, 'Bearer realm="vidrec", error="insufficient_scope", scope="write"', "vidrec keys add --scope write"],
    ]; // prettier-ignore
    for (const [response, status, challenge, advice] of refusals) {
      expect(response.status).toBe(status);
      expect(response.headers.get("www-authenticate")).toBe(challenge);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.text()).toContain(advice);
    }
  });

  test("is counted by its reason, and logged without the key", async () => {
    const ring = await keyring();
    const { ask, lines, outcomes } = checking(ring);
    for (const key of ["vr_secret1", "vr_secret2", "vr_secret3"]) await ask("GET", bearer(key));
    await ask("GET");
    await ask("POST", bearer(ring.read));
    await ask("GET", bearer(ring.read));
    expect(outcomes).toEqual(["unknown", "unknown", "unknown", "missing", "scope", "granted"]);
    expect(lines).toEqual(["1 request with an unknown key"]); // the next line comes in a minute
  });
});

describe("a limit", () => {
  test("is each key's own, told with every reply, and answered 429 beyond", async () => {
    const ring = await keyring();
    const { ask, outcomes } = checking(ring, { perMinute: 2 });
    const first = await ask("GET", bearer(ring.read));
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=2;w=60');
    expect(first.headers.get("ratelimit")).toBe('"key";r=1;t=60');
    expect((await ask("POST", bearer(ring.read))).headers.get("ratelimit")).toStartWith(
      '"key";r=0;',
    );
    const over = await ask("GET", bearer(ring.read));
    expect(over.status).toBe(429);
    expect(over.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d\d?$/);
    expect(Number(over.headers.get("retry-after"))).toBeWithin(1, 61);
    expect(await over.json()).toMatchObject({ title: "Too many requests" });
    expect((await ask("GET", bearer(ring.write))).status).toBe(200);
    expect(outcomes).toEqual(["granted", "scope", "over_limit", "granted"]);
  });

  test("is of no request without a key", async () => {
    const { ask } = checking({ keys: WITHOUT_KEYS.keys }, { perMinute: 1 });
    for (let n = 0; n < 3; n++) expect((await ask("GET")).status).toBe(200);
  });
});
