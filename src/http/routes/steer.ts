/** `POST /steer` and `DELETE /steer`: what people ask their feeds for. */
import { Elysia, t } from "elysia";
import { isHiding, TARGETS, WAYS, type TargetName } from "../../domain/steering.ts";
import type { Service } from "../../feed/contract.ts";
import { readSteer, type SteerRequest } from "../../ingest/push/steering.ts";
import { Refusal } from "../../ingest/rows/refusal.ts";
import { readJson } from "../body.ts";
import { json, jsonBody, responses } from "../openapi.ts";
import { ID, strict, WITHOUT_NUL } from "../parameters.ts";
import { refused } from "../problem.ts";

const [FIRST] = WAYS.toReversed();
const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];
const EXAMPLE = { user: "ada", [FIRST!]: { category: "Cooking" } };

const targetsOf = (way: (typeof WAYS)[number]) =>
  TARGET_NAMES.filter((it) => TARGETS[it].isHideable || !isHiding({ way }));

/** A way as a parameter: a target and its id, joined by a colon. */
const Way = (way: (typeof WAYS)[number]) =>
  t.Optional(
    t.String({
      maxLength: 200,
      pattern: WITHOUT_NUL,
      description: `As \`${way}\` of the body: one of ${targetsOf(way).join(", ")}, a colon, and its id`,
      examples: ["creator:ada"],
    }),
  );
const Query = t.Object({
  user: t.Optional(t.String({ ...ID, description: "The user's id, if there is no body", examples: ["ada"] })), // prettier-ignore
  ...Object.fromEntries(WAYS.map((way) => [way, Way(way)])),
});
const { read, parameters } = strict({ query: Query }, { closed: true });

/** The routes of steering. */
export const steerRoutes = ({ push }: Pick<Service, "push">) => {
  const answer = async (
    request: SteerRequest | Refusal,
    change: (request: SteerRequest) => Promise<void>,
    done: () => Response,
  ) => {
    if (request instanceof Refusal) return refused(request);
    await change(request);
    return done();
  };
  return new Elysia()
    .post(
      "/steer",
      async ({ request }) =>
        answer(readSteer(await readJson(request)), push.steer, () =>
          Response.json({ accepted: 1 }, { status: 202 }),
        ),
      { parse: "none", detail: POSTED },
    )
    .delete(
      "/steer",
      async ({ request }) => {
        const { query } = read(request.url);
        const body = Object.keys(query).length > 0 ? bodyOf(query) : await readJson(request);
        return answer(readSteer(body), push.unsteer, () => new Response(null, { status: 204 }));
      },
      { parse: "none", detail: DELETED },
    );
};

/** The query as a body. */
function bodyOf({ user, ...ways }: Readonly<Record<string, string>>) {
  const about = Object.entries(ways).map(([way, text]) => {
    const colon = text.indexOf(":");
    return [way, colon < 0 ? text : { [text.slice(0, colon)]: text.slice(colon + 1) }];
  });
  return { user, ...Object.fromEntries(about) };
}

const ids = (names: readonly TargetName[]) => ({
  type: "object",
  properties: Object.fromEntries(
    names.map((it) => [it, { type: ["string", "integer"], description: TARGETS[it].about }]),
  ),
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
});

const BODY = {
  type: "object",
  required: ["user"],
  properties: {
    user: { type: ["string", "integer"], description: "The user's id" },
    ...Object.fromEntries(WAYS.map((way) => [way, ids(targetsOf(way))])),
  },
  minProperties: 2,
  maxProperties: 2,
  additionalProperties: false,
};

const REPLY = t.Object({ accepted: t.Literal(1) });

const POSTED = {
  tags: ["data"],
  operationId: "postSteer",
  summary: "Ask a feed for more or less of something, or never again for a creator",
  description:
    "One of `more`, `less`, `hide`, about one thing. `more` and `less` re-order the user's next feeds, fade (`STEER_HALF_LIFE_DAYS`) and " +
    "keep nothing out; of two about the same thing the latest counts. `hide` is for good, at once and on cached pages too. About a post it is " +
    "the event of that kind. An unknown user is created.",
  requestBody: jsonBody(BODY, EXAMPLE),
  responses: responses(
    { 202: json("It is on disk, and in the user's next feed", REPLY, { accepted: 1 }) },
    415,
    422,
    503,
  ),
};

const DELETED = {
  tags: ["data"],
  parameters,
  operationId: "deleteSteer",
  summary: "Take back what a feed was asked for",
  description:
    "With the body of `POST /steer`, or the same as a query. What does not stand is taken back as well.",
  requestBody: jsonBody(BODY, EXAMPLE, false),
  responses: responses({ 204: { description: "It does not stand" } }, 415, 422, 503),
};
