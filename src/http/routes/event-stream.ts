/** `GET /events/stream`: events as they come, with what became of each. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { streamed, type EventStreams } from "../event-stream.ts";
import { responses } from "../openapi.ts";
import { strict } from "../parameters.ts";
import { StreamRow, streamedEvent } from "../render-events.ts";
import { needs } from "../security.ts";

const EXAMPLE: typeof StreamRow.static = {
  key: "4711",
  fate: "accepted",
  seq: 4711,
  origin: "app",
  received_at: "2026-01-02T15:04:05.000Z",
  event: { id: "e-1", user: "ada", post: "v-17", kind: "like", at: "2026-01-02T15:04:05.000Z" },
  refusal: null,
}; // prettier-ignore

const { read, parameters } = strict(
  {
    query: t.Object({
      after: t.Optional(
        t.String({
          maxLength: 64,
          example: "4711-3fa9c1d2-0",
          description: "The `id` of the last event that is known; `Last-Event-ID` says the same",
        }),
      ),
    }),
  },
  { closed: true },
);

export const eventStreamRoute = ({ watchEvents }: Pick<Service, "watchEvents">, streams: EventStreams) =>
  new Elysia().get(
    "/events/stream",
    ({ request }) => {
      const { after } = read(request.url).query;
      return streams.reply(request, async function* (lastId = after, signal) {
        for await (const it of watchEvents(lastId, signal)) yield streamedEvent(it);
      });
    },
    {
      detail: {
        parameters,
        security: needs("admin"),
        tags: ["operation"],
        operationId: "getEventStream",
        summary: "Watch events come",
        description:
          "Server-sent events: first the newest hundred, then each as it comes, as an event `row`. What is stored is read from the log, " +
          "whoever sent it; duplicates and refused rows of `POST /events` only the process knows that took them (with WORKERS above 1 each has its own), " +
          "and it keeps the newest 300, without any value. An event `skipped` says that so many `rows` came faster than they were read.",
        responses: responses({ 200: streamed("The stream", StreamRow, { id: "4711-3fa9c1d2-0", event: "row", data: EXAMPLE }) }, 422, 503), // prettier-ignore
      },
    },
  ); // prettier-ignore
