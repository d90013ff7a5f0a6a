/** `GET /catalogue/health`: how exposure is shared out, and which posts nobody gets to see. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { STATS_DAYS } from "../../feed/stats/stats.ts";
import { daysQuery, SPAN_EXAMPLE, SpanFields } from "../days.ts";
import { json, responses } from "../openapi.ts";
import { notReady } from "../problem.ts";
import { healthReply } from "../render-creators.ts";
import { needs } from "../security.ts";

/** Description of `days` in all three reports on creators. */
export const DAYS_WORDS =
  "The last so many days; the served log keeps what it has room for, and a count is kept for a minute";

const { parameters, daysOf } = daysQuery(STATS_DAYS, DAYS_WORDS);

const Count = (description: string) => t.Integer({ description });
const Share = (description: string) => t.Number({ minimum: 0, maximum: 1, description });
const Hours = t.Union([t.Number(), t.Null()], { description: "null where fewer have so far" });
const Titled = { id: t.String(), title: t.String() };

const Reply = t.Object({
  ...SpanFields,
  pages: Count("Replies that showed posts"),
  impressions: Count("Posts that they showed"),
  unattributed: Count("Of these, posts whose creator is unknown, or that are gone"),
  creators: t.Object(
    {
      count: t.Integer(),
      shown: Count("Those of whom a post was shown"),
      gini: Share("0 if all were shown as often, 1 − 1/n if one of n was shown alone"),
      top_tenth: t.Object(
        { creators: t.Integer(), share: Share("Their share of impressions") },
        { description: "The tenth that was shown the most, rounded up" },
      ),
      half: Count("The fewest creators who have half of all impressions"),
      lorenz: t.Array(t.Object({ creators: t.Number(), impressions: t.Number() }), {
        maxItems: 100,
        description: "Share of impressions of the least shown so many of the creators",
      }),
    },
    {
      description: "Creators with a post that may be shown; those who were not shown count as 0",
    },
  ),
  first_impressions: t.Object(
    {
      impressions: t.Integer(),
      posts: Count(
        "Posts created in these days that may be shown; where the served log is shorter, those created since it begins",
      ),
      reached: Count("Posts that have had so many; the others are followed until now"),
      longest_hours: t.Number({ description: "Longest time for which one of them is followed" }),
      quarter_hours: Hours,
      median_hours: Hours,
      curve: t.Array(t.Object({ hours: t.Number(), share: t.Number() }), {
        maxItems: 100,
        description: "Share of posts that have had them by an age (Kaplan–Meier)",
      }),
    },
    { description: "Time from a post's creation to its 100th impression" },
  ),
  exploration: t.Union(
    [
      t.Object({
        share: Share("Share of slots that is set aside for new posts"),
        impressions: Count("First impressions that each is to have"),
        days: Count("Age up to which a post is new"),
        won: Count("Slots that new posts won in these days"),
        posts: t.Object({
          waiting: Count("New posts that nobody was shown yet"),
          trial: Count("New posts that are tried out"),
          graduated: Count("New posts that have had enough impressions to be known"),
          retired: Count("New posts that are clearly worse than others"),
        }),
      }),
      t.Null(),
    ],
    { description: "null while it is switched off" },
  ),
  duplicates: t.Object({
    groups: Count("Groups of posts that say the same"),
    repeats: Count("Posts that no list has beside the first of their group"),
    largest: t.Array(
      t.Object({ size: t.Integer(), posts: t.Array(t.Object(Titled), { maxItems: 5 }) }),
      { maxItems: 20 },
    ),
  }),
  categories: t.Object({
    count: Count("Categories with a post that may be shown"),
    dead: t.Array(
      t.Object({
        name: t.String(),
        posts: t.Integer(),
        impressions: t.Integer(),
        last_event: t.Union([t.String({ format: "date" }), t.Null()]),
      }),
      { description: "Those of which nothing was shown, or without an event in these days" },
    ),
  }),
  cold: t.Object({
    posts: Count("Posts that may be shown, and with which nobody has done anything yet"),
    ages: t.Array(
      t.Object({ from_days: t.Integer(), posts: t.Integer(), shown: Count("Shown in these days") }),
      { description: "By age, up to the next" },
    ),
    longest: t.Array(t.Object({ ...Titled, created_at: t.String({ format: "date-time" }) }), {
      maxItems: 10,
      description: "Those that were not shown in these days, the oldest first",
    }),
  }),
});

/** Reply of `GET /catalogue/health`. */
export type Health = typeof Reply.static;

const EXAMPLE: Health = {
  ...SPAN_EXAMPLE,
  pages: 10,
  impressions: 200,
  unattributed: 0,
  creators: {
    ...{ count: 2, shown: 2, gini: 0.25, half: 1 },
    top_tenth: { creators: 1, share: 0.75 },
    lorenz: [
      { creators: 0, impressions: 0 },
      { creators: 0.5, impressions: 0.25 },
      { creators: 1, impressions: 1 },
    ],
  },
  first_impressions: {
    ...{
      impressions: 100,
      posts: 3,
      reached: 1,
      longest_hours: 31.2,
      quarter_hours: 9.5,
      median_hours: null,
    },
    curve: [{ hours: 9.5, share: 0.3333 }],
  },
  exploration: {
    ...{ share: 0.05, impressions: 20, days: 7, won: 9 },
    posts: { waiting: 1, trial: 2, graduated: 0, retired: 0 },
  },
  duplicates: {
    ...{ groups: 1, repeats: 1 },
    largest: [
      {
        size: 2,
        posts: [
          { id: "2001", title: "Sourdough" },
          { id: "2002", title: "Sourdough!" },
        ],
      },
    ],
  },
  categories: {
    count: 12,
    dead: [{ name: "Chess", posts: 4, impressions: 0, last_event: "2025-05-20" }],
  },
  cold: {
    posts: 1,
    ages: [{ from_days: 0, posts: 1, shown: 0 }],
    longest: [{ id: "2003", title: "Rye", created_at: "2025-06-07T15:04:05.000Z" }],
  },
};

/** `GET /catalogue/health`. */
export const catalogueHealthRoute = ({
  catalogueHealth,
  readiness,
}: Pick<Service, "catalogueHealth" | "readiness">) =>
  new Elysia().get(
    "/catalogue/health",
    async ({ request: { url } }) => {
      const found = await catalogueHealth(daysOf(url));
      return found === undefined ? notReady(await readiness()) : Response.json(healthReply(found));
    },
    {
      detail: {
        parameters,
        security: needs("admin"),
        tags: ["operation"],
        operationId: "getCatalogueHealth",
        summary: "Say how exposure is shared out, and which posts nobody gets to see",
        description:
          "Exposure over creators, the time to first impressions, exploration, near-duplicates, categories of which nothing is shown, " +
          "and posts with which nobody has done anything, counted from the served log, the events and the snapshot.",
        responses: responses({ 200: json("The catalogue's health", Reply, EXAMPLE) }, 422, 503),
      },
    },
  );
