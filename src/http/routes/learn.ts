/** `POST /learn`: asks for learning now. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { json, responses } from "../openapi.ts";
import { needs } from "../security.ts";

const LearnReply = t.Object({
  status: t.Literal("queued"),
  running_since: t.Union([t.String(), t.Null()], {
    description: "Start of the run that is under way in this process; the asked one follows it",
  }),
});

const EXAMPLE: typeof LearnReply.static = { status: "queued", running_since: null };

export const learnRoute = ({ runs, readiness }: Pick<Service, "runs" | "readiness">) =>
  new Elysia().post(
    "/learn",
    async () => {
      await runs.ask("learn");
      const { runningSince } = (await readiness()).learning;
      return Response.json({ status: "queued", running_since: runningSince }, { status: 202 });
    },
    {
      parse: "none",
      detail: {
        security: needs("admin"),
        tags: ["operation"],
        operationId: "postLearn",
        summary: "Learn now",
        description:
          "Asks the process that learns for a run, which begins within a second, or when the one under way has ended. " +
          "Requests that wait are one run. /health/ready says when it was learnt.",
        responses: responses({ 202: json("A run is queued", LearnReply, EXAMPLE) }),
      },
    },
  );
