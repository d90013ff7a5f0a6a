/** The dashboard's page, its files, and the session of a browser that has shown an admin key. */
import { createHmac } from "node:crypto";
import { expect, test } from "bun:test";
import { hashOf, newKey, type Scope } from "../../../src/domain/api-key.ts";
import { openStore } from "../../../src/data/sqlite/open.ts";
import { DAY_MS } from "../../../src/domain/day.ts";
import { fakeService } from "../../support/service.ts";
import { serving, WITHOUT_KEYS } from "../../support/http.ts";

/** A server that other machines reach, with a key to try; its clock can be set. */
async function guarded(scope: Scope) {
  const store = openStore(":memory:");
  const key = newKey();
  await store.keys.add({ name: "desk", scope, createdAtMs: 0 }, hashOf(key));
  await store.keys.add({ name: "other", scope: "read", createdAtMs: 0 }, hashOf(newKey()));
  let nowMs = 0;
  const access = { ...WITHOUT_KEYS, keys: () => store.keys, isLocal: false, nowMs: () => nowMs };
  const { get, lines } = serving(fakeService(), { access });
  const login = (given: string, headers = {}) =>
    get("/dashboard/session", {
      method: "POST",
      body: JSON.stringify({ key: given }),
      headers: { "content-type": "application/json", ...headers },
    });
  const read = async (cookie: string) => (await get("/moods", { headers: { cookie } })).status;
  return { store, key, login, read, get, lines, wait: (ms: number) => void (nowMs += ms) };
}

const cookieOf = (reply: Response) => reply.headers.get("set-cookie")!.split(";")[0]!;

test("the page and its files are open, and its policy lets nothing from outside in", async () => {
  const { get } = await guarded("admin");
  for (const path of ["/dashboard", "/dashboard/feeds"]) {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|https?:/);
  }
  const script = await get("/dashboard/app.js", { headers: { "accept-encoding": "gzip" } });
  expect(script.headers.get("content-encoding")).toBe("gzip");
  expect((await script.arrayBuffer()).byteLength).toBeLessThan(100_000);
});

test("the icon that browsers ask for unasked is empty, and no error", async () => {
  const { get } = await guarded("admin");
  expect((await get("/favicon.ico")).status).toBe(204);
});

test("an admin key opens a session that reads, until it ends or the key is revoked", async () => {
  const { store, key, login, read, wait, lines } = await guarded("admin");
  const reply = await login(key);
  expect(reply.status).toBe(204);
  expect(reply.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict$/);
  const cookie = cookieOf(reply);
  expect(cookie).not.toContain(key);
  expect(await read(cookie)).toBe(200);
  expect(await read("")).toBe(401);
  expect(await read(`other=1; ${cookie}`)).toBe(200);
  expect(await read(cookie.replace(/.$/, (it) => (it === "A" ? "B" : "A")))).toBe(401);
  wait(DAY_MS);
  expect(await read(cookie)).toBe(401);
  const again = cookieOf(await login(key));
  expect(await read(again)).toBe(200);
  await store.keys.revoke("desk");
  expect(await read(again)).toBe(401);
  expect(lines.join("\n")).not.toContain(key);
});

test("a key may be pasted with the spaces and the line end around it", async () => {
  const { key, login } = await guarded("admin");
  expect((await login(` ${key}\n`)).status).toBe(204);
});

test("a body of another shape opens none, and what it holds is in no log", async () => {
  const { key, get, lines } = await guarded("admin");
  const login = async (body: string, type = "application/json") => {
    const headers = { "content-type": type };
    return (await get("/dashboard/session", { method: "POST", headers, body })).status;
  };
  for (const it of [{ key: [key] }, { Key: key }, { key: { key } }, [key], key, null])
    expect(await login(JSON.stringify(it))).toBe(422);
  expect([await login(key), await login("")]).toEqual([400, 400]);
  expect([await login(`key=${key}`, "application/x-www-form-urlencoded"), await login(key, "text/plain")]).toEqual([415, 415]); // prettier-ignore
  expect(await login(JSON.stringify({ key: "x".repeat(2_000_000) }))).toBe(413);
  expect(lines.join("\n")).not.toContain(key);
});

test("a smaller key, an unknown one and a session of other making open none", async () => {
  const { key, login, read } = await guarded("write");
  expect((await login(key)).status).toBe(403);
  expect((await login(newKey())).status).toBe(403);
  expect(await read("vidrec_dashboard=ZGVzaw.99999999.AAAA")).toBe(401);
});

test("who reads the store, and with it the key's hash, can make no session", async () => {
  const { key, login, read } = await guarded("admin");
  const cookie = cookieOf(await login(key));
  const [name, untilMs] = cookie.slice("vidrec_dashboard=".length).split(".") as [string, string];
  for (const text of [`desk ${untilMs}`, `${hashOf(key)} ${untilMs} desk`]) {
    const mac = createHmac("sha256", hashOf(key)).update(text).digest("base64url");
    expect(await read(`vidrec_dashboard=${name}.${untilMs}.${mac}`)).toBe(401);
  }
});

test("a session counts for the dashboard's own requests, not for those of other sites' pages", async () => {
  const { key, login, get } = await guarded("admin");
  const cookie = cookieOf(await login(key));
  const read = async (headers: Record<string, string>) =>
    (await get("/moods", { headers: { cookie, host: "vidrec.test", ...headers } })).status;
  for (const site of ["same-origin", "none"])
    expect(await read({ "sec-fetch-site": site })).toBe(200);
  for (const site of ["same-site", "cross-site"])
    expect(await read({ "sec-fetch-site": site })).toBe(401);
  expect(await read({ origin: "http://vidrec.test" })).toBe(200);
  for (const origin of ["http://vidrec.test:81", "http://other.test", "null"])
    expect(await read({ origin })).toBe(401);
  const write = async (headers: Record<string, string>) =>
    (await get("/learn", { method: "POST", headers: { cookie, host: "vidrec.test", ...headers } })).status; // prettier-ignore
  expect(await write({})).toBe(401);
  expect(await write({ origin: "http://other.test" })).toBe(401);
  expect(await write({ origin: "http://vidrec.test" })).not.toBe(401);
});

test.each([
  ["https", true],
  ["HTTPS, http", true],
  ["http", false],
  ["http, https", false],
])("a cookie set behind a proxy that was asked over %s is Secure: %p", async (proto, isSecure) => {
  const { key, login } = await guarded("admin");
  const reply = await login(key, { "x-forwarded-proto": proto });
  expect(reply.headers.get("set-cookie")!.endsWith("; Secure")).toBe(isSecure);
});
