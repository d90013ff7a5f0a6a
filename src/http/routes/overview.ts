/** `GET /overview`: whether everything is alive. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import type { Answered } from "../answered.ts";
import { daysQuery } from "../days.ts";
import { json, responses } from "../openapi.ts";
import { valueWithoutPaths } from "../private-paths.ts";
import { overviewReply } from "../render-overview.ts";
import { needs } from "../security.ts";

/** Days of an overview if none are named: a month. */
const OVERVIEW_DAYS = 30;

const { parameters, daysOf } = daysQuery(
  OVERVIEW_DAYS,
  "The last so many UTC days, today included; of the demo, its own last ones",
);

const Time = t.Union([t.String({ format: "date-time" }), t.Null()]);
const Score = {
  name: t.String(),
  ndcg: t.Number({ description: "nDCG@20 on held-out cases" }),
  low: t.Number({ description: "Ends of the 95 % interval (Wilson's, of means between 0 and 1)" }),
  high: t.Number(),
};
const Quality = t.Object({
  cases: t.Integer({ description: "Held-out cases that the blend was fitted on" }),
  blend: t.Object(Score),
  others: t.Array(t.Object(Score), {
    description: "Each score term alone, and the shipped weights; the best first",
  }),
  before: t.Union([t.Object(Score), t.Null()], { description: "The blend of the snapshot before" }),
});
const Process = t.Object(
  {
    window_seconds: t.Number({ description: "Time that the next four are of" }),
    feeds: t.Integer(),
    feeds_a_second: t.Number(),
    p50_ms: t.Union([t.Number(), t.Null()]),
    p99_ms: t.Union([t.Number(), t.Null()]),
    requests: t.Integer({ description: "Since the start of the process, as the rest" }),
    errors: t.Integer({ description: "Replies with a status from 500 on, without 503" }),
    refused: t.Integer({ description: "Other replies with a status from 400 on" }),
    fallbacks: t.Record(t.String(), t.Integer(), { description: "Pages with each fallback" }),
  },
  { description: "What the process that replies has answered; others have their own" },
);
const Signal = t.Object({
  kind: t.String(),
  events: t.Integer({ description: "In these days" }),
  synced_at: Time,
  pushed_at: Time,
  has_effect: t.Union([t.Boolean(), t.Null()], {
    description:
      "Whether one more changes the list of a made-up person; null if that was not tried",
  }),
});

const Reply = t.Object({
  alarms: t.Array(t.Object({ kind: t.String(), words: t.String() }), {
    description: "What to look at, the most urgent first; empty if all is well",
  }),
  stored: t.Union(
    [t.Object({ posts: t.Integer(), people: t.Integer(), events: t.Integer() }), t.Null()],
    { description: "null if the store can't be read" },
  ),
  days: t.Array(
    t.Object({
      day: t.String({ format: "date" }),
      posts: t.Integer({ description: "Posts created" }),
      people: t.Union([t.Integer(), t.Null()], { description: "People who did something" }),
      events: t.Union([t.Integer(), t.Null()], {
        description: "null for days before the newest million events, and while they are counted",
      }),
    }),
    { description: "The oldest first" },
  ),
  signals: t.Array(Signal),
  sync_age_seconds: t.Union([t.Number(), t.Null()]),
  encoder: t.Object({ backlog: t.Integer({ description: "Texts that have no embedding yet" }) }),
  snapshot: t.Union([
    t.Object({
      id: t.String(),
      age_seconds: t.Number(),
      posts: t.Integer(),
      embedded: t.Integer(),
      quality: t.Union([Quality, t.Null()], {
        description: "null while too few events can be held out, and the shipped weights serve",
      }),
    }),
    t.Null(),
  ]),
  process: Process,
});

/** Reply of `GET /overview`. */
export type OverviewReply = typeof Reply.static;

const EXAMPLE: OverviewReply = {
  alarms: [
    {
      kind: "signal_stopped",
      words:
        "No like has come since 2025-05-28; before, there were some on 14 of 14 days. Check what sends them.",
    },
  ],
  stored: { posts: 2227, people: 400, events: 21_000 },
  days: [{ day: "2025-06-01", posts: 4, people: 57, events: 410 }],
  signals: [
    { kind: "view", events: 410, synced_at: null, pushed_at: "2025-06-01T00:11:30.000Z", has_effect: true }, // prettier-ignore
  ],
  sync_age_seconds: null,
  encoder: { backlog: 0 },
  snapshot: {
    id: "20250601T001200000Z",
    age_seconds: 60,
    posts: 2227,
    embedded: 2227,
    quality: {
      cases: 900,
      blend: { name: "blend", ndcg: 0.14, low: 0.12, high: 0.16 },
      others: [{ name: "popular", ndcg: 0.08, low: 0.06, high: 0.1 }],
      before: null,
    },
  },
  process: {
    window_seconds: 60,
    feeds: 120,
    feeds_a_second: 2,
    p50_ms: 3.1,
    p99_ms: 8.4,
    requests: 4000,
    errors: 0,
    refused: 3,
    fallbacks: { popular: 2 },
  },
};

/** `GET /overview`. */
export const overviewRoute = ({ overview }: Pick<Service, "overview">, answered: () => Answered) =>
  new Elysia().get(
    "/overview",
    async ({ request: { url } }) => {
      const found = await overview(daysOf(url));
      return Response.json(valueWithoutPaths(overviewReply(found, answered())));
    },
    {
      detail: {
        parameters,
        security: needs("admin"),
        tags: ["operation"],
        operationId: "getOverview",
        summary: "Say whether everything is alive",
        description:
          "What came in the last days, the last sync or push of each kind of event, snapshot and quality, feeds of this process, " +
          "and alarms in words. Each kind is tried on a made-up person: their list is ranked with and without one more such event.",
        responses: responses({ 200: json("The overview", Reply, EXAMPLE) }, 422),
      },
    },
  );
