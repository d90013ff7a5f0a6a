/** Gorse's REST: feedback. */
import { Elysia, t } from "elysia";
import type { Service } from "../../../feed/contract.ts";
import type { FeedbackFilter } from "../../../ingest/gorse/gorse.ts";
import { Refusal } from "../../../ingest/rows/refusal.ts";
import { strict } from "../../parameters.ts";
import { problem } from "../../problem.ts";
import { PERSONAL } from "../../security.ts";
import { listOf } from "./bodies.ts";
import {
  affected,
  body,
  documented,
  valueOr404,
  id,
  listQuery,
  N,
  name,
  reply,
  type Context,
} from "./replies.ts";

const FEEDBACK = {
  FeedbackType: "read",
  UserId: "bob",
  ItemId: "knots-1",
  Value: 0,
  Timestamp: "2026-01-02T15:04:05Z",
  Comment: "",
};

const type = name("Feedback type: a signal's name or a synonym of one", "read");
const user = id("The user's id", "bob");
const item = id("The item's id", "knots-1");
const nothing = t.Object({});

// The router takes one name for a place of a path; what the first two are depends on their number.
const of = {
  all: strict({ query: listQuery }),
  type: strict({ params: t.Object({ first: type }), query: listQuery }),
  pair: strict({ params: t.Object({ first: user, second: item }), query: nothing }),
  one: strict({ params: t.Object({ first: type, second: user, third: item }), query: nothing }),
  user: strict({ params: t.Object({ user }), query: nothing }),
  userType: strict({ params: t.Object({ user, type }), query: nothing }),
  item: strict({ params: t.Object({ item }), query: nothing }),
  itemType: strict({ params: t.Object({ item, type }), query: nothing }),
};

const INSERT = { requestBody: body([FEEDBACK]), errors: [415, 503] } as const;
const ok = reply("The feedback that holds", [FEEDBACK]);
const page = reply("A page of feedback", { Cursor: "", Feedback: [FEEDBACK] });

const listed = (name: string, what: string, { parameters }: { parameters: object[] }, reply = ok) =>
  documented(name, `List feedback${what}`, {
    security: PERSONAL,
    parameters: parameters as [],
    ok: reply,
  });

const HOOKS = {
  insert: documented("gorseInsertFeedback", "Insert feedback; what is there already stays", INSERT),
  overwrite: documented("gorsePutFeedback", "Insert feedback in place of what is there", INSERT),
  all: listed("gorseListFeedback", "", of.all, page),
  type: listed("gorseListFeedbackOfType", " of a type", of.type, page),
  pair: listed("gorseFeedbackBetween", " between a user and an item", of.pair),
  user: listed("gorseUserFeedback", " of a user", of.user),
  userType: listed("gorseUserFeedbackOfType", " of a user, of one type", of.userType),
  item: listed("gorseItemFeedback", " on an item", of.item),
  itemType: listed("gorseItemFeedbackOfType", " on an item, of one type", of.itemType),
  one: documented("gorseGetFeedback", "Get feedback of a type between a user and an item", {
    security: PERSONAL,
    parameters: of.one.parameters,
    ok: reply("The feedback", FEEDBACK),
  }),
  removePair: documented("gorseDeleteFeedback", "Withdraw feedback between a user and an item", {
    description: "It counts no more; the user has still seen the item.",
    parameters: of.pair.parameters,
    errors: [503],
  }),
  remove: documented("gorseDeleteTypedFeedback", "Withdraw feedback of a type", {
    parameters: of.one.parameters,
    errors: [503],
  }),
};

/** Most feedback of one user or item in a reply. */
const ALL = 100_000;

const pairOf = ({ request, params }: Context) => {
  const { first: user, second: item } = of.pair.read(request.url, params).params;
  return { user, item };
};
const oneOf = ({ request, params }: Context) => {
  const { first: type, second: user, third: item } = of.one.read(request.url, params).params;
  return { type, user, item };
};
const userOf = (it: Context) => of.user.read(it.request.url, it.params).params;
const userTypeOf = (it: Context) => of.userType.read(it.request.url, it.params).params;
const itemOf = (it: Context) => of.item.read(it.request.url, it.params).params;
const itemTypeOf = (it: Context) => of.itemType.read(it.request.url, it.params).params;

/** `/api/feedback`, and the feedback of a user or item. */
export function gorseFeedback({ gorse }: Pick<Service, "gorse">) {
  const insert = async (request: Request, overwrites: boolean) =>
    affected(await gorse.insertFeedback(await listOf(request), overwrites));
  const paged = async (filter: FeedbackFilter, query: typeof listQuery.static) => {
    const { n = N, cursor, Cursor = "" } = query;
    const found = await gorse.feedback(filter, cursor ?? Cursor, n);
    return found instanceof Refusal
      ? problem(400, found.detail)
      : Response.json({ Cursor: found.cursor, Feedback: found.rows });
  };
  const all = async (filter: FeedbackFilter) => {
    const found = await gorse.feedback(filter, "", ALL);
    return found instanceof Refusal ? problem(400, found.detail) : Response.json(found.rows);
  };
  const last = async (filter: FeedbackFilter) => {
    const page = await gorse.feedback(filter, "", ALL);
    return page instanceof Refusal
      ? problem(400, page.detail)
      : valueOr404(page.rows.at(-1), "feedback");
  };
  const ofType = ({ request, params: path }: Context) => {
    const { params, query } = of.type.read(request.url, path);
    return paged({ type: params.first }, query);
  };
  const withdraw = async (filter: Parameters<typeof gorse.withdraw>[0]) =>
    affected(await gorse.withdraw(filter));
  return new Elysia()
    .post("/api/feedback", ({ request }) => insert(request, false), HOOKS.insert)
    .put("/api/feedback", ({ request }) => insert(request, true), HOOKS.overwrite)
    .get("/api/feedback", ({ request }) => paged({}, of.all.read(request.url).query), HOOKS.all)
    .get("/api/feedback/:first", (it) => ofType(it), HOOKS.type)
    .get("/api/feedback/:first/:second/:third", (it) => last(oneOf(it)), HOOKS.one)
    .delete("/api/feedback/:first/:second/:third", (it) => withdraw(oneOf(it)), HOOKS.remove)
    .get("/api/feedback/:first/:second", (it) => all(pairOf(it)), HOOKS.pair)
    .delete("/api/feedback/:first/:second", (it) => withdraw(pairOf(it)), HOOKS.removePair)
    .get("/api/user/:user/feedback", (it) => all(userOf(it)), HOOKS.user)
    .get("/api/user/:user/feedback/:type", (it) => all(userTypeOf(it)), HOOKS.userType)
    .get("/api/item/:item/feedback", (it) => all(itemOf(it)), HOOKS.item)
    .get("/api/item/:item/feedback/:type", (it) => all(itemTypeOf(it)), HOOKS.itemType);
}
