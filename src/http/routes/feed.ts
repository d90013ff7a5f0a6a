/** `GET /feed`: a ranked list of posts for one user, a category or a mood. */
import { Elysia, t } from "elysia";
import type { FeedRequest, Service } from "../../feed/contract.ts";
import { isHead } from "../edge.ts";
import type { Metrics } from "../metrics.ts";
import { json, PostRef, responses } from "../openapi.ts";
import { NOT_BLANK, strict, WITHOUT_NUL } from "../parameters.ts";
import {
  flag,
  Id,
  limitOf,
  LIMIT,
  pageMetaOf,
  optionalText,
  PAGE_META_EXAMPLE,
  Reason,
  RecommendationId,
  TEXT_MAX,
  TIMING,
  Trace,
} from "../feed-schema.ts";
import { POST_EXAMPLE } from "../post.ts";
import { notReady } from "../problem.ts";
import { feedReply, PAGE_MAX } from "../render.ts";

/** A list token, for the documentation. */
const LIST_EXAMPLE = "MjAyNTA2MDFUMDAxMjAwMDAwWiAxNzQ4NzM2NzIwMDAw";

const FeedQuery = t.Object({
  username: t.String({
    minLength: 1,
    maxLength: TEXT_MAX,
    pattern: NOT_BLANK,
    description: "Whose feed: a username, or an id. A name nobody knows gets a feed for newcomers.",
    example: "maya-runs",
  }),
  project_code: optionalText(
    "Only posts of this category: a topic's code, or a category's id, name or slug; else those " +
      "whose name holds every word of it. Words that are in no name are matched by meaning.",
    "public-speaking",
  ),
  mood: optionalText("A mood to prefer: a name that `/moods` lists, or one's own words.", "calm"),
  page: t.Optional(
    t.Integer({
      minimum: 1,
      maximum: PAGE_MAX,
      default: 1,
      description: "From 1. Better follow `next`, which goes on in the same list.",
      examples: [1],
    }),
  ),
  page_size: limitOf(),
  explain: flag("Explain why each post is in the feed, and count what kept the others out"),
  list: t.Optional(
    t.String({
      maxLength: 500,
      pattern: WITHOUT_NUL,
      description: "The ranked list that `next` goes on in; opaque, never made up",
      examples: [LIST_EXAMPLE],
    }),
  ),
});

const { read, parameters } = strict({ query: FeedQuery });

const FeedReply = t.Object({
  status: t.Literal("success"),
  post: t.Array(PostRef, { description: "In rank order; empty past the end" }),
  page: t.Integer(),
  page_size: t.Integer({ description: "As requested" }),
  next: t.Union([t.String(), t.Null()], {
    description: "Path and query of the next page; null after the last one",
  }),
  meta: t.Composite([pageMetaOf(Id), t.Object({ recommendation_id: RecommendationId })]),
  explain: t.Optional(t.Array(Reason, { description: "Entry n explains `post[n]`" })),
  trace: t.Optional(Trace),
});

const EXAMPLE: typeof FeedReply.static = {
  status: "success",
  post: [POST_EXAMPLE],
  page: 1,
  page_size: 1,
  next: `/feed?username=maya-runs&mood=calm&page=2&page_size=1&list=${LIST_EXAMPLE}`,
  meta: {
    ...PAGE_META_EXAMPLE,
    user: { id: 12, known: true },
    match: ["mood:calm"],
    recommendation_id: "019725f3-1f80-7a6b-9c5e-0d8d2a3c4b5e",
  },
};

export const feedRoute = (
  { feed, readiness }: Pick<Service, "feed" | "readiness">,
  fellBack: Metrics["fellBack"],
) =>
  new Elysia().get(
    "/feed",
    async ({ request: asked }) => {
      const request = feedRequest(read(asked.url).query);
      const page = await feed({ ...request, isPreview: isHead(asked) });
      if (page === undefined) return notReady(await readiness());
      fellBack(page.fallback);
      return feedReply(request, page);
    },
    {
      detail: {
        parameters,
        tags: ["feed"],
        operationId: "getFeed",
        summary: "Recommend posts to a user",
        description:
          "A ranked list for this user, of one category (`project_code`), coloured by a `mood`, " +
          "or both. Never empty while there is a post to show. Page 1 ranks afresh; `next` goes " +
          "on in the same list, so no post comes twice.",
        responses: responses(
          { 200: { ...json("A page of the feed", FeedReply, EXAMPLE), headers: TIMING } },
          422,
          503,
        ),
      },
    },
  );

function feedRequest(query: typeof FeedQuery.static): FeedRequest {
  const { page = 1, page_size: pageSize = LIMIT, explain = false } = query;
  return {
    username: query.username,
    projectCode: query.project_code?.trim() || undefined,
    mood: query.mood?.trim() || undefined,
    page,
    pageSize,
    list: query.list || undefined,
    explain,
  };
}
