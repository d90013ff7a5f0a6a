/** `/docs` and `/openapi.json`: the API's documentation, a page that needs no internet. */
import { swagger } from "@elysiajs/swagger";
import type { ElysiaSwaggerConfig } from "@elysiajs/swagger/types";
import { Elysia } from "elysia";
import stylesheet from "swagger-ui-dist/swagger-ui.css" with { type: "file" };
import bundle from "swagger-ui-dist/swagger-ui-bundle.js" with { type: "file" };
import { contentPolicy, OWN_FILES } from "./content-policy.ts";
import { components } from "./openapi.ts";
import { uncoerced } from "./parameters.ts";
import { OPEN, withSecurity } from "./security.ts";

/** Files of Swagger UI, embedded in the program. */
const ASSETS = {
  "swagger-ui-bundle.js": { file: bundle, type: "text/javascript; charset=utf-8" },
  "swagger-ui.css": { file: stylesheet, type: "text/css; charset=utf-8" },
} as const;

const ABOUT = `Ranked lists of short videos, for a person, a category or a mood.

Errors are problems (RFC 9457), of type \`application/problem+json\`. Parameters that are not listed
are refused by \`/recommendations\`, \`/search\`, \`/posts\`, \`/stats\` and \`/overview\`, and ignored elsewhere; a listed one may be given once, but a list as often as it has entries. URLs may have 4 kB, bodies 1 MB, unzipped. Every path that
answers GET answers HEAD; any other method is answered 405 with \`Allow\`.`;

export function docsRoutes(version: string) {
  const options = swaggerOptions(version);
  const page = pageAt(options, { assets: "docs/", document: "openapi.json" });
  // The page's links are relative, for proxies with a path of their own: here they differ.
  const pageWithSlash = pageAt(options, { assets: "", document: "../openapi.json" });
  return new Elysia({ detail: { security: OPEN } })
    .onBeforeHandle(({ path }) => (path === "/docs" ? page() : undefined))
    .get("/docs/", pageWithSlash, HIDDEN)
    .mapResponse(({ path, responseValue }) =>
      path === "/openapi.json" ? documentReply(responseValue as Document) : undefined,
    )
    .use(swagger(options))
    .use(assetRoutes());
}

function assetRoutes() {
  const routes = new Elysia();
  for (const [name, { file, type }] of Object.entries(ASSETS)) {
    const headers = { "content-type": type, "cache-control": "public, max-age=86400" };
    routes.get(`/docs/${name}`, () => new Response(Bun.file(file), { headers }), HIDDEN);
  }
  return routes;
}

const HIDDEN = { detail: { hide: true } };

function swaggerOptions(version: string): ElysiaSwaggerConfig<"/docs"> {
  return {
    provider: "swagger-ui",
    path: "/docs",
    specPath: "/openapi.json",
    autoDarkMode: false,
    swaggerOptions: { tryItOutEnabled: true },
    documentation: {
      // 3.1, since Elysia's schemas are JSON Schema; the plug-in's type knows only 3.0.
      openapi: "3.1.0",
      info: { title: "vidrec", version, description: ABOUT, license: { name: "MIT" } },
      tags: [
        { name: "feed", description: "Ranked lists of posts" },
        { name: "data", description: "Posts, users and events of your own app" },
        { name: "gorse", description: "Gorse's REST, for apps that speak it: errors are text" },
        { name: "catalogue", description: "Categories and moods that a feed can have" },
        { name: "operation", description: "State of the service" },
      ],
      components,
    } as object,
  };
}

/** Gives the page, which is made when it is first asked for. */
function pageAt(...given: Parameters<typeof localPage>) {
  let page: Promise<Response> | undefined;
  return async () => (await (page ??= localPage(...given))).clone();
}

/** The plug-in's page with local files instead of a CDN's, and a content policy that allows no others. */
async function localPage(
  options: ElysiaSwaggerConfig<"/docs">,
  links: { readonly assets: string; readonly document: string },
): Promise<Response> {
  const response = await swagger(options).handle(new Request("http://localhost/docs"));
  const page = (await response.text())
    .replaceAll(CDN, links.assets)
    .replace("<head>", `<head>\n<script>${DARK_MODE}</script>`)
    .replace('"openapi.json"', JSON.stringify(links.document));
  const hashes = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(
    ([, script = ""]) =>
      `'sha256-${new Bun.CryptoHasher("sha256").update(script).digest("base64")}'`,
  );
  const policy = contentPolicy(`script-src 'self' ${hashes.join(" ")}`, ...OWN_FILES);
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
  };
  return new Response(page, { headers });
}

/** Swagger UI has a dark look, which no setting turns on. */
const DARK_MODE = `document.documentElement.classList.toggle("dark-mode", matchMedia("(prefers-color-scheme: dark)").matches)`;

const CDN = /https:\/\/unpkg\.com\/swagger-ui-dist@[^/"]+\//g;

type Document = { readonly paths: object };

/** Reply with the plug-in's document, corrected. */
function documentReply(document: Document): Response {
  return new Response(JSON.stringify(withSecurity(document), corrected), {
    headers: { "content-type": "application/json" },
  });
}

/** JSON replacer: undoes Elysia's coercion in schemas, and moves a parameter's examples into its schema. */
function corrected(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!("in" in value && "examples" in value && "schema" in value)) return uncoerced(value);
  const { examples, schema, ...parameter } = value;
  return { ...parameter, schema: { ...(schema as object), examples } };
}
