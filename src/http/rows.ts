/** What the OpenAPI document says about requests with rows, and about their replies. */
import type { DocumentDecoration } from "elysia";
import { rowSchema } from "../ingest/rows/json-schema.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { ROWS_MAX } from "./body.ts";
import { json } from "./openapi.ts";

type RequestBody = NonNullable<DocumentDecoration["requestBody"]>;

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
  type: "array",
  description: "Rows that are not stored",
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
};

/** Members of replies that list refused rows. */
export const refusedMembers = {
  refused: REFUSED,
  refused_more: count("Refused rows that are not listed; present if there are any"),
};

/** The reply to a request with rows; `same` names the rows that changed nothing. */
export function rowsReply(same: "unchanged" | "duplicates", about: string, example: object) {
  const schema = {
    type: "object",
    required: ["accepted", same, "refused"],
    properties: {
      accepted: count("Rows that are stored"),
      [same]: count(about),
      ...refusedMembers,
    },
  };
  return json("Stored durably, all rows but the refused ones", schema, example);
}
