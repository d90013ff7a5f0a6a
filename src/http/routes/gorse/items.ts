/** Gorse's REST: items and their categories. */
import { Elysia, t } from "elysia";
import type { Service } from "../../../feed/contract.ts";
import { strict, WITHOUT_NUL } from "../../parameters.ts";
import { listOf, objectOf } from "./bodies.ts";
import { affected, body, documented, valueOr404, id, listQuery, N, name, notOffered, reply, type Context } from "./replies.ts"; // prettier-ignore

const ITEM = {
  ItemId: "knots-1",
  IsHidden: false,
  Categories: ["crafts"],
  Timestamp: "2026-01-02T15:04:05Z",
  Labels: { tags: ["rope", "sea"] },
  Comment: "Ten knots for the sea",
};

const item = id("The item's id", "knots-1");
const category = name("Name of a category", "crafts");
const search = t.String({
  maxLength: 200,
  pattern: WITHOUT_NUL,
  description: "Not offered: a search for words",
  examples: [""],
});
const one = strict({ params: t.Object({ item }), query: t.Object({}) });
const inCategory = strict({ params: t.Object({ item, category }), query: t.Object({}) });
const list = strict({ query: t.Object({ ...listQuery.properties, q: t.Optional(search) }) });
const { parameters } = one;

const HOOKS = {
  insert: documented("gorseInsertItem", "Insert an item, or replace it", {
    description:
      "The comment is title and text, the words of the labels are tags; lists of numbers in them are not " +
      "used. The item is given back as sent.",
    requestBody: body(ITEM),
    errors: [415, 503],
  }),
  insertAll: documented("gorseInsertItems", "Insert items, or replace them", {
    requestBody: body([ITEM]),
    errors: [415, 503],
  }),
  list: documented("gorseListItems", "List items by id", {
    parameters: list.parameters,
    ok: reply("A page of items", { Cursor: "", Items: [ITEM] }),
    errors: [501],
  }),
  get: documented("gorseGetItem", "Get an item", {
    parameters,
    ok: reply("The item as it was sent", ITEM),
  }),
  patch: documented("gorsePatchItem", "Change fields of an item", {
    parameters,
    requestBody: body({ IsHidden: true }),
    errors: [415, 503],
  }),
  remove: documented("gorseDeleteItem", "Delete an item", { parameters, errors: [503] }),
  into: documented("gorseInsertItemCategory", "Put an item into a category", {
    parameters: inCategory.parameters,
    errors: [503],
  }),
  outOf: documented("gorseDeleteItemCategory", "Take an item out of a category", {
    parameters: inCategory.parameters,
    errors: [503],
  }),
};

/** `/api/item` and `/api/items`. */
export function gorseItems({ gorse }: Pick<Service, "gorse">) {
  const itemOf = ({ request, params }: Context) => one.read(request.url, params).params.item;
  const categorise = async ({ request, params }: Context, isIn: boolean) => {
    const { item, category } = inCategory.read(request.url, params).params;
    return affected(await gorse.categorise(item, category, isIn), "item");
  };
  return new Elysia()
    .post(
      "/api/item",
      async ({ request }) => affected(await gorse.insertItems([await objectOf(request)])),
      HOOKS.insert,
    )
    .post(
      "/api/items",
      async ({ request }) => affected(await gorse.insertItems(await listOf(request))),
      HOOKS.insertAll,
    )
    .get(
      "/api/items",
      async ({ request }) => {
        const { n = N, cursor, Cursor = "", q = "" } = list.read(request.url).query;
        if (q !== "") return notOffered("a search for items");
        const page = await gorse.items(cursor ?? Cursor, n);
        return Response.json({ Cursor: page.cursor, Items: page.rows });
      },
      HOOKS.list,
    )
    .put("/api/item/:item/category/:category", (it) => categorise(it, true), HOOKS.into)
    .delete("/api/item/:item/category/:category", (it) => categorise(it, false), HOOKS.outOf)
    .get(
      "/api/item/:item",
      async (context) => valueOr404(await gorse.item(itemOf(context)), "item"),
      HOOKS.get,
    )
    .patch(
      "/api/item/:item",
      async (context) => {
        const patch = await objectOf(context.request);
        return affected(await gorse.patchItem(itemOf(context), patch), "item");
      },
      HOOKS.patch,
    )
    .delete(
      "/api/item/:item",
      async (context) => affected(await gorse.removeItem(itemOf(context))),
      HOOKS.remove,
    );
}
