/** `GET /stats`: what became of the posts that were shown. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { STATS_DAYS } from "../../feed/stats/stats.ts";
import { daysQuery, SPAN_EXAMPLE, SpanFields } from "../days.ts";
import { json, responses } from "../openapi.ts";
import { OUTCOMES_EXAMPLE, OutcomesFields } from "../outcomes-schema.ts";
import { statsReply } from "../render-stats.ts";
import { needs } from "../security.ts";

const { parameters, daysOf } = daysQuery(
  STATS_DAYS,
  "Of the last so many days; the served log keeps what it has room for",
);

const Rows = (description: string) =>
  t.Array(t.Object({ name: t.String(), ...OutcomesFields }), { description });

const Reply = t.Object({
  ...SpanFields,
  people: t.Integer({ description: "People who were shown a post" }),
  pages: t.Integer({ description: "Replies that showed posts" }),
  total: t.Object(OutcomesFields),
  sources: Rows("By the sources that found a post; one that several found counts for each"),
  slots: Rows("By the position in the list"),
  audiences: Rows("By how much was known of the person: cold, cool or warm"),
  policies: Rows("By how the list was ranked"),
});

const EXAMPLE: typeof Reply.static = {
  ...SPAN_EXAMPLE,
  people: 25,
  pages: 10,
  total: OUTCOMES_EXAMPLE,
  sources: [{ name: "popular", ...OUTCOMES_EXAMPLE }],
  slots: [{ name: "1", ...OUTCOMES_EXAMPLE }],
  audiences: [{ name: "warm", ...OUTCOMES_EXAMPLE }],
  policies: [{ name: "feed", ...OUTCOMES_EXAMPLE }],
};

export const statsRoute = ({ stats }: Pick<Service, "stats">) =>
  new Elysia().get(
    "/stats",
    async ({ request: { url } }) => Response.json(statsReply(await stats(daysOf(url)))),
    {
      detail: {
        parameters,
        security: needs("admin"),
        tags: ["operation"],
        operationId: "getStats",
        summary: "Say what became of the posts that were shown",
        description:
          "Counts impressions, plays, completion, likes and skips from the served log and the events. An event counts for the post " +
          "of the `recommendation_id` that it names; without one, for the latest reply within a day before it that showed the person the post.",
        responses: responses({ 200: json("The statistics", Reply, EXAMPLE) }, 422),
      },
    },
  );
