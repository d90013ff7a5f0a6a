/** `GET /`: what runs here, as a page for browsers and as JSON for others. */
import { Elysia } from "elysia";
import type { About, Service } from "../../feed/contract.ts";
import type { Readiness } from "../../feed/readiness.ts";
import { aboutPage, AboutReply, POLICY } from "../about-page.ts";
import { json, responses } from "../openapi.ts";
import { notReady } from "../problem.ts";
import { OPEN } from "../security.ts";

const LINKS = {
  dashboard: "dashboard",
  documentation: "docs",
  openapi: "openapi.json",
  llms: "llms.txt",
  readiness: "health/ready",
};

const EXAMPLE: AboutReply = {
  name: "vidrec",
  version: "1.0.0",
  catalogue: "own",
  posts: 2227,
  people: 203,
  events: 41250,
  snapshot: { id: "20250601T001200000Z", age_seconds: 60, posts: 2227 },
  next: null,
  links: LINKS,
};

const HTML = "text/html; charset=utf-8";

export const aboutRoute = (
  { about, readiness }: Pick<Service, "about" | "readiness">,
  version: string,
) =>
  new Elysia().get(
    "/",
    async ({ request }) => {
      const counts = await about().catch(() => undefined);
      if (counts === undefined)
        return notReady({ waitsFor: "the store can't be read now: see /health/ready" });
      const it = replyOf(version, counts, await readiness());
      const shared = { vary: "accept" };
      if (!prefersHtml(request.headers.get("accept") ?? ""))
        return Response.json(it, { headers: shared });
      const page = aboutPage(it, new URL(request.url).origin);
      return new Response(page, {
        headers: { ...shared, "content-type": HTML, "content-security-policy": POLICY },
      });
    },
    {
      detail: {
        tags: ["operation"],
        security: OPEN,
        operationId: "getAbout",
        summary: "Say what runs here",
        description:
          "Counts, the newest snapshot and links; to browsers (`Accept: text/html`) as a page.",
        responses: responses({ 200: json("What runs here", AboutReply, EXAMPLE) }, 503),
      },
    },
  );

/** True if a client names HTML, and no JSON before it. */
function prefersHtml(accept: string): boolean {
  const types = accept.split(",").map((it) => it.split(";")[0]!.trim().toLowerCase());
  return types.find((it) => it === "text/html" || it === "application/json") === "text/html";
}

function replyOf(version: string, about: About, readiness: Readiness): AboutReply {
  const { snapshot, waitsFor } = readiness;
  const learnt = snapshot && {
    id: snapshot.id,
    age_seconds: snapshot.ageSeconds,
    posts: snapshot.posts,
  };
  return {
    name: "vidrec",
    version,
    ...about,
    snapshot: learnt ?? null,
    next: learnt ? null : (waitsFor ?? (about.posts === 0 ? SEND : LEARNING)),
    links: LINKS,
  };
}

const SEND =
  "there is no post yet: send some to POST /posts, or import a file with `vidrec import`";
const LEARNING = "the first snapshot is being made; see /health/ready";
