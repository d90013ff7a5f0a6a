/** `GET /posts/{id}/similar`: posts similar to one. */
import { Elysia, t } from "elysia";
import type { PostId } from "../../domain/ids.ts";
import type { Service } from "../../feed/contract.ts";
import { limitOf, LIMIT } from "../feed-schema.ts";
import { json, PostRef, problemResponse, responses } from "../openapi.ts";
import { strict } from "../parameters.ts";
import { POST_EXAMPLE } from "../post.ts";
import { notReady, problem } from "../problem.ts";
import { similarReply } from "../render.ts";
import { idParam } from "../rows.ts";

const notLearnt = (id: string) =>
  `post ${id} has just come, and has similar posts within seconds, or after the next learning where very many came at once: /health/ready says when (learning.next_at)`;

const { read, parameters } = strict({
  params: idParam("post", "2001"),
  query: t.Object({ limit: limitOf() }),
});

const SimilarReply = t.Object({
  status: t.Literal("success"),
  post: t.Array(PostRef, { description: "Most similar first; without a user, `upvoted` is false" }),
  similarity: t.Array(t.Number(), { description: "Entry n is of `post[n]`: 1 is the same" }),
});

const EXAMPLE: typeof SimilarReply.static = {
  status: "success",
  post: [POST_EXAMPLE],
  similarity: [0.83],
};

export const similarRoute = ({ similar, readiness }: Pick<Service, "similar" | "readiness">) =>
  new Elysia().get(
    "/posts/:id/similar",
    async ({ request, params: path }) => {
      const { params, query } = read(request.url, path);
      const { id } = params;
      const { limit = LIMIT } = query;
      const posts = await similar(id as PostId, limit);
      if (posts === undefined) return notReady(await readiness());
      if (posts === "unknown post") return problem(404, `there is no post ${id}`);
      if (posts === "not learnt") return problem(404, notLearnt(id));
      return similarReply(posts);
    },
    {
      detail: {
        parameters,
        tags: ["feed"],
        operationId: "getSimilarPosts",
        summary: "List posts similar to one",
        description: "By what the posts are about and by who likes them, for nobody in particular.",
        responses: responses(
          {
            200: json("Similar posts", SimilarReply, EXAMPLE),
            404: problemResponse(404, "There is no such post, or it has just come."),
          },
          422,
          503,
        ),
      },
    },
  );
