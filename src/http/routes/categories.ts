/** `GET /categories`: categories that `project_code` can name. */
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import { json, responses } from "../openapi.ts";
import { notReady } from "../problem.ts";

const CategoriesReply = t.Object({
  status: t.Literal("success"),
  categories: t.Array(
    t.Object({
      id: t.Union([t.Integer(), t.String()], {
        description: "The number that Socialverse gave it; else its name",
      }),
      name: t.String(),
      posts: t.Integer({ description: "Posts that a feed may hold, as of the last learning" }),
    }),
  ),
});

const EXAMPLE: typeof CategoriesReply.static = {
  status: "success",
  categories: [{ id: 5, name: "Public speaking", posts: 38 }],
};

export const categoriesRoute = ({ categories, readiness }: Service) =>
  new Elysia().get(
    "/categories",
    async () => {
      const counts = await categories();
      return counts === undefined
        ? notReady(await readiness())
        : Response.json({ status: "success", categories: counts });
    },
    {
      detail: {
        tags: ["catalogue"],
        operationId: "getCategories",
        summary: "List the categories",
        description: "Each category's id and name can be given as `project_code`.",
        responses: responses({ 200: json("All categories", CategoriesReply, EXAMPLE) }, 503),
      },
    },
  );
