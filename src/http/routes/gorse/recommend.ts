/** Gorse's REST: recommendations, charts, neighbors. */
import { Elysia, t } from "elysia";
import type { PostId, UserId } from "../../../domain/ids.ts";
import type { RecommendationsRequest, Service } from "../../../feed/contract.ts";
import { refusedType } from "../../../ingest/gorse/feedback.ts";
import { Refusal } from "../../../ingest/rows/refusal.ts";
import { BODY_BYTES_MAX, isHead } from "../../edge.ts";
import { strict } from "../../parameters.ts";
import { notReady, problem } from "../../problem.ts";
import { needs } from "../../security.ts";
import { listOf } from "./bodies.ts";
import { body, count, documented, id, N, name, offset, reply, type Context } from "./replies.ts";

type Deps = Pick<Service, "recommend" | "similar" | "chart" | "gorse" | "readiness">;
type Scored = { readonly id: string; readonly score: number };

const user = id("The user's id; one that is not known is a newcomer", "bob");
const item = id("The item's id", "knots-1");
const category = name("Name of a category", "crafts");
const part = t.Object({ n: count, offset });
const text = (description: string, example: string) =>
  t.Optional(t.String({ maxLength: 64, description, examples: [example] }));
const recommendQuery = t.Object({
  ...part.properties,
  category: t.Optional(
    t.String({ maxLength: 200, description: "As in the path", examples: ["crafts"] }),
  ),
  "write-back-type": text("Feedback that is stored for each item of the reply", "read"),
  "write-back-delay": text("Accepted, and has no effect: the feedback counts at once", "10m"),
});

const SCORES = reply("Items with scores, the best first", [{ Id: "knots-1", Score: 0.7 }]);
const IDS = reply("Ids of items, the best first; with `X-API-Version: 2` as `{Id, Score}`", ["knots-1"]); // prettier-ignore

/** `/api/recommend`, `/api/session/recommend`, `/api/latest`, `/api/popular`, `/api/item/{item}/neighbors`. */
export function gorseRecommend(deps: Deps) {
  const app = new Elysia();
  for (const isIn of [false, true]) {
    const suffix = isIn ? "/:category" : "";
    const { of, hooks } = documentation(isIn);
    app
      .get(`/api/recommend/:user${suffix}`, ({ request, params: path }: Context) => {
        const { params, query } = of.recommended.read(request.url, path);
        return recommend(deps, request, { ...query, ...params });
      }, hooks.recommend) // prettier-ignore
      .post(`/api/session/recommend${suffix}`, async ({ request, params: path }: Context) => {
        const { params, query } = of.all.read(request.url, path);
        // Nothing is stored of it, and who may only read must not hold up others with a batch.
        const rows = await listOf(request, BODY_BYTES_MAX);
        return session(deps, rows, { ...query, ...params });
      }, hooks.session) // prettier-ignore
      .get(`/api/item/:item/neighbors${suffix}`, ({ request, params: path }: Context) => {
        const { params, query } = of.near.read(request.url, path);
        return neighbors(deps, params.item as PostId, { ...query, ...params });
      }, hooks.neighbors); // prettier-ignore
    for (const name of CHARTS)
      app.get(`/api/${name}${suffix}`, ({ request, params: path }: Context) => {
        const { params, query } = of.all.read(request.url, path);
        return chart(deps, name, { ...query, ...params });
      }, hooks[name]); // prettier-ignore
  }
  return app;
}

const CHARTS = ["latest", "popular"] as const;

