/** `GET /moods`: the named moods. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { json, responses } from "../openapi.ts";

const MoodsReply = t.Object({
  status: t.Literal("success"),
  moods: t.Array(
    t.Object({
      name: t.String({ description: "What `mood` takes" }),
      label: t.String({ description: "What to show to people" }),
      sentence: t.String({ description: "What the mood is understood as" }),
    }),
  ),
});

const EXAMPLE: typeof MoodsReply.static = {
  status: "success",
  moods: [{ name: "calm", label: "Calm", sentence: "Slow breathing, quiet and a peaceful mind." }],
};

export const moodsRoute = ({ moods }: Pick<Service, "moods">) =>
  new Elysia().get("/moods", () => Response.json({ status: "success", moods: moods() }), {
    detail: {
      tags: ["catalogue"],
      operationId: "getMoods",
      summary: "List the named moods",
      description: "Other words may be given as `mood` too: they are matched by meaning.",
      responses: responses({ 200: json("All named moods", MoodsReply, EXAMPLE) }),
    },
  });
