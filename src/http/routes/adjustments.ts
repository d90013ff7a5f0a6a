/** `/adjustments`: factors by which the operator changes what training has fitted, and their effect before they count. */
import { Elysia, t } from "elysia";
import { FACTOR_MAX, NEUTRAL, type Adjustments } from "../../domain/adjustments.ts";
import { readFactors } from "../../feed/adjusting/factors.ts";
import type { Service } from "../../feed/contract.ts";
import { objectOf } from "../../ingest/rows/object.ts";
import { Refusal } from "../../ingest/rows/refusal.ts";
import { number } from "../../ingest/rows/value.ts";
import {
  AdjustedSchema,
  ADJUSTED_EXAMPLE,
  EFFECT_EXAMPLE,
  EffectSchema,
  FACTORS_EXAMPLE,
  FactorsSchema,
} from "../adjustments-schema.ts";
import { readJson } from "../body.ts";
import { json, jsonBody, responses } from "../openapi.ts";
import { notReady, problem, refused } from "../problem.ts";
import { adjustedReply, previewReply } from "../render-adjustments.ts";
import { needs } from "../security.ts";

/** Requests that a preview ranks again: a few seconds at most. */
const REQUESTS = { usual: 50, most: 200 };
const COUNT = number(1, REQUESTS.most);

export const adjustmentsRoutes = ({ adjusting }: Pick<Service, "adjusting">) => {
  const reply = async (adjusted = adjusting().state()) =>
    Response.json(adjustedReply(await adjusted, adjusting().adjustables()));
  return new Elysia()
    .get("/adjustments", () => reply(), { detail: GOT })
    .put(
      "/adjustments",
      async ({ request }) => {
        const factors = readFactors(await readJson(request));
        return factors instanceof Refusal ? refused(factors) : reply(adjusting().save(factors));
      },
      { parse: "none", detail: PUT },
    )
    .delete(
      "/adjustments/newest",
      async () => {
        const back = await adjusting().stepBack();
        return back
          ? reply(Promise.resolve(back))
          : problem(404, "there is no version before this one");
      },
      { parse: "none", detail: DELETED },
    )
    .post(
      "/adjustments/preview",
      async ({ request }) => {
        const asked = readAsked(await readJson(request));
        if (asked instanceof Refusal) return refused(asked);
        const found = await adjusting().preview(asked.factors, asked.requests, request.signal);
        return found ? Response.json(previewReply(found)) : notReady({});
      },
      { parse: "none", detail: PREVIEWED },
    );
};

function readAsked(value: unknown): { factors: Adjustments; requests: number } | Refusal {
  const body = objectOf(value, "", ["factors", "requests"]);
  if (body instanceof Refusal) return body;
  const factors = readFactors(body["factors"] ?? {}, "factors");
  if (factors instanceof Refusal) return factors;
  const requests = COUNT.read(body["requests"] ?? REQUESTS.usual, 0);
  if (requests instanceof Refusal) return new Refusal("requests", requests.detail);
  return { factors, requests: Math.floor(requests) };
}

const SHARED = { tags: ["operation"], security: needs("admin") };
const STATE = json("What is adjusted", AdjustedSchema, ADJUSTED_EXAMPLE);

const GOT = {
  ...SHARED,
  operationId: "getAdjustments",
  summary: "Say what is adjusted",
  description: `Factors by which the operator changes what training has fitted, for everybody, with earlier versions. Each is 0 to ${FACTOR_MAX}, and ${NEUTRAL} changes nothing; \`adjustable\` names all with what they multiply.`,
  responses: responses({ 200: STATE }),
};

const PUT = {
  ...SHARED,
  operationId: "putAdjustments",
  summary: "Adjust everybody's feeds",
  description: `All factors: those that are not sent are ${NEUTRAL} again. Every process follows within a second; the next training does not change them. Factors that are in force already make no new version.`,
  requestBody: jsonBody(FactorsSchema, FACTORS_EXAMPLE),
  responses: responses({ 200: STATE }, 415, 422, 503),
};

const DELETED = {
  ...SHARED,
  operationId: "deleteNewestAdjustments",
  summary: "Go back to what was adjusted before",
  description:
    "The version before the present one is in force again, as a version of its own; called again, the one before that.",
  responses: responses({ 200: STATE }, 404, 503),
};

const PREVIEWED = {
  ...SHARED,
  operationId: "previewAdjustments",
  summary: "Say what factors would change",
  description:
    "Ranks the lists of people who asked last again, with the factors in force and with these; nobody is shown them, and all else is the same, draws for new posts included. " +
    "These are people with a first page of no category and mood, whose words the log of what was shown does not keep; where they are too few, people follow who did something last. " +
    "Held-out nDCG@20 is of the cases of the last training, by the snapshot's own weights times the factors.",
  requestBody: jsonBody(
    t.Object({
      factors: FactorsSchema,
      requests: t.Optional(
        t.Integer({
          minimum: 1,
          maximum: REQUESTS.most,
          default: REQUESTS.usual,
          description: "Most requests that are ranked again, of one person each",
        }),
      ),
    }),
    { factors: FACTORS_EXAMPLE, requests: REQUESTS.usual },
  ),
  responses: responses({ 200: json("The effect", EffectSchema, EFFECT_EXAMPLE) }, 415, 422, 503),
};
