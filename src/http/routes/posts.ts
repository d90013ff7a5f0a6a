/** `POST /posts`, and `GET`, `PATCH`, `DELETE /posts/{id}`: the posts of an app. */
import { Elysia } from "elysia";
import type { PostId } from "../../domain/ids.ts";
import type { Service } from "../../feed/contract.ts";
import { rowSchema } from "../../ingest/rows/json-schema.ts";
import { Refusal } from "../../ingest/rows/refusal.ts";
import { readJson, readRows } from "../body.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { problem, PROBLEMS, refused } from "../problem.ts";
import { idInPath, ROWS_STORED, rowsBody } from "../rows.ts";

const EXAMPLE = {
  id: "v-17",
  title: "Bread in ten minutes",
  text: "No kneading, one bowl",
  category: ["Cooking"],
  tags: ["bread", "easy"],
  creator: "ada",
  created_at: "2026-01-02T15:04:05.000Z",
  duration_ms: 6000,
  card: { video: "https://video.example.com/v-17.mp4" },
};

const { idOf, parameters } = idInPath<PostId>("post", EXAMPLE.id);
const absent = (id: PostId) => problem(404, `there is no post ${id}`);

const REPLY = json("The post as it was sent, and changed since", rowSchema("posts"), EXAMPLE);
const ABSENT = problemResponse(404, "There is no such post.");
const UPSTREAMS = problemResponse(
  409,
  "The post came from Socialverse or the demo, and no app has sent it.",
);

export const postsRoutes = ({ push }: Pick<Service, "push">) => {
  /** The reply about a post that no app has sent. */
  const notSent = async (id: PostId) =>
    (await push.post(id)) === undefined ? absent(id) : problem(409, PROBLEMS[409].example);
  return new Elysia()
    .post(
      "/posts",
      async ({ request }) =>
        Response.json(await push.posts(await readRows(request, "posts")), { status: 202 }),
      { parse: "none", detail: POSTED },
    )
    .get(
      "/posts/:id",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        const post = await push.post(id);
        return post === undefined ? absent(id) : Response.json(post);
      },
      { detail: GOT },
    )
    .patch(
      "/posts/:id",
      async ({ request, params }) => {
        const id = idOf(request.url, params);
        const post = await push.patchPost(id, await readJson(request));
        if (post === undefined) return notSent(id);
        return post instanceof Refusal ? refused(post) : Response.json(post);
      },
      { parse: "none", detail: PATCHED },
    )
    .delete(
      "/posts/:id",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        return (await push.removePost(id)) ? new Response(null, { status: 204 }) : notSent(id);
      },
      { parse: "none", detail: DELETED },
    );
};

const TAGS = { tags: ["data"] };

const POSTED = {
  ...TAGS,
  operationId: "postPosts",
  summary: "Store posts",
  description:
    "A post that is sent again replaces the one with its `id`; of two in one request the last one counts. " +
    "A refused row keeps no other from being stored.",
  requestBody: rowsBody("posts", EXAMPLE),
  responses: ROWS_STORED,
};

const GOT = {
  ...TAGS,
  parameters,
  operationId: "getPost",
  summary: "Give back a post",
  description:
    "The fields that were sent, `category` and `tags` as lists. A post of upstream is given as `vidrec export` does.",
  responses: responses({ 200: REPLY, 404: ABSENT }, 422),
};

const PATCHED = {
  ...TAGS,
  parameters,
  operationId: "patchPost",
  summary: "Change some fields of a post",
  description: "The fields that are sent replace those of the post; `null` takes one away.",
  requestBody: {
    required: true,
    content: {
      "application/json": {
        schema: rowSchema("posts", { isPatch: true }),
        example: { hidden: true, text: null },
      },
    },
  },
  responses: responses({ 200: REPLY, 404: ABSENT, 409: UPSTREAMS }, 415, 422, 503),
};

const DELETED = {
  ...TAGS,
  parameters,
  operationId: "deletePost",
  summary: "Delete a post",
  description:
    "It is in no feed any more. What people did to it stays, and counts for their taste.",
  responses: responses({ 204: { description: "Deleted" }, 404: ABSENT, 409: UPSTREAMS }, 422, 503),
};
