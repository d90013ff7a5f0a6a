/** Gorse's REST: users. */
import { Elysia, t } from "elysia";
import type { Service } from "../../../feed/contract.ts";
import { strict } from "../../parameters.ts";
import { PERSONAL } from "../../security.ts";
import { listOf, objectOf } from "./bodies.ts";
import { affected, body, documented, valueOr404, id, listQuery, N, notOffered, reply, type Context } from "./replies.ts"; // prettier-ignore

const USER = { UserId: "bob", Labels: { interests: ["knots", "sailing"] }, Comment: "" };

const one = strict({ params: t.Object({ user: id("The user's id", "bob") }), query: t.Object({}) });
const list = strict({ query: listQuery });
const { parameters } = one;

const HOOKS = {
  insert: documented("gorseInsertUser", "Insert a user, or replace it", {
    description: "The words of the labels say what the user likes. The user is given back as sent.",
    requestBody: body(USER),
    errors: [415, 503],
  }),
  insertAll: documented("gorseInsertUsers", "Insert users, or replace them", {
    requestBody: body([USER]),
    errors: [415, 503],
  }),
  list: documented("gorseListUsers", "List users by id", {
    security: PERSONAL,
    parameters: list.parameters,
    ok: reply("A page of users", { Cursor: "", Users: [USER] }),
  }),
  get: documented("gorseGetUser", "Get a user", {
    security: PERSONAL,
    parameters,
    ok: reply("The user as it was sent", USER),
  }),
  patch: documented("gorsePatchUser", "Change fields of a user", {
    parameters,
    requestBody: body({ Labels: ["knots"] }),
    errors: [415, 503],
  }),
  remove: documented("gorseDeleteUser", "Erase a user with all feedback", {
    parameters,
    errors: [503],
  }),
  neighbors: documented("gorseUserNeighbors", "Not offered: users like this one", {
    parameters,
    ok: null,
    errors: [501],
  }),
};

/** `/api/user` and `/api/users`. */
export function gorseUsers({ gorse }: Pick<Service, "gorse">) {
  const userOf = ({ request, params }: Context) => one.read(request.url, params).params.user;
  return new Elysia()
    .post(
      "/api/user",
      async ({ request }) => affected(await gorse.insertUsers([await objectOf(request)])),
      HOOKS.insert,
    )
    .post(
      "/api/users",
      async ({ request }) => affected(await gorse.insertUsers(await listOf(request))),
      HOOKS.insertAll,
    )
    .get(
      "/api/users",
      async ({ request }) => {
        const { n = N, cursor, Cursor = "" } = list.read(request.url).query;
        const page = await gorse.users(cursor ?? Cursor, n);
        return Response.json({ Cursor: page.cursor, Users: page.rows });
      },
      HOOKS.list,
    )
    .get(
      "/api/user/:user",
      async (context) => valueOr404(await gorse.user(userOf(context)), "user"),
      HOOKS.get,
    )
    .patch(
      "/api/user/:user",
      async (context) => {
        const patch = await objectOf(context.request);
        return affected(await gorse.patchUser(userOf(context), patch), "user");
      },
      HOOKS.patch,
    )
    .delete(
      "/api/user/:user",
      async (context) => affected(await gorse.removeUser(userOf(context))),
      HOOKS.remove,
    )
    .get("/api/user/:user/neighbors", () => notOffered("neighbors of users: it recommends without them"), HOOKS.neighbors); // prettier-ignore
}
