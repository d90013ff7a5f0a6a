/** `GET /map`: the catalogue as points on a plane of meaning. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Elysia, t } from "elysia";
import type { Service } from "../../feed/contract.ts";
import type { CatalogueMap } from "../../feed/map/catalogue-map.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import { json, responses } from "../openapi.ts";
import { notReady } from "../problem.ts";
import { mapText } from "../render-map.ts";
import { needs } from "../security.ts";

const Reply = t.Object({
  snapshot: t.String({ description: "Id of the snapshot whose vectors it is made of" }),
  categories: t.Array(t.String(), { description: "Names, in the order of the catalogue" }),
  explained: t.Array(t.Number(), {
    description: "Shares of the variance of the vectors along x and y, 0 to 1",
  }),
  without_vector: t.Integer({ description: "Posts whose text has no vector yet: not on the map" }),
  not_shown: t.Integer({
    description: "Posts that may not be shown, such as private ones: not on the map",
  }),
  shown_since: t.Union([t.String({ format: "date-time" }), t.Null()], {
    description: "Time of the oldest reply that counts as shown; null if there is none",
  }),
  posts: t.Object(
    {
      id: t.Array(t.String()),
      x: t.Array(t.Number(), { description: "Coordinates, from the mean of all" }),
      y: t.Array(t.Number(), { description: "As x, and in the same unit" }),
      category: t.Array(t.Integer(), { description: "Index in `categories`; -1 for none" }),
      created_at: t.Array(t.Integer(), { description: "Unix milliseconds" }),
      shown: t.Optional(
        t.Array(t.Integer(), {
          description: "Times that it was shown; absent while that is counted",
        }),
      ),
    },
    { description: "Columns: entry n of each is of the same post" },
  ),
});

/** Reply of `GET /map`. */
export type MapReply = typeof Reply.static;

const EXAMPLE: MapReply = {
  snapshot: "20250601T001200000Z",
  categories: ["Baking", "Trains"],
  explained: [0.11, 0.07],
  without_vector: 3,
  not_shown: 12,
  shown_since: "2025-05-20T08:00:00.000Z",
  posts: {
    id: ["2001", "2002"],
    x: [-0.2134, 0.3321],
    y: [0.0402, -0.1179],
    category: [0, 1],
    created_at: [1_767_366_245_000, 1_767_452_645_000],
    shown: [41, 0],
  },
};

/** A map as it is sent. */
type Body = { readonly text: string; readonly zipped: Uint8Array<ArrayBuffer>; readonly tag: string }; // prettier-ignore

const zip = promisify(gzip);

/** `GET /map`. The text of a map is made once. */
export function mapRoute({ map, readiness }: Pick<Service, "map" | "readiness">) {
  let made: { readonly of: CatalogueMap; readonly body: Promise<Body> } | undefined;
  const bodyOf = (of: CatalogueMap) => {
    if (made?.of !== of) made = { of, body: bodyFrom(of) };
    return made.body;
  };
  return new Elysia().get(
    "/map",
    async ({ request: { headers } }) => {
      const found = await map();
      if (found === undefined) return notReady(await readiness());
      const { text, zipped, tag } = await bodyOf(found);
      const about = { etag: tag, "cache-control": "private, no-cache", vary: "accept-encoding" };
      if (headers.get("if-none-match") === tag)
        return new Response(null, { status: 304, headers: about });
      const isZipped = /\bgzip\b/.test(headers.get("accept-encoding") ?? "");
      const type = { "content-type": "application/json", ...about };
      return isZipped
        ? new Response(zipped, { headers: { ...type, "content-encoding": "gzip" } })
        : new Response(text, { headers: type });
    },
    { detail: DETAIL },
  );
}

async function bodyFrom(map: CatalogueMap): Promise<Body> {
  const text = await inSlices(mapText(map));
  const zipped = new Uint8Array(await zip(text)); // in a thread of the pool
  return { text, zipped, tag: `W/"${Bun.hash(text).toString(36)}"` };
}

const DETAIL = {
  security: needs("admin"),
  tags: ["operation"],
  operationId: "getMap",
  summary: "Give the catalogue as a map",
  description:
    "Every post that may be shown as a point on the plane along which the vectors of the texts differ most " +
    "(principal component analysis): posts near one another are about similar things, as far as two dimensions " +
    "tell. A snapshot keeps its plane, and that of the next is turned to align with it. Sent with an ETag: a reply that has not changed is 304.",
  responses: responses(
    {
      200: json("The map", Reply, EXAMPLE),
      304: { description: "The map has not changed since the reply with this ETag" },
    },
    503,
  ),
};
