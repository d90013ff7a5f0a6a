/** `GET /creators` and `GET /creators/{id}`: how much creators are shown, and why. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { CREATOR_SORTS } from "../../feed/creators/creators.ts";
import { STAGES } from "../../feed/creators/health.ts";
import { STATS_DAYS } from "../../feed/stats/stats.ts";
import { Days, SPAN_EXAMPLE, SpanFields } from "../days.ts";
import { limitOf, LIMIT, optionalText } from "../feed-schema.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { OUTCOMES_EXAMPLE, OutcomesFields } from "../outcomes-schema.ts";
import { strict } from "../parameters.ts";
import { notReady, problem } from "../problem.ts";
import { creatorReply, creatorsReply } from "../render-creators.ts";
import { idParam } from "../rows.ts";
import { needs } from "../security.ts";
import { DAYS_WORDS } from "./catalogue-health.ts";

/** Most entries that may be left out: more creators or posts than a store holds. */
const OFFSET_MAX = 10_000_000;

const Part = {
  days: Days(STATS_DAYS, DAYS_WORDS),
  limit: limitOf("creators or posts"),
  offset: t.Optional(
    t.Integer({ minimum: 0, maximum: OFFSET_MAX, default: 0, example: 0, description: "Entries that are left out from the beginning" }), // prettier-ignore
  ),
};

const FIRST_PART = { days: STATS_DAYS, offset: 0, limit: LIMIT };

const listed = strict(
  {
    query: t.Object({
      ...Part,
      q: optionalText("Part of their id, in any case", "ada"),
      sort: t.Optional(
        t.UnionEnum(CREATOR_SORTS, {
          default: "impressions",
          example: "impressions",
          description: "What they are sorted by",
        }),
      ),
      ascending: t.Optional(
        t.Boolean({ default: false, example: false, description: "The least first" }),
      ),
    }),
  },
  { closed: true },
);
const one = strict({ query: t.Object(Part), params: idParam("creator", "ada") }, { closed: true });

const Summary = {
  id: t.String({ description: "As posts name them" }),
  posts: t.Integer({ description: "Posts that feeds know" }),
  servable: t.Integer({ description: "Of these, those that may be shown" }),
  shown: t.Integer({ description: "Of these, those that were" }),
  impressions: t.Integer({ description: "How often their posts were shown" }),
  people: t.Integer({ description: "People who were shown one" }),
  share: t.Number({ description: "Share of the impressions of all creators" }),
};
const Absent = { reason: t.String(), words: t.String() };

const List = t.Object({
  ...SpanFields,
  total: t.Integer({ description: "Creators with such an id" }),
  creators: t.Array(t.Object(Summary)),
});
const Creator = t.Object({
  ...SpanFields,
  ...Summary,
  rank: t.Integer({ description: "By impressions, from 1" }),
  creators: t.Integer({ description: "Creators with a post" }),
  outcomes: t.Object(OutcomesFields),
  sources: t.Array(t.Object({ name: t.String(), impressions: t.Integer() }), {
    description: "What found the posts that were shown; one that several found counts for each",
  }),
  absent: t.Array(t.Object({ ...Absent, posts: t.Integer() }), {
    description: "What keeps posts out of all lists, and the number of posts",
  }),
  hidden_by: t.Integer({ description: "People who hide them" }),
  items: t.Array(
    t.Object({
      id: t.String(),
      title: t.String(),
      created_at: t.String({ format: "date-time" }),
      people: t.Integer(),
      ...OutcomesFields,
      stage: t.Union([t.UnionEnum(STAGES), t.Null()], {
        description: "Stage of a new post; null for others",
      }),
      repeats: t.Union([t.Object({ id: t.String(), title: t.String() }), t.Null()], {
        description: "The first of its near-duplicates; null for one that repeats no other",
      }),
      absent: t.Array(t.Object(Absent)),
    }),
    { description: "Their posts, the most shown first, of equal ones the newest" },
  ),
});

/** Reply of `GET /creators`. */
export type Creators = typeof List.static;
/** Reply of `GET /creators/{id}`. */
export type Creator = typeof Creator.static;

const SUMMARY = {
  ...{ id: "ada", posts: 12, servable: 11, shown: 9 },
  ...{ impressions: 200, people: 25, share: 0.14 },
};
const ABSENT = { reason: "hidden", words: "it is hidden by its app" };
const CREATOR: Creator = {
  ...SPAN_EXAMPLE,
  ...SUMMARY,
  ...{ rank: 3, creators: 40, outcomes: OUTCOMES_EXAMPLE, hidden_by: 1 },
  sources: [{ name: "popular", impressions: 140 }],
  absent: [{ ...ABSENT, posts: 1 }],
  items: [
    {
      ...{ id: "2001", title: "Sourdough", created_at: "2025-05-02T15:04:05.000Z", people: 25 },
      ...{ ...OUTCOMES_EXAMPLE, stage: null, repeats: null, absent: [] },
    },
  ],
};

/** The two routes. */
export const creatorsRoutes = (service: Pick<Service, "creators" | "creator" | "readiness">) =>
  new Elysia()
    .get(
      "/creators",
      async ({ request }) => {
        const { q = "", sort = "impressions", ascending = false, ...part } = listed.read(request.url).query; // prettier-ignore
        const found = await service.creators({
          ...{ ...FIRST_PART, ...part },
          ...{ text: q.trim(), sort, isAscending: ascending },
        });
        return found === undefined ? notReady(await service.readiness()) : Response.json(creatorsReply(found)); // prettier-ignore
      },
      {
        detail: {
          parameters: listed.parameters,
          security: needs("admin"),
          tags: ["operation"],
          operationId: "getCreators",
          summary: "List creators by how much they are shown",
          description: "Creators with a post, as the served log of the last days has them.",
          responses: responses({ 200: json("The creators", List, { ...SPAN_EXAMPLE, total: 1, creators: [SUMMARY] }) }, 422, 503), // prettier-ignore
        },
      },
    )
    .get(
      "/creators/:id",
      async ({ request, params: path }) => {
        const { params: { id }, query } = one.read(request.url, path); // prettier-ignore
        const found = await service.creator({ id, ...FIRST_PART, ...query });
        if (found === undefined) return notReady(await service.readiness());
        if (found === "unknown creator") return problem(404, `no post is by the creator ${id}`);
        return Response.json(creatorReply(found));
      },
      {
        detail: {
          parameters: one.parameters,
          security: needs("admin"),
          tags: ["operation"],
          operationId: "getCreator",
          summary: "Say how much a creator is shown, and why",
          description:
            "Their posts with what became of them, what found them, and what keeps others out of all lists. For one person, `/recommendations/why` tells.",
          responses: responses(
            {
              200: json("The creator", Creator, CREATOR),
              404: problemResponse(404, "No post is by this creator."),
            },
            422,
            503,
          ),
        },
      },
    );
