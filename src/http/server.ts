/** The HTTP server: routes of a service, inside the edge. */
import { Elysia, NotFoundError } from "elysia";
import type { Service } from "../feed/contract.ts";
import { accessControl, type Access, type Admit } from "./access.ts";
import { dashboardRoutes } from "./dashboard/routes.ts";
import { docsRoutes } from "./docs.ts";
import { edge } from "./edge.ts";
import { eventStreams } from "./event-stream.ts";
import { llmsRoute, type Document } from "./llms.ts";
import { createMetrics } from "./metrics.ts";
import { InvalidParameters } from "./parameters.ts";
import { adjustmentsRoutes } from "./routes/adjustments.ts";
import { aboutRoute } from "./routes/about.ts";
import { BadBody } from "./body.ts";
import { nothingHere, notReady, problem, PROBLEMS } from "./problem.ts";
import { WriterError } from "../data/writer/client.ts";
import { withoutPaths } from "./private-paths.ts";
import { categoriesRoute } from "./routes/categories.ts";
import { eventEffectRoute } from "./routes/event-effect.ts";
import { eventStreamRoute } from "./routes/event-stream.ts";
import { catalogueHealthRoute } from "./routes/catalogue-health.ts";
import { creatorsRoutes } from "./routes/creators.ts";
import { eventsRoute } from "./routes/events.ts";
import { feedRoute } from "./routes/feed.ts";
import { gorseFeedback } from "./routes/gorse/feedback.ts";
import { gorseHealth } from "./routes/gorse/health.ts";
import { gorseItems } from "./routes/gorse/items.ts";
import { gorseRecommend } from "./routes/gorse/recommend.ts";
import { gorseUsers } from "./routes/gorse/users.ts";
import { glossaryRoute } from "./routes/glossary.ts";
import { healthRoute } from "./routes/health.ts";
import { mapRoute } from "./routes/map.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { moodsRoute } from "./routes/moods.ts";
import { postsRoutes } from "./routes/posts.ts";
import { recommendationsRoute } from "./routes/recommendations.ts";
import { whyRoute } from "./routes/recommendations-why.ts";
import { runsRoutes } from "./routes/runs.ts";
import { searchRoutes } from "./routes/search.ts";
import { similarRoute } from "./routes/similar.ts";
import { overviewRoute } from "./routes/overview.ts";
import { personalRoutes } from "./routes/personal.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { signalsRoute } from "./routes/signals.ts";
import { steerRoutes } from "./routes/steer.ts";
import { statsRoute } from "./routes/stats.ts";
import { triedListRoute } from "./routes/tried-list.ts";
import { usersRoutes } from "./routes/users.ts";

/** Settings of a server. */
export type ServerOptions = {
  /** Origins of web pages that may read replies. */
  readonly corsOrigins: readonly string[];
  /** Host names that requests may use, besides loopback's; absent for any. */
  readonly hosts?: readonly string[] | undefined;
  readonly access: Access;
  /** Version in the documentation. */
  readonly version: string;
  /** Called with one line a request: method, route, status and time, never the query. */
  readonly log: (line: string) => void;
};

/** A server that may or may not listen on a port. */
export type Server = {
  readonly handle: (request: Request) => Promise<Response>;
  /** Ends the open streams, for which a server that stops would wait. */
  readonly endStreams: () => void;
};

/** Creates a server for `service`, with limits, problems, log and metrics. */
export function createServer(service: Service, options: ServerOptions): Server {
  const { corsOrigins, hosts, access, version, log } = options;
  const metrics = createMetrics();
  const streams = eventStreams({ log });
  const documentNow = (): Promise<Document> => documentOf(app.handle);
  const app = new Elysia({ strictPath: true, handler: { standardHostname: false } })
    .onError(({ error }) => errorReply(error, log))
    .use(feedRoute(service, metrics.fellBack))
    .use(recommendationsRoute(service, metrics.fellBack))
    .use(whyRoute(service))
    .use(similarRoute(service))
    .use(categoriesRoute(service))
    .use(moodsRoute(service))
    .use(postsRoutes(service))
    .use(searchRoutes(service))
    .use(usersRoutes(service))
    .use(eventsRoute(service))
    .use(eventStreamRoute(service, streams))
    .use(eventEffectRoute(service))
    .use(signalsRoute())
    .use(glossaryRoute())
    .use(steerRoutes(service))
    .use(settingsRoutes(service))
    .use(personalRoutes(service))
    .use(gorseUsers(service))
    .use(gorseItems(service))
    .use(gorseFeedback(service))
    .use(gorseRecommend(service))
    .use(gorseHealth(service))
    .use(healthRoute(service))
    .use(metricsRoute(service, metrics))
    .use(aboutRoute(service, version))
    .use(runsRoutes(service, streams))
    .use(statsRoute(service))
    .use(overviewRoute(service, metrics.answered))
    .use(mapRoute(service))
    .use(catalogueHealthRoute(service))
    .use(creatorsRoutes(service))
    .use(adjustmentsRoutes(service))
    .use(triedListRoute(service))
    .use(llmsRoute(documentNow))
    .use(dashboardRoutes(access, version))
    .use(docsRoutes(version));
  const { observe, count } = metrics;
  const check = accessControl(access, corsOrigins, { log, count });
  const admit: Admit = (...request) => check(...request).catch((error) => errorReply(error, log));
  const { routes } = app;
  return {
    handle: edge(app.handle, { routes, admit, corsOrigins, hosts, log, observe }),
    endStreams: streams.close,
  };
}

/** The OpenAPI document. */
export async function apiDocument(version: string): Promise<Record<string, unknown>> {
  const options = { access: NO_ACCESS, corsOrigins: [], version, log: () => {} };
  return documentOf<Record<string, unknown>>(createServer(NOTHING, options).handle);
}

async function documentOf<T>(handle: (request: Request) => Promise<Response>): Promise<T> {
  const response = await handle(new Request("http://localhost/openapi.json"));
  return (await response.json()) as T;
}

/** The document asks no service: it is made of the routes alone. */
const NOTHING = {} as Service;
const NO_ACCESS: Access = {
  keys: () => ({}) as never,
  sessionSecret: () => Buffer.alloc(0),
  isLocal: false,
  perMinute: 1,
};

function errorReply(error: unknown, log: (line: string) => void): Response {
  if (error instanceof InvalidParameters)
    return problem(422, error.message, { errors: error.errors });
  if (error instanceof NotFoundError) return nothingHere();
  if (error instanceof BadBody) return problem(error.status, error.message);
  if (error instanceof WriterError) return notReady({ waitsFor: withoutPaths(error.message) });
  log(`error: ${error instanceof Error ? error.stack : String(error)}`);
  return problem(500, PROBLEMS[500].example);
}
