/** `/runs`: syncs, learns, evaluations; what they did, and a way to start one and watch it. */
import { Elysia, t } from "elysia";
import { ASKABLE, RUN_KINDS, type Askable } from "../../domain/run.ts";
import type { Service } from "../../feed/contract.ts";
import { readJson } from "../body.ts";
import { streamed, type EventStreams } from "../event-stream.ts";
import { json, jsonBody, problemResponse, responses } from "../openapi.ts";
import { strict } from "../parameters.ts";
import { withoutPaths, valueWithoutPaths } from "../private-paths.ts";
import { problem, refused } from "../problem.ts";
import { ROW_EXAMPLE, RUN_EXAMPLE, runNews, RunNewsReply, RunReply, runReply, runRow, RunsReply } from "../render-runs.ts"; // prettier-ignore
import { needs } from "../security.ts";
import { learnRoute } from "./learn.ts";

/** Runs of a list if it is not told, and at most. */
const LIMIT = 50;
const LIMIT_MAX = 500;

const listed = strict(
  {
    query: t.Object({
      kind: t.Optional(
        t.UnionEnum(RUN_KINDS, { description: "Of this kind alone", examples: ["learn"] }),
      ),
      limit: t.Optional(t.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT, example: LIMIT, description: "The newest so many" })), // prettier-ignore
    }),
  },
  { closed: true },
);
const one = strict({
  query: t.Object({}),
  params: t.Object({
    id: t.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      example: 12,
      description: "The run's number",
    }),
  }),
});

const Asked = t.Object({ id: t.Integer(), state: t.Literal("waiting") });
const BODY = { kind: "learn" };
const ABSENT =
  "there is no such run: `GET /runs` lists those that are kept, a hundred of each kind at most";

export function runsRoutes(service: Pick<Service, "runs" | "readiness">, streams: EventStreams) {
  const { runs } = service;
  return new Elysia()
    .use(learnRoute(service))
    .get(
      "/runs",
      async ({ request: { url } }) => {
        const { kind, limit = LIMIT } = listed.read(url).query;
        const [found, { sync = null, learn = null, evaluate = null }] = await Promise.all([
          runs.list(limit, kind),
          runs.refusals(),
        ]);
        const reply: typeof RunsReply.static = { runs: found.map(runRow), refusals: { sync, learn, evaluate } }; // prettier-ignore
        return Response.json(valueWithoutPaths(reply));
      },
      { detail: LISTED },
    )
    .get(
      "/runs/stream",
      ({ request }) =>
        streams.reply(request, async function* (_, signal) {
          for await (const it of runs.live(signal))
            yield { event: "run", data: valueWithoutPaths(runNews(it)) };
        }),
      { detail: STREAMED },
    )
    .get(
      "/runs/:id",
      async ({ request: { url }, params }) => {
        const found = await runs.find(one.read(url, params).params.id);
        if (found === undefined) return problem(404, ABSENT);
        return Response.json(valueWithoutPaths(runReply(found)));
      },
      { detail: FOUND },
    )
    .post(
      "/runs",
      async ({ request }) => {
        const kind = kindIn(await readJson(request));
        if (kind === undefined)
          return refused({ field: "kind", detail: `must be one of ${ASKABLE.join(", ")}` });
        const started = await runs.start(kind);
        if ("refusal" in started) return problem(409, withoutPaths(started.refusal));
        const reply: typeof Asked.static = { ...started, state: "waiting" };
        return Response.json(reply, { status: 202 });
      },
      { parse: "none", detail: STARTED },
    );
}

function kindIn(body: unknown): Askable | undefined {
  const kind: unknown = Object(body).kind;
  return ASKABLE.find((it) => it === kind);
}

const COMMON = { security: needs("admin"), tags: ["operation"] };

const LISTED = {
  ...COMMON,
  parameters: listed.parameters,
  operationId: "getRuns",
  summary: "List syncs, learns and evaluations",
  description:
    "What ran, when, and how it ended; the newest hundred of each kind are kept. `renew` writes the newest snapshot with new vectors, `encode` gives texts vectors.",
  responses: responses(
    { 200: json("The runs", RunsReply, { runs: [ROW_EXAMPLE], refusals: { sync: null, learn: "run 13 (learn) is under way: wait until it has ended", evaluate: null } }) }, // prettier-ignore
    422,
  ),
};

const STREAMED = {
  ...COMMON,
  operationId: "getRunsStream",
  summary: "Follow the runs under way",
  description:
    "Server-sent events of type `run`: each run that waits or is under way, at first whole, then whenever it has come on, with the lines that are new in its log; the last has its end.",
  responses: responses(
    { 200: streamed("News of runs", RunNewsReply, { event: "run", data: { ...ROW_EXAMPLE, lines: RUN_EXAMPLE.log } }) }, // prettier-ignore
  ),
};

const FOUND = {
  ...COMMON,
  parameters: one.parameters,
  operationId: "getRun",
  summary: "Tell of one run",
  description: "Its result, quality, settings with their differences to the run before, and log.",
  responses: responses({ 200: json("The run", RunReply, RUN_EXAMPLE) }, 404, 422),
};

const STARTED = {
  ...COMMON,
  operationId: "postRuns",
  summary: "Start a sync, a learn or an evaluation",
  description:
    "Asks the process that learns here, which begins within a second. A sync reads upstream again though it was read today. An evaluation holds the newest events out, learns from the rest and sees who predicts them; it serves nobody.",
  requestBody: jsonBody(t.Object({ kind: t.Union(ASKABLE.map((it) => t.Literal(it))) }), BODY),
  responses: responses(
    {
      202: json("The run waits to begin", Asked, { id: 13, state: "waiting" }),
      409: problemResponse(409, "Another run is under way, or there is nothing to run on."),
    },
    415,
    422,
    503,
  ),
};
