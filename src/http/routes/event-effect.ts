/** `GET /events/{seq}/effect`: what a stored event changed in its person's feed. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { strict } from "../parameters.ts";
import { notReady, problem } from "../problem.ts";
import { EffectReply, effectReply } from "../render-events.ts";
import { PERSONAL } from "../security.ts";

const { read, parameters } = strict(
  {
    query: t.Object({}),
    params: t.Object({
      seq: t.Integer({ minimum: 1, description: "The event's place in the log, as the stream gives it", example: 4711 }), // prettier-ignore
    }),
  },
  { closed: true },
);

const EXAMPLE: typeof EffectReply.static = {
  event: { user: "ada", post: "v-17", kind: "like", at: "2026-01-02T15:04:05.000Z", origin: "app" },
  snapshot: "20250601T001200000Z",
  before: ["v-17", "v-3"],
  after: ["v-3", "v-8"],
  changes: [
    { id: "v-8", change: "entered", rank_before: 31, rank_after: 2, term: { name: "similar", before: 0.02, after: 0.31 }, words: "similar rose from 0.02 to 0.31: because you liked “Bread in ten minutes”, which is about much the same" },
  ],
  words: "Among the first 20 posts, 1 entered.",
}; // prettier-ignore

export const eventEffectRoute = ({ effect, readiness }: Pick<Service, "effect" | "readiness">) =>
  new Elysia().get(
    "/events/:seq/effect",
    async ({ request: { url }, params }) => {
      const { seq } = read(url, params).params;
      const found = await effect(seq);
      if (found === undefined) return notReady(await readiness());
      if (found === "unknown event")
        return problem(404, `the log has no event ${seq} about a post`);
      return Response.json(effectReply(found));
    },
    {
      detail: {
        parameters,
        security: PERSONAL,
        tags: ["data"],
        operationId: "getEventEffect",
        summary: "Say what an event changed in its person's feed",
        description:
          "Ranks the person's list by the newest snapshot from what was known of them just before the event, and just after it, without trials of new posts.",
        responses: responses(
          {
            200: json("The effect", EffectReply, EXAMPLE),
            404: problemResponse(404, "The log has no such event."),
          },
          422,
          503,
        ),
      },
    },
  );
