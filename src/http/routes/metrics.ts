/** `GET /metrics`: metrics for Prometheus. */
import { Elysia } from "elysia";
import type { Service } from "../../feed/contract.ts";
import type { Metrics } from "../metrics.ts";
import { responses } from "../openapi.ts";

const EXAMPLE = `# HELP vidrec_encoder_backlog Texts that have no embedding yet
# TYPE vidrec_encoder_backlog gauge
vidrec_encoder_backlog 0
`;

export const metricsRoute = ({ readiness }: Pick<Service, "readiness">, metrics: Metrics) =>
  new Elysia().get(
    "/metrics",
    async () =>
      new Response(await metrics.expose(await readiness()), {
        headers: { "content-type": metrics.contentType },
      }),
    {
      detail: {
        tags: ["operation"],
        operationId: "getMetrics",
        summary: "Give counts and ages to Prometheus",
        description: "Requests by route and status, ages of snapshot and sync, backlog, memory.",
        responses: responses({
          200: {
            description: "Prometheus' text format",
            content: { "text/plain": { schema: { type: "string" }, example: EXAMPLE } },
          },
        }),
      },
    },
  );
