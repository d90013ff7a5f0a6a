/** `GET /recommendations/why`: why a post is in a user's list, or is not. */
import { Elysia, t } from "elysia";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Service } from "../../feed/contract.ts";
import { META_EXAMPLE, metaOf } from "../feed-schema.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { ID, strict } from "../parameters.ts";
import { notReady, problem } from "../problem.ts";
import { whyReply } from "../render.ts";
import { Intent } from "./recommendations.ts";

const Query = t.Object({
  ...Intent,
  post: t.String({ ...ID, description: "The post's id", example: "2001" }),
});

const { read, parameters } = strict({ query: Query }, { closed: true });

const rank = (description: string) => t.Union([t.Integer(), t.Null()], { description });

const Reply = t.Object({
  eligible: t.Boolean({ description: "Whether nothing keeps the post out of this list" }),
  reasons: t.Array(t.String(), {
    description:
      "All that keep it out: `withdrawn` (deleted too), `private`, `locked`, `hidden`, `expired`, `seen`, " +
      "`disliked`, `creator` (hidden by the user), `category`, `not_learnt` (it has just come)",
  }),
  found_by: t.Array(t.String(), { description: "The sources that found it" }),
  terms: t.Record(t.String(), t.Number(), { description: "Each term's share of its score" }),
  rank_before: rank("Its rank by score, from 1; null if no source found it"),
  rank: rank("Its rank in the list, from 1; null if it is not in it"),
  lacks: t.Union(
    [
      t.Object({
        first: t.Integer({ description: "Length of the first page" }),
        score: t.Union([t.Number(), t.Null()], {
          description:
            "What its score lacks; null where no score would do it, or no source found it",
        }),
        like: t.Union([t.Object({ id: t.String(), title: t.String() }), t.Null()], {
          description: "A post whose like would do it; null where none was found",
        }),
      }),
      t.Null(),
    ],
    {
      description:
        "What would bring an eligible post to the first page, each way ranked; null for one that is on it",
    },
  ),
  sentences: t.Array(t.String(), { description: "The same in sentences, one idea each" }),
  words: t.String({ description: "The sentences as one text" }),
  meta: metaOf(t.String()),
});

/** Reply of `GET /recommendations/why`. */
export type WhyReply = typeof Reply.static;

const EXAMPLE: WhyReply = {
  eligible: false,
  reasons: ["expired"],
  found_by: [],
  terms: {},
  rank_before: null,
  rank: null,
  lacks: null,
  sentences: ["It is not in the feed: it has expired."],
  words: "It is not in the feed: it has expired.",
  meta: { ...META_EXAMPLE, user: { id: "12", known: true } },
};

/** `GET /recommendations/why`. */
export const whyRoute = ({ why, readiness }: Pick<Service, "why" | "readiness">) =>
  new Elysia().get(
    "/recommendations/why",
    async ({ request: { url } }) => {
      const { user, post, category, mood } = read(url).query;
      const answer = await why({
        userId: user as UserId,
        post: post as PostId,
        projectCode: category?.trim() || undefined,
        mood: mood?.trim() || undefined,
      });
      if (answer === undefined) return notReady(await readiness());
      if (answer === "unknown post") return problem(404, `there is no post ${post}`);
      return Response.json(whyReply(answer));
    },
    {
      detail: {
        parameters,
        tags: ["feed"],
        operationId: "getRecommendationsWhy",
        summary: "Say why a post is in a user's list, or is not",
        description:
          "Of the list that `/recommendations` would give now, without `exclude` and `session`.",
        responses: responses(
          {
            200: json("The reasons", Reply, EXAMPLE),
            404: problemResponse(404, "There is no such post."),
          },
          422,
          503,
        ),
      },
    },
  );
