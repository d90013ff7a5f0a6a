/** `POST /events`: what people do. */
import { Elysia } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { readRows } from "../body.ts";
import { problemResponse, responses } from "../openapi.ts";
import { problem } from "../problem.ts";
import { rowsBody, rowsReply } from "../rows.ts";

const EXAMPLE = {
  id: "e-1",
  user: "ada",
  post: "v-17",
  kind: "view",
  watched_ms: 5400,
  duration_ms: 6000,
  at: "2026-01-02T15:04:05Z",
};

const REFUSED = [
  {
    index: 0,
    id: "e-1",
    field: "post",
    detail: "expected a value, since events need a post, got nothing",
  },
];

export const eventsRoute = ({ push }: Pick<Service, "push">) =>
  new Elysia().post(
    "/events",
    async ({ request }) => {
      const reply = await push.events(await readRows(request, "events"));
      const { accepted, duplicates, refused } = reply;
      return accepted + duplicates === 0 && refused.length > 0
        ? problem(422, "no event of these can be stored: refused says why", reply)
        : Response.json(reply, { status: 202 });
    },
    {
      parse: "none",
      detail: {
        tags: ["data"],
        operationId: "postEvents",
        summary: "Store what people did",
        description:
          "Each event counts once, however often it is sent: by its `id` among its user's, or without one " +
          'by user, post, kind and `at`. A kind that lasts is taken back with `"value": 0`. Users and posts that are not known yet are created. What is ' +
          "accepted is on disk, and in the user's next feed.",
        requestBody: rowsBody("events", EXAMPLE),
        responses: responses(
          {
            202: rowsReply("duplicates", "Events that are stored already"),
            422: problemResponse(422, "No event can be stored, or there are too many of them.", {
              accepted: 0,
              duplicates: 0,
              refused: REFUSED,
            }),
          },
          415,
          503,
        ),
      },
    },
  );