/** Parameters and hooks of the routes, with a category in their path or without. */
function documentation(isIn: boolean) {
  const params = isIn ? { category } : {};
  const of = {
    recommended: strict({ params: t.Object({ user, ...params }), query: recommendQuery }),
    near: strict({ params: t.Object({ item, ...params }), query: part }),
    all: strict({ params: t.Object(params), query: part }),
  };
  const [end, rest] = isIn ? ["InCategory", " of a category"] : ["", ""];
  const charted = (name: string) =>
    documented(`gorse${name}${end}`, `List the ${name.toLowerCase()} items${rest}`, {
      parameters: of.all.parameters,
      ok: SCORES,
      errors: [503],
    });
  const hooks = {
    recommend: documented(`gorseRecommend${end}`, `Recommend items${rest} to a user`, {
      description:
        "The ranking of `/recommendations`, without what the user has seen. A write-back needs a key of scope write.",
      parameters: of.recommended.parameters,
      ok: IDS,
      errors: [503],
    }),
    session: documented(`gorseSession${end}`, `Recommend items${rest} after some feedback`, {
      description: "For somebody who did this and nothing else. Nothing is stored.",
      parameters: of.all.parameters,
      requestBody: body([{ FeedbackType: "star", UserId: "", ItemId: "knots-1" }]),
      ok: SCORES,
      errors: [415, 503],
      security: needs("read"),
    }),
    neighbors: documented(`gorseNeighbors${end}`, `List items${rest} like this one`, {
      parameters: of.near.parameters,
      ok: SCORES,
      errors: [503],
    }),
    latest: charted("Latest"),
    popular: charted("Popular"),
  };
  return { of, hooks };
}

/** A part of a list, of one category or of all. */
type Part = { readonly category?: string; readonly n?: number; readonly offset?: number };

async function neighbors({ similar, readiness }: Deps, item: PostId, asked: Part) {
  const { category, n = N, offset = 0 } = asked;
  const found = await similar(item, offset + n, category);
  if (found === undefined) return notReady(await readiness());
  const posts = typeof found === "string" ? [] : found.slice(offset);
  return scores(posts.map((it) => ({ id: it.id, score: it.similarity })));
}

async function chart({ chart, readiness }: Deps, name: (typeof CHARTS)[number], asked: Part) {
  const { category, n: limit = N, offset = 0 } = asked;
  const by = name === "latest" ? "newest" : "popular";
  const found = await chart({ by, category, offset, limit });
  return found === undefined ? notReady(await readiness()) : scores(found);
}

type Asked = Part & { readonly user: string; readonly "write-back-type"?: string };

async function recommend(deps: Deps, request: Request, asked: Asked): Promise<Response> {
  const type = asked["write-back-type"] ?? "";
  const refused = type === "" ? undefined : refusedType({ type });
  if (refused !== undefined) return problem(400, refused.detail);
  const who = { user: asked.user as UserId, isPreview: isHead(request) };
  const found = await ranked(deps, asked, who);
  if (found === undefined) return notReady(await deps.readiness());
  const rows = found.map((it) => ({ FeedbackType: type, UserId: asked.user, ItemId: it.id }));
  if (type !== "" && !isHead(request)) await deps.gorse.insertFeedback(rows, false);
  return request.headers.get("x-api-version") === "2"
    ? scores(found)
    : Response.json(found.map((it) => it.id));
}

async function session(deps: Deps, rows: readonly unknown[], asked: Part): Promise<Response> {
  const past = await deps.gorse.past(rows, "stranger");
  if (past instanceof Refusal) return problem(400, past.detail);
  const found = await ranked(deps, asked, { user: "" as UserId, past });
  return found === undefined ? notReady(await deps.readiness()) : scores(found);
}

/** The ranking of `/recommendations`; none for a category that there is not. */
async function ranked(
  { recommend }: Deps,
  { category, n = N, offset = 0 }: Part,
  who: Pick<RecommendationsRequest, "user" | "past" | "isPreview">,
): Promise<readonly Scored[] | undefined> {
  const page = await recommend({
    ...who,
    mood: undefined,
    session: undefined,
    cursor: undefined,
    exclude: [],
    cards: false,
    explain: false,
    isUnseenOnly: true,
    isNamedOnly: true,
    category: category?.trim() || undefined,
    limit: offset + n,
    offset,
  });
  return page?.items;
}

const scores = (found: readonly Scored[]) =>
  Response.json(found.map(({ id, score }) => ({ Id: id, Score: score })));
