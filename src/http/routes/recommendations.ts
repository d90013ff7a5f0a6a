/** `GET /recommendations`: a ranked list for one user, for apps that name users and posts by their ids. */
import { Elysia, t } from "elysia";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { RecommendationsRequest, Service } from "../../feed/contract.ts";
import { isHead, URL_BYTES_MAX } from "../edge.ts";
import {
  flag,
  limitOf,
  LIMIT,
  pageMetaOf,
  optionalText,
  PAGE_META_EXAMPLE,
  Reason,
  RecommendationId,
  TIMING,
  Trace,
} from "../feed-schema.ts";
import type { Metrics } from "../metrics.ts";
import { json, responses } from "../openapi.ts";
import { ID, InvalidParameters, strict, WITHOUT_NUL } from "../parameters.ts";
import { notReady } from "../problem.ts";
import { nextPath, recommendationsReply } from "../render-recommendations.ts";

/** Longest cursor that is ever sent, in characters: in base64, 300 bytes of contests and 75 besides. */
const CURSOR_MAX = 520;
const CURSOR_EXAMPLE = "MjAyNTA2MDFUMDAxMjAwMDAwWiA0MSAxYjJj.20.20";

/** Parameters that say who asks for what. */
export const Intent = {
  user: t.String({
    ...ID,
    description: "The user's id. Who is not known yet gets a list for newcomers.",
    example: "12",
  }),
  category: optionalText(
    "Only posts of this category: a name that `/categories` lists, or words for it",
    "fitness",
  ),
  mood: optionalText("A mood to prefer: a name that `/moods` lists, or one's own words", "calm"),
};

const Query = t.Object({
  ...Intent,
  limit: limitOf(),
  exclude: t.Optional(
    t.Array(t.String({ ...ID, examples: ["2001"] }), {
      description:
        "Ids of posts that are not wanted, one a parameter: `exclude=a&exclude=b`. Unknown ones exclude nothing.",
      examples: [["2001"]],
    }),
  ),
  session: t.Optional(
    t.String({
      ...ID,
      description:
        "A session of your app: no post comes twice in one, whatever is asked, in every process and after a " +
        "restart. `next` then gives the same page when it is asked for again, and goes on with what the user's " +
        "events since then say; asking without `next` gives new posts first.",
      examples: ["s-81"],
    }),
  ),
  cards: flag("Send each post's card: the JSON that its app sent, or the post as `/feed` has it"),
  preview: flag("Only look: nothing is logged as shown, and no session remembers it"),
  explain: flag("Explain why each post is in the list, and count what kept the others out"),
  cursor: t.Optional(
    t.String({
      maxLength: CURSOR_MAX,
      pattern: WITHOUT_NUL,
      description: "The place that `next` goes on from; opaque, never made up",
      examples: [CURSOR_EXAMPLE],
    }),
  ),
});

const { read, parameters } = strict({ query: Query }, { closed: true });

const Item = t.Object({
  id: t.String({ description: "The post's id" }),
  score: t.Number({ description: "Of this list alone; 0 for what fills it up" }),
  position: t.Integer({ description: "From 1; goes on over pages" }),
  card: t.Optional(
    t.Unknown({ description: "With `cards=true`; null for a post that came without one" }),
  ),
  explain: t.Optional(t.Omit(Reason, ["id", "score"])),
});

const Reply = t.Object({
  recommendation_id: RecommendationId,
  items: t.Array(Item, { description: "In rank order; empty past the end" }),
  next: t.Union([t.String(), t.Null()], {
    description: "Path and query of the next page; null after the last one",
  }),
  meta: pageMetaOf(t.String()),
  trace: t.Optional(Trace),
});

/** Reply of `GET /recommendations`. */
export type RecommendationsReply = typeof Reply.static;

const EXAMPLE: RecommendationsReply = {
  recommendation_id: "019725f3-1f80-7a6b-9c5e-0d8d2a3c4b5e",
  items: [
    { id: "2001", score: 3.1742, position: 1 },
    { id: "at://did:plc:w7/app.post/3k", score: 2.9, position: 2 },
  ],
  next: `/recommendations?user=12&limit=2&cursor=${CURSOR_EXAMPLE}`,
  meta: {
    ...PAGE_META_EXAMPLE,
    user: { id: "12", known: true },
    prefetch: { ...PAGE_META_EXAMPLE.prefetch, posts: 2 },
  },
};

/** `GET /recommendations`. */
export const recommendationsRoute = (
  { recommend, readiness }: Pick<Service, "recommend" | "readiness">,
  fellBack: Metrics["fellBack"],
) =>
  new Elysia().get(
    "/recommendations",
    async ({ request: asked }) => {
      const { query } = read(asked.url);
      const request = { ...requestOf(query), isPreview: isHead(asked) || query.preview === true };
      const page = await recommend(request);
      if (page === undefined) return notReady(await readiness());
      fellBack(page.fallback);
      return recommendationsReply(request, page);
    },
    {
      detail: {
        parameters,
        tags: ["feed"],
        operationId: "getRecommendations",
        summary: "Recommend posts to a user, by ids",
        description:
          "The same list as `/feed`, for apps that have the posts themselves: ids and scores, and the cards " +
          "they sent if they ask for them. `next` goes on in the same list; a page is short only at its end.",
        responses: responses(
          { 200: { ...json("A page of recommendations", Reply, EXAMPLE), headers: TIMING } },
          422,
          503,
        ),
      },
    },
  );

function requestOf(query: typeof Query.static): RecommendationsRequest {
  const request: RecommendationsRequest = {
    user: query.user as UserId,
    category: query.category?.trim() || undefined,
    mood: query.mood?.trim() || undefined,
    limit: query.limit ?? LIMIT,
    exclude: (query.exclude ?? []) as PostId[],
    session: query.session,
    cards: query.cards ?? false,
    explain: query.explain ?? false,
    cursor: query.cursor || undefined,
  };
  // The reply's `next` must be short enough to be asked for.
  const isLong = nextPath(request, "x".repeat(CURSOR_MAX)).length > URL_BYTES_MAX;
  if (!isLong || request.exclude.length === 0) return request;
  const message = `must leave ${CURSOR_MAX} of the URL's ${URL_BYTES_MAX} bytes to the cursor of the next page`;
  throw new InvalidParameters([{ field: "exclude", message }]);
}
