/** `POST /users`, and `GET`, `DELETE /users/{id}`: the people of an app. */
import { Elysia, t } from "elysia";
import type { UserId } from "../../domain/ids.ts";
import { signalNames } from "../../domain/known-signals.ts";
import type { Service } from "../../feed/contract.ts";
import { readRows } from "../body.ts";
import { limitOf, LIMIT } from "../feed-schema.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { problem } from "../problem.ts";
import { strict } from "../parameters.ts";
import { idInPath, idParam, ROWS_STORED, rowsBody } from "../rows.ts";
import { PERSONAL } from "../security.ts";

const EXAMPLE = { id: "ada", name: "ada-bakes", text: "Bread, trains, the sea" };

const { idOf, parameters } = idInPath<UserId>("user", EXAMPLE.id);
const listed = strict(
  { query: t.Object({ limit: limitOf("events", LIMIT) }), params: idParam("user", EXAMPLE.id) },
  { closed: true },
);
const unknown = (id: UserId) => problem(404, `nobody is known by the id ${id}`);
const ABSENT = problemResponse(404, "Nobody is known by this id.");

/** The routes of users. */
export const usersRoutes = ({ push }: Pick<Service, "push">) =>
  new Elysia()
    .post(
      "/users",
      async ({ request }) =>
        Response.json(await push.users(await readRows(request, "users")), { status: 202 }),
      { parse: "none", detail: POSTED },
    )
    // Before the erasure: collections made of the document call the routes in this order.
    .get(
      "/users/:id/events",
      async ({ request: { url }, params }) => {
        const { query, params: path } = listed.read(url, params);
        const id = path.id as UserId;
        const events = await push.newestEvents(id, query.limit ?? LIMIT);
        return events === undefined ? unknown(id) : Response.json({ events });
      },
      { detail: LISTED },
    )
    .get(
      "/users/:id",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        const user = await push.user(id);
        return user === undefined ? unknown(id) : Response.json(user);
      },
      { detail: GOT },
    )
    .delete(
      "/users/:id",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        return (await push.eraseUser(id)) ? new Response(null, { status: 204 }) : unknown(id);
      },
      { parse: "none", detail: ERASED },
    );

const TAGS = { tags: ["data"] };
const time = { type: ["string", "null"], format: "date-time" };

const KNOWN = {
  type: "object",
  required: ["id", "events", "first_event_at", "last_event_at"],
  properties: {
    id: { type: "string" },
    name: { type: "string" },
    text: { type: "string" },
    events: {
      type: "object",
      additionalProperties: { type: "integer" },
      description: "Number of events that stand by kind: not those taken back or replaced",
    },
    first_event_at: { ...time, description: "Null without events" },
    last_event_at: { ...time, description: "Null without events" },
  },
};

const KNOWN_EXAMPLE = {
  ...EXAMPLE,
  events: Object.fromEntries(
    signalNames()
      .slice(0, 2)
      .map((it) => [it, 12]),
  ),
  first_event_at: "2026-01-02T15:04:05.000Z",
  last_event_at: "2026-01-09T08:00:00.000Z",
};

const POSTED = {
  ...TAGS,
  operationId: "postUsers",
  summary: "Store users",
  description:
    "Only needed for a name or a text: events make users known too. A user who is sent again replaces the " +
    "one with this `id`; of two in one request the last one counts.",
  requestBody: rowsBody("users", EXAMPLE),
  responses: ROWS_STORED,
};

const GOT = {
  ...TAGS,
  security: PERSONAL,
  parameters,
  operationId: "getUser",
  summary: "Say what is known of a user",
  description: "Name, text, and how many events of each kind there are.",
  responses: responses({ 200: json("Known", KNOWN, KNOWN_EXAMPLE), 404: ABSENT }, 422),
};

const Events = t.Object({
  events: t.Array(
    t.Object({
      post: t.String(),
      kind: t.String(),
      value: t.Optional(t.Number({ description: "Absent where the kind has none" })),
      watched_ms: t.Optional(t.Integer({ description: "Absent if it was not sent" })),
      at: t.String({ format: "date-time" }),
    }),
  ),
});

/** Reply of `GET /users/{id}/events`. */
export type UserEventsReply = typeof Events.static;

const EVENTS_EXAMPLE: UserEventsReply = {
  events: [{ post: "v1", kind: signalNames()[0]!, value: 0.8, at: "2026-01-09T08:00:00.000Z" }],
};

const LISTED = {
  ...TAGS,
  security: PERSONAL,
  parameters: listed.parameters,
  operationId: "getUserEvents",
  summary: "List the newest events of a user",
  description:
    "The newest first, of those that hold and say something: not those taken back or replaced, and no impressions. " +
    "`/users/{id}/export` has every one.",
  responses: responses({ 200: json("The events", Events, EVENTS_EXAMPLE), 404: ABSENT }, 422),
};

const ERASED = {
  ...TAGS,
  parameters,
  operationId: "deleteUser",
  summary: "Erase a user",
  description:
    "Name, text, events, settings, what they asked their feed for, what they were shown, and the id are deleted, from caches too. " +
    "The next learning makes the model that it would have made without them. The id is free for somebody else.",
  responses: responses({ 204: { description: "Erased" }, 404: ABSENT }, 422, 503),
};
