/** `/dashboard`: its page and files, and the session of a browser that has shown an admin key. */
import { Elysia } from "elysia";
import { grants, hashOf } from "../../domain/api-key.ts";
import type { Access } from "../access.ts";
import { readJson } from "../body.ts";
import { problem, refused } from "../problem.ts";
import { OPEN } from "../security.ts";
import { dashboardAssets } from "./assets.ts";
import { DASHBOARD_POLICY, dashboardPage } from "./page.ts";
import { clearedCookie, sessionCookie } from "./session-cookie.ts";

const HIDDEN = { hide: true, security: OPEN };

/** The routes. They hold nothing of the catalogue: what the page shows comes from routes that need a key. */
export function dashboardRoutes(
  { keys, sessionSecret, nowMs = Date.now }: Access,
  version: string,
) {
  const mark = encodeURIComponent(version);
  const page = () =>
    new Response(dashboardPage(mark), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": DASHBOARD_POLICY,
        "referrer-policy": "no-referrer",
      },
    });
  return new Elysia({ detail: HIDDEN })
    .get("/favicon.ico", () => new Response(null, { status: 204 })) // browsers ask for it unasked
    .get("/dashboard", page)
    .get("/dashboard/app.js", ({ request }) => file(request, "script", "text/javascript"))
    .get("/dashboard/app.css", ({ request }) => file(request, "style", "text/css"))
    .post(
      "/dashboard/session",
      async ({ request }) => {
        const given: unknown = Object(await readJson(request)).key;
        if (typeof given !== "string")
          return refused({ field: "key", detail: "must be a key of scope admin, as text" });
        const hash = hashOf(given.trim());
        const key = await keys().find(hash);
        if (key === undefined || !grants(key.scope, "admin"))
          return problem(403, "this is no admin key: make one with `vidrec keys add --scope admin --name dashboard`"); // prettier-ignore
        const cookie = sessionCookie(
          sessionSecret(),
          { name: key.name, hash },
          nowMs(),
          isOverTls(request),
        );
        return new Response(null, { status: 204, headers: { "set-cookie": cookie } });
      },
      { parse: "none" },
    )
    .delete(
      "/dashboard/session",
      () => new Response(null, { status: 204, headers: { "set-cookie": clearedCookie() } }),
    )
    .get("/dashboard/:screen", page)
    .get("/dashboard/:screen/:id", page);
}

/** True if the browser's own connection is encrypted: to vidrec, or to the first proxy, which says so. */
const isOverTls = ({ headers, url }: Request) =>
  (headers.get("x-forwarded-proto") ?? url).trim().toLowerCase().startsWith("https");

const compressed = new Map<string, Uint8Array<ArrayBuffer>>();

/** One of the files, gzipped where the browser takes that. */
async function file(request: Request, name: "script" | "style", type: string): Promise<Response> {
  const text = (await dashboardAssets())[name];
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "public, max-age=86400",
    vary: "accept-encoding",
  };
  if (!/\bgzip\b/.test(request.headers.get("accept-encoding") ?? ""))
    return new Response(text, { headers });
  const bytes = compressed.get(name) ?? Bun.gzipSync(text);
  compressed.set(name, bytes);
  return new Response(bytes, { headers: { ...headers, "content-encoding": "gzip" } });
}
