/** `GET /health` (the process lives) and `GET /health/ready` (it serves feeds). */
import { Elysia, t } from "elysia";
import { ENDPOINTS } from "../../data/scans.ts";
import type { Service } from "../../feed/contract.ts";
import type { Readiness } from "../../feed/readiness.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { valueWithoutPaths } from "../private-paths.ts";
import { notReady, PROBLEMS } from "../problem.ts";
import { OPEN } from "../security.ts";

const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });
const HealthReply = t.Object({ status: t.Literal("alive") });

const state = {
  degraded: t.Array(t.String(), { description: "What does not work at the moment" }),
  unreadable: t.Array(
    t.Object({
      endpoint: t.String(),
      reason: t.String({ description: "Field, kind of its value, and what follows" }),
      rows: t.Integer(),
      of: t.Integer({ description: "Rows that the endpoint had" }),
    }),
    { description: "Rows that could not be read, or not wholly, in the last sync" },
  ),
  sync_age_seconds: t.Union([t.Number(), t.Null()], {
    description: "Since the last complete sync; null if there was none that can be believed",
  }),
  sync: t.Union(
    [
      t.Object({
        endpoint: t.String({ description: OR.format(ENDPOINTS) }),
        page: t.Integer({ description: "The page that is being read" }),
        rows: t.Integer({ description: "Rows read before it" }),
        since: t.String({ description: "Time of the request for the first page" }),
      }),
      t.Null(),
    ],
    { description: "What the running sync reads; null if this process runs none" },
  ),
  learning: t.Object({
    last: t.Union([t.String(), t.Null()], {
      description: "When what is served was learnt; null before the first snapshot",
    }),
    running_since: t.Union([t.String(), t.Null()], {
      description: "Start of the run under way; null if this process has none",
    }),
    next_at: t.Union([t.String(), t.Null()], {
      description:
        "When the next run is due: new posts come into lists with it; null if another process learns",
    }),
  }),
  held_back_rows: t.Integer({
    description: "Stored rows that upstream no longer sends, too many to be believed; see degraded",
  }),
  encoder: t.Object({ backlog: t.Integer({ description: "Texts that have no embedding yet" }) }),
  demo: t.Boolean({ description: "The embedded demo catalogue is being served" }),
};

const ReadyReply = t.Object({
  status: t.Literal("ready"),
  snapshot: t.Object({
    id: t.String(),
    age_seconds: t.Number(),
    as_of: t.String({ description: "Time of the newest event it has learned from" }),
    posts: t.Integer(),
    embedded: t.Integer({ description: "Posts among which moods and words are met" }),
    fitted: t.Boolean({
      description: "Weights were fitted on this store's own events; before, the shipped ones",
    }),
  }),
  ...state,
});

const STATE_EXAMPLE = {
  degraded: [],
  unreadable: [{ endpoint: "posts", reason: "id missing", rows: 8, of: 12 }],
  sync_age_seconds: 3600,
  sync: null,
  learning: {
    last: "2025-06-01T00:11:30.000Z",
    running_since: null,
    next_at: "2025-06-01T00:16:30.000Z",
  },
  held_back_rows: 0,
  encoder: { backlog: 0 },
  demo: false,
};

const READY_EXAMPLE: typeof ReadyReply.static = {
  status: "ready",
  snapshot: {
    id: "20250601T001200000Z",
    age_seconds: 60,
    as_of: "2025-05-31T23:58:01.000Z",
    posts: 2227,
    embedded: 2227,
    fitted: true,
  },
  ...STATE_EXAMPLE,
};

export const healthRoute = ({ readiness }: Pick<Service, "readiness">) =>
  new Elysia()
    .get("/health", () => Response.json({ status: "alive" }), {
      detail: {
        tags: ["operation"],
        security: OPEN,
        operationId: "getHealth",
        summary: "Say that the process lives",
        description: "200 as long as there is a process; nothing else is checked.",
        responses: responses({ 200: json("Alive", HealthReply, { status: "alive" }) }),
      },
    })
    .get("/health/ready", async () => readyReply(valueWithoutPaths(await readiness())), {
      detail: {
        tags: ["operation"],
        security: OPEN,
        operationId: "getReady",
        summary: "Say whether feeds are being served, and what is amiss",
        description: "200 as soon as any snapshot serves, however old.",
        responses: responses({
          200: json("Serving", ReadyReply, READY_EXAMPLE),
          503: problemResponse(503, PROBLEMS[503].when, {
            ...STATE_EXAMPLE,
            sync_age_seconds: null,
            learning: {
              last: null,
              running_since: "2025-06-01T00:10:04.000Z",
              next_at: "2025-06-02T00:10:00.000Z",
            },
            sync: { endpoint: "posts", page: 2, rows: 1000, since: "2025-06-01T00:10:04.000Z" },
          }),
        }),
      },
    });

function readyReply(readiness: Readiness): Response {
  const {
    snapshot,
    degraded,
    unreadable,
    syncAgeSeconds,
    sync,
    heldBackRows,
    encoder,
    demo,
    learning,
  } = readiness;
  const ages = { sync_age_seconds: syncAgeSeconds, sync, held_back_rows: heldBackRows };
  const { last, runningSince, nextAt } = learning;
  const runs = { last, running_since: runningSince, next_at: nextAt };
  const body = { degraded, unreadable, ...ages, learning: runs, encoder, demo };
  if (snapshot === undefined) return notReady(readiness, body);
  const { id, ageSeconds, asOf, ...made } = snapshot;
  return Response.json({
    status: "ready",
    snapshot: { id, age_seconds: ageSeconds, as_of: asOf, ...made },
    ...body,
  });
}
