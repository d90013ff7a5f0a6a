/** Limits, methods, headers and log around every request, whichever route answers it. */
import { cors } from "@elysiajs/cors";
import { Elysia } from "elysia";
import type { Admit } from "./access.ts";
import { garbageCollector } from "./garbage.ts";
import { inGorsesShape, isGorse, writesBack } from "./gorse-edge.ts";
import { misdirected } from "./host.ts";
import { nothingHere, problem, PROBLEMS } from "./problem.ts";
import { neededBy as declared, type Declared, type Needed } from "./security.ts";

type Handle = (request: Request) => Response | Promise<Response>;
type Route = {
  readonly path: string;
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  /** By method. */
  readonly needed: ReadonlyMap<string, Needed>;
};

/** Options of the edge. */
type EdgeOptions = {
  readonly routes: readonly {
    readonly method: string;
    readonly path: string;
    readonly hooks?: { readonly detail?: Declared };
  }[];
  readonly admit: Admit;
  /** Origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
  /** Host names that requests may be for; `undefined`: any. */
  readonly hosts: readonly string[] | undefined;
  readonly log: (line: string) => void;
  readonly observe: (method: string, route: string, status: number, seconds: number) => void;
};

/** Longest path and query, in bytes. */
export const URL_BYTES_MAX = 4096;
/** Longest body of requests that are read whole, in bytes. */
export const BODY_BYTES_MAX = 1_048_576;
/** Longest body under `/api`, in bytes: feedback comes in batches of many thousands. */
export const GORSE_BODY_BYTES_MAX = 16_777_216;
/** Longest body of others, in bytes. */
const IGNORED_BODY_BYTES_MAX = 65_536;
/** Methods whose bodies are read. */
const WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** Name of requests without a route in log and metrics. */
const NO_ROUTE = "(none)";

/** Wraps `inner`: refuses requests that no route should see, and completes the headers of replies. */
export function edge(inner: Handle, options: EdgeOptions) {
  const routes = routeTable(options.routes);
  const crossOrigin = crossOriginReplies(options.corsOrigins, routes);
  const answered = garbageCollector();
  return async (request: Request): Promise<Response> => {
    const startMs = performance.now();
    const { method } = request;
    // Relative for HTTP/1.0 without a Host header.
    const url = URL.parse(request.url, "http://localhost");
    const route = url === null ? undefined : routeOf(url, routes);
    const shared = await crossOrigin?.handle(request);
    const answer =
      refusal(request, url, route) ??
      misdirected(request, options.hosts) ??
      (shared && isPreflight(request, shared) && route ? shared : undefined) ??
      wrongRoute(method, route) ??
      (await options.admit(request, neededBy(url!, method, route!), async () =>
        inner(plain(request, url)),
      ));
    const response = await finished(await inGorsesShape(url, answer), method);
    shared?.headers.forEach((value, name) => response.headers.set(name, value));
    answered();
    const ms = performance.now() - startMs;
    const name = route?.path ?? NO_ROUTE;
    options.observe(method, name, response.status, ms / 1000);
    options.log(`${method} ${name} ${response.status} ${ms.toFixed(1)} ms`);
    return response;
  };
}

const neededBy = (url: URL, method: string, { needed }: Route): Needed =>
  writesBack(url) ? "write" : needed.get(method)!;

/** Every path with the methods it has. HEAD comes with GET. */
function routeTable(routes: EdgeOptions["routes"]): readonly Route[] {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return [...byPath].map(([path, found]) => {
    const segments = path.split("/").map((it) => (it[0] === ":" ? "[^/]+" : RegExp.escape(it)));
    const needed = new Map(
      found.flatMap(({ method, hooks }) =>
        (method === "GET" ? ["GET", "HEAD"] : [method]).map((it) => [
          it,
          declared(method, hooks?.detail),
        ]),
      ),
    );
    const pattern = new RegExp(`^${segments.join("/")}$`);
    return { path, pattern, methods: [...needed.keys()], needed };
  });
}

/** The route of a URL, whose trailing slash is cut off in place. */
function routeOf(url: URL, routes: readonly Route[]): Route | undefined {
  const find = (path: string) => routes.find(({ pattern }) => pattern.test(path));
  const exact = find(url.pathname);
  if (exact !== undefined || !/[^/]\/$/.test(url.pathname)) return exact;
  url.pathname = url.pathname.slice(0, -1);
  return find(url.pathname);
}

function refusal(
  { headers, method }: Request,
  url: URL | null,
  route: Route | undefined,
): Response | undefined {
  if (url === null) return problem(400, "the URL can't be read");
  const path = url.pathname + url.search;
  if (path.length > URL_BYTES_MAX) return problem(414, PROBLEMS[414].example);
  const isRead = route !== undefined && WITH_BODY.has(method) && route.needed.has(method);
  const readMax = isGorse(url.pathname) ? GORSE_BODY_BYTES_MAX : BODY_BYTES_MAX;
  const bytesMax = isRead ? readMax : IGNORED_BODY_BYTES_MAX;
  if (Number(headers.get("content-length")) > bytesMax)
    return problem(413, `a body may have ${bytesMax} bytes here, unzipped`);
  try {
    if (path.includes("%")) decodeURIComponent(path);
    return undefined;
  } catch {
    return problem(400, PROBLEMS[400].example);
  }
}

/** Makes empty replies with the CORS headers for `origins`; the reply to a preflight is complete. */
function crossOriginReplies(origins: readonly string[], routes: readonly Route[]) {
  if (origins.length === 0) return undefined;
  const config = {
    origin: ({ headers }: Request) => origins.includes(headers.get("origin") ?? ""),
    methods: [...new Set(routes.flatMap((it) => it.methods))],
    allowedHeaders: ["*", "Authorization"], // which "*" does not cover
    exposeHeaders: "*",
    credentials: false,
    maxAge: 600,
  };
  return new Elysia().use(cors(config)).onRequest(() => new Response());
}

/** True for a CORS preflight from a page of an allowed origin. */
function isPreflight({ method, headers }: Request, shared: Response): boolean {
  const isAsking = method === "OPTIONS" && headers.has("access-control-request-method");
  return isAsking && shared.headers.has("access-control-allow-origin");
}

function wrongRoute(method: string, route: Route | undefined): Response | undefined {
  if (route === undefined) return nothingHere();
  if (route.methods.includes(method)) return undefined;
  const allow = route.methods.join(", ");
  return problem(405, `this path answers ${allow}`, {}, { allow });
}

const heads = new WeakSet<Request>();

/** True for a request that was a HEAD: nobody sees the body of its reply, and nothing may be stored of it. */
export const isHead = (request: Request): boolean => heads.has(request);

/** The request as Elysia needs it: HEAD as GET, with an absolute URL without a slash at its end. */
function plain(request: Request, url: URL | null): Request {
  if (url === null) return request;
  if (url.hash !== "") url.hash = "";
  if (request.method !== "HEAD" && request.url === url.href) return request;
  if (request.method !== "GET" && request.method !== "HEAD") return new Request(url.href, request);
  const get = new Request(url.href, { headers: request.headers });
  if (request.method === "HEAD") heads.add(get);
  return get;
}

async function finished(response: Response, method: string): Promise<Response> {
  const { headers, status } = response;
  headers.set("x-content-type-options", "nosniff");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  if (method !== "HEAD") return response;
  headers.set("content-length", String((await response.arrayBuffer()).byteLength));
  return new Response(null, { status, headers });
}
