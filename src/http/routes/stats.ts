/** `GET /stats`: what became of the posts that were shown. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { STATS_DAYS } from "../../feed/stats/stats.ts";
import { daysQuery } from "../days.ts";
import { json, responses } from "../openapi.ts";
import { statsReply } from "../render-stats.ts";
import { needs } from "../security.ts";

const { parameters, daysOf } = daysQuery(
  STATS_DAYS,
  "Of the last so many days; the served log keeps what it has room for",
);

const Rate = t.Union([
  t.Object({
    count: t.Number({ description: "Shown posts with this outcome; of `completion` the sum of the shares watched" }),
    of: t.Integer({ description: "Impressions; of `completion` the plays whose time and length are known" }),
    rate: t.Number(),
    low: t.Number({ description: "Ends of the 95 % interval (Wilson's, people counted as clusters)" }),
    high: t.Number(),
  }),
  t.Null(),
]); // prettier-ignore

const Outcomes = {
  impressions: t.Integer({ description: "Posts that replies showed" }),
  plays: Rate,
  completion: Rate,
  likes: Rate,
  skips: Rate,
};
const Rows = (description: string) =>
  t.Array(t.Object({ name: t.String(), ...Outcomes }), { description });

const Reply = t.Object({
  days: t.Integer(),
  since: t.String({ format: "date-time" }),
  until: t.String({ format: "date-time" }),
  people: t.Integer({ description: "People who were shown a post" }),
  pages: t.Integer({ description: "Replies that showed posts" }),
  total: t.Object(Outcomes),
  sources: Rows("By the sources that found a post; one that several found counts for each"),
  slots: Rows("By the position in the list"),
  audiences: Rows("By how much was known of the person: cold, cool or warm"),
  policies: Rows("By how the list was ranked"),
});

const rate = (count: number, of: number, low: number, high: number) =>
  ({ count, of, rate: count / of, low, high }); // prettier-ignore
const SHOWN = {
  impressions: 200,
  plays: rate(90, 200, 0.37, 0.53),
  completion: rate(54, 90, 0.49, 0.7),
  likes: rate(8, 200, 0.02, 0.08),
  skips: rate(30, 200, 0.1, 0.22),
};
const EXAMPLE: typeof Reply.static = {
  days: 7,
  since: "2025-06-01T00:12:00.000Z",
  until: "2025-06-08T00:12:00.000Z",
  people: 25,
  pages: 10,
  total: SHOWN,
  sources: [{ name: "popular", ...SHOWN }],
  slots: [{ name: "1", ...SHOWN }],
  audiences: [{ name: "warm", ...SHOWN }],
  policies: [{ name: "feed", ...SHOWN }],
};

/** `GET /stats`. */
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
