/** `GET /search`, `GET /posts` and `GET /users`: people and posts by parts of their names, and by their ids. */
import { Elysia, t } from "elysia";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Service } from "../../feed/contract.ts";
import type { PostSummary } from "../../feed/search.ts";
import { limitOf } from "../feed-schema.ts";
import { json, responses } from "../openapi.ts";
import { ID, NOT_BLANK, strict } from "../parameters.ts";
import { PERSONAL } from "../security.ts";

/** Results of each kind if it is not told. */
const LIMIT = 10;

const searched = strict(
  {
    query: t.Object({
      q: t.String({ minLength: 1, maxLength: 200, pattern: NOT_BLANK, example: "sourdough", description: "Part of a title or of a name, or a whole id" }), // prettier-ignore
      limit: limitOf("people, and most posts,", LIMIT),
    }),
  },
  { closed: true },
);

/** Ids in a query, `of` posts or people. */
const idsOf = (of: string, example: string) =>
  t.Array(t.String({ ...ID, examples: [example] }), {
    minItems: 1,
    maxItems: 100,
    description: `Ids of ${of}, one a parameter: \`id=a&id=b\``,
    examples: [[example]],
  });

const listed = strict({ query: t.Object({ id: idsOf("posts", "2001") }) }, { closed: true });

const listedPeople = strict(
  {
    query: t.Object({ id: t.Optional(idsOf("people", "12")), limit: limitOf("people", LIMIT) }),
  },
  { closed: true },
);

const Post = t.Object({
  id: t.String(),
  title: t.String(),
  categories: t.Array(t.String(), { description: "The main one first" }),
  creator: t.String({ description: '"" if unknown' }),
  created_at: t.String({ format: "date-time" }),
  hidden: t.Boolean({ description: "True if it may not be shown to everybody" }),
});
const Posts = t.Object({ posts: t.Array(Post) });
const People = t.Array(
  t.Object({ id: t.String(), name: t.String({ description: '"" without one' }) }),
);
const Users = t.Object({ users: People });
const Found = t.Object({
  people: People,
  posts: t.Array(Post),
});

/** Reply of `GET /posts`. */
export type PostsReply = typeof Posts.static;

/** Reply of `GET /users`. */
export type UsersReply = typeof Users.static;

/** Reply of `GET /search`. */
export type SearchReply = typeof Found.static;

const PERSON = { id: "12", name: "ada" };
const POST: typeof Post.static = {
  id: "2001",
  title: "Sourdough in five minutes",
  categories: ["Baking"],
  creator: "ada",
  created_at: "2026-01-02T15:04:05.000Z",
  hidden: false,
};

const render = ({ createdAtMs, isHidden, ...it }: PostSummary): typeof Post.static => ({
  ...it,
  categories: [...it.categories],
  created_at: new Date(createdAtMs).toISOString(),
  hidden: isHidden,
});

/** The routes. */
export const searchRoutes = ({ search, people }: Pick<Service, "search" | "people">) =>
  new Elysia()
    .get(
      "/search",
      async ({ request }) => {
        const { q, limit = LIMIT } = searched.read(request.url).query;
        const { people, posts } = await search.find(q.trim(), limit);
        return Response.json({ people, posts: posts.map(render) });
      },
      { detail: SEARCHED },
    )
    .get(
      "/posts",
      async ({ request }) => {
        const { id } = listed.read(request.url).query;
        return Response.json({ posts: (await search.summaries(id as PostId[])).map(render) });
      },
      { detail: LISTED_POSTS },
    )
    .get(
      "/users",
      async ({ request }) => {
        const { id, limit = LIMIT } = listedPeople.read(request.url).query;
        const users = await (id === undefined
          ? people.newest(limit)
          : people.named(id as UserId[]));
        return Response.json({ users });
      },
      { detail: LISTED_PEOPLE },
    );

const SEARCHED = {
  tags: ["catalogue"],
  security: PERSONAL,
  parameters: searched.parameters,
  operationId: "getSearch",
  summary: "Find people and posts",
  description:
    "By a part of their name or title, or by id; of large stores among the newest 100,000 of each.",
  responses: responses(
    { 200: json("Found, the best first", Found, { people: [PERSON], posts: [POST] }) }, // prettier-ignore
    422,
  ),
};

const LISTED_POSTS = {
  tags: ["catalogue"],
  parameters: listed.parameters,
  operationId: "getPosts",
  summary: "Give posts in few words",
  description: "Those of the ids that are stored, in the order asked for.",
  responses: responses({ 200: json("The posts", Posts, { posts: [POST] }) }, 422),
};

const LISTED_PEOPLE = {
  tags: ["catalogue"],
  security: PERSONAL,
  parameters: listedPeople.parameters,
  operationId: "getUsers",
  summary: "Give people in few words",
  description:
    "Those of the ids that are stored, in the order asked for. Without ids, `limit` people at most, of four times as many: those who " +
    "asked for a feed last, then those who did something last. The ones with a name come first, the newest of each.",
  responses: responses({ 200: json("The people", Users, { users: [PERSON] }) }, 422),
};
