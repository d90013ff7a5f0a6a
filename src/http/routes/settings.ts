/** `GET` and `PUT /users/{id}/settings`: the sliders that people own. */
import { Elysia, t } from "elysia";
import type { UserId } from "../../domain/ids.ts";
import { MIDDLE, SLIDER_NAMES, SLIDERS, type Sliders } from "../../domain/sliders.ts";
import type { Service } from "../../feed/contract.ts";
import { Refusal } from "../../ingest/rows/refusal.ts";
import { readJson } from "../body.ts";
import { json, jsonBody, problemResponse, responses } from "../openapi.ts";
import { problem, refused } from "../problem.ts";
import { idInPath } from "../rows.ts";
import { PERSONAL } from "../security.ts";

const { idOf, parameters } = idInPath<UserId>("user", "ada");

/** Schema of the sliders of a user. */
export const SlidersSchema = t.Object(
  Object.fromEntries(
    SLIDER_NAMES.map((it) => [
      it,
      t.Number({ minimum: 0, maximum: 1, default: MIDDLE, description: `0 to 1: ${SLIDERS[it]}; ${MIDDLE} is as the service has it` }), // prettier-ignore
    ]),
  ),
);

/** Sliders for examples. */
export const SLIDERS_EXAMPLE: Sliders = {
  variety: 0.8,
  exploration: MIDDLE,
  freshness: 0.9,
  popularity: 0.2,
};

/** The routes of settings. */
export const settingsRoutes = ({ push }: Pick<Service, "push">) =>
  new Elysia()
    .get(
      "/users/:id/settings",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        const sliders = await push.sliders(id);
        return sliders ? Response.json(sliders) : problem(404, `nobody is known by the id ${id}`);
      },
      { detail: GOT },
    )
    .put(
      "/users/:id/settings",
      async ({ request, params }) => {
        const id = idOf(request.url, params);
        const sliders = await push.setSliders(id, await readJson(request));
        return sliders instanceof Refusal ? refused(sliders) : Response.json(sliders);
      },
      { parse: "none", detail: PUT },
    );

const REPLY = json("The sliders", SlidersSchema, SLIDERS_EXAMPLE);

const GOT = {
  tags: ["data"],
  security: PERSONAL,
  parameters,
  operationId: "getSettings",
  summary: "Give a user's sliders",
  description: `Those that were never moved are ${MIDDLE}.`,
  responses: responses(
    { 200: REPLY, 404: problemResponse(404, "Nobody is known by this id.") },
    422,
  ),
};

const PUT = {
  tags: ["data"],
  parameters,
  operationId: "putSettings",
  summary: "Set a user's sliders",
  description: `All of them: those that are not sent are ${MIDDLE} again. An unknown user is created. The user's next feed follows them.`,
  requestBody: jsonBody(t.Partial(SlidersSchema, { additionalProperties: false }), SLIDERS_EXAMPLE),
  responses: responses({ 200: REPLY }, 415, 422, 503),
};
