/** `GET /adjustments/list`: somebody's list as other factors, or the snapshot before, would rank it. */
import { Elysia, t } from "elysia";
import type { UserId } from "../../domain/ids.ts";
import type { Service } from "../../feed/contract.ts";
import { flag } from "../feed-schema.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { strict } from "../parameters.ts";
import { notReady, problem } from "../problem.ts";
import { needs } from "../security.ts";
import { Intent } from "./recommendations.ts";

const Query = t.Object({
  ...Intent,
  version: t.Optional(
    t.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description:
        "A version of the factors, as `/adjustments` lists them; 0 for what was fitted. By default those in force.",
      example: 0,
    }),
  ),
  older: flag("Rank with the snapshot before the present one"),
});
const { read, parameters } = strict({ query: Query }, { closed: true });

const Reply = t.Object({
  items: t.Array(t.Object({ id: t.String(), position: t.Integer() }), {
    description: "The first 20",
  }),
  meta: t.Object({
    audience: t.String({ description: "cold, cool or warm" }),
    snapshot: t.String(),
  }),
});

const EXAMPLE: typeof Reply.static = {
  items: [{ id: "2001", position: 1 }],
  meta: { audience: "warm", snapshot: "20250601T001200000Z" },
};

const MISSING = {
  version: "there is no such version of the factors, or it is not kept any more",
  snapshot: "there is no snapshot before the present one",
};

export const triedListRoute = ({ adjusting }: Pick<Service, "adjusting">) =>
  new Elysia().get(
    "/adjustments/list",
    async ({ request: { url } }) => {
      const { user, category, mood, version, older = false } = read(url).query;
      const asked = { user: user as UserId, category, mood, version, isOlder: older };
      const list = await adjusting().list(asked);
      if (list === undefined) return notReady({});
      if (typeof list === "string") return problem(404, MISSING[list]);
      const { ids, audience, snapshot } = list;
      const items = ids.map((id, n) => ({ id, position: n + 1 }));
      return Response.json({ items, meta: { audience, snapshot } });
    },
    {
      detail: {
        parameters,
        security: needs("admin"),
        tags: ["operation"],
        operationId: "getTriedList",
        summary: "Give a list as other factors rank it",
        description:
          "The first page of somebody's list, with a version of the factors or with the snapshot before, to compare it with another. Nothing is logged as shown.",
        responses: responses(
          {
            200: json("The list", Reply, EXAMPLE),
            404: problemResponse(404, "There is no such version or snapshot."),
          },
          422,
          503,
        ),
      },
    },
  );
