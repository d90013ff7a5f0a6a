/** Documentation of requests with rows and of their replies. */
import { t } from "elysia";
import { rowSchema } from "../ingest/rows/json-schema.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { ROWS_MAX } from "./body.ts";
import { json, responses, type RequestBody } from "./openapi.ts";
import { ID, strict } from "./parameters.ts";

/** The body of a request with rows of `kind`, as JSON and as NDJSON. */
export function rowsBody(kind: RowName, example: object): RequestBody {
  const row = rowSchema(kind);
  const list = { type: "array", items: row, maxItems: ROWS_MAX };
  const named = { type: "object", properties: { [kind]: list }, required: [kind] };
  const schema = { anyOf: [named, list, row] };
  return {
    required: true,
    description: `\`{"${kind}": […]}\` with at most ${ROWS_MAX} rows, a list of rows, one row, or a row a line (NDJSON); gzip is taken`,
    content: {
      "application/json": { schema, example: { [kind]: [example] } },
      "application/x-ndjson": { schema: { type: "string" }, example: JSON.stringify(example) },
    },
  } as RequestBody;
}

const count = (description: string) => ({ type: "integer", minimum: 0, description });

const REFUSED = {
  refused: {
    type: "array",
    description: "Rows that are not stored; of posts and users these may be all",
    items: {
      type: "object",
      required: ["index", "id", "field", "detail"],
      properties: {
        index: count("Place of the row in the request, from 0"),
        id: { type: ["string", "number", "null"], description: "The row's id as sent" },
        field: { type: "string", description: 'The field at fault; "" if it is the row' },
        detail: { type: "string", description: "What would be right" },
      },
    },
  },
  refused_more: count("Refused rows that are not listed; present if there are any"),
};

/** The reply to a request with rows; `same` names the rows that changed nothing. */
export function rowsReply(same: "unchanged" | "duplicates", about: string) {
  const schema = {
    type: "object",
    required: ["accepted", same, "refused"],
    properties: { accepted: count("Rows that are stored now"), [same]: count(about), ...REFUSED },
  };
  const example = { accepted: 1, [same]: 0, refused: [] };
  return json("Stored durably, all rows but the refused ones", schema, example);
}

/** Replies to a request with rows, each of which replaces the one with its id. */
export const ROWS_STORED = responses(
  {
    202: rowsReply(
      "unchanged",
      "Rows that change nothing: stored already, or replaced by a later row",
    ),
  },
  415,
  422,
  503,
);

/** The id in a path. */
export const idParam = (what: string, example: string) =>
  t.Object({
    id: t.String({
      ...ID,
      description: `A ${what}'s id, percent-encoded: at most 128 bytes, no control characters`,
      example,
    }),
  });

/** Reader of the id in a path, and its entry in the OpenAPI document. */
export function idInPath<Id extends string>(what: string, example: string) {
  const { read, parameters } = strict({ query: t.Object({}), params: idParam(what, example) });
  return { parameters, idOf: (...request: Parameters<typeof read>) => read(...request).params.id as Id }; // prettier-ignore
}
