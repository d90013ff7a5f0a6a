/** Shared parts of the routes of Gorse's REST: parameters, replies, errors, their documentation. */
import { t, type DocumentDecoration } from "elysia";
import { Refusal } from "../../../ingest/rows/refusal.ts";
import { EVERYWHERE, HEADERS, json } from "../../openapi.ts";
import { ID, WITHOUT_NUL } from "../../parameters.ts";
import { problem } from "../../problem.ts";

/** Argument of a handler. */
export type Context = { readonly request: Request; readonly params: Record<string, string> };
type Detail = DocumentDecoration;
type Responses = NonNullable<Detail["responses"]>;

/** Rows of a reply without `n`. */
export const N = 10;
/** Most rows of a reply. */
const N_MAX = 10_000;
const OFFSET_MAX = 1_000_000;

/** A path parameter that is an id. */
export const id = (description: string, example: string) =>
  t.String({ ...ID, description, example });

/** A path parameter that is a name. */
export const name = (description: string, example: string) =>
  t.String({ minLength: 1, maxLength: 200, pattern: WITHOUT_NUL, description, example });

/** Query parameter `n`. */
export const count = t.Optional(
  t.Integer({ minimum: 1, maximum: N_MAX, default: N, description: "Most rows", examples: [N] }),
);
/** Query parameter `offset`. */
export const offset = t.Optional(
  t.Integer({
    minimum: 0,
    maximum: OFFSET_MAX,
    default: 0,
    description: "Rows to leave out first",
    examples: [0],
  }),
);
const cursorText = (description: string) =>
  t.Optional(t.String({ maxLength: 500, pattern: WITHOUT_NUL, description, examples: [""] }));
/** Query parameters of a list. */
export const listQuery = t.Object({
  n: count,
  cursor: cursorText("`Cursor` of the page before; none for the first page"),
  Cursor: cursorText("The same, as gorsejs writes it"),
});

/** The number of rows, or the error of a change: a refused row is 400, nothing to change 404. */
export function affected(outcome: number | Refusal | undefined, what = "row"): Response {
  if (outcome === undefined) return absent(what);
  if (outcome instanceof Refusal) return problem(400, outcome.detail);
  return Response.json({ RowAffected: outcome });
}

/** A value, or 404. */
export function valueOr404(value: object | undefined, what: string): Response {
  return value === undefined ? absent(what) : Response.json(value);
}

const absent = (what: string) => problem(404, `${what} not found`);

/** Reply to a call that vidrec does not offer. */
export const notOffered = (what: string) => problem(501, `vidrec does not offer ${what}`);

/** Documentation of a reply with the number of rows. */
const AFFECTED = json(
  "Stored durably: the number of rows",
  { type: "object", properties: { RowAffected: { type: "integer" } }, required: ["RowAffected"] },
  { RowAffected: 1 },
);

/** Documentation of the body of a request. */
export const body = (example: object) =>
  ({
    required: true,
    content: { "application/json": { schema: schemaOf(example), example } },
  }) as NonNullable<Detail["requestBody"]>;

const schemaOf = (example: object) => ({ type: Array.isArray(example) ? "array" : "object" });

/** A documented reply whose schema follows from its example. */
export const reply = (description: string, example: object) =>
  json(description, schemaOf(example), example);

/** Hooks of a route: its documentation. Errors are text, and invalid parameters are 400 here. */
export function documented(
  operationId: string,
  summary: string,
  parts: Pick<Detail, "parameters" | "requestBody" | "security"> & {
    readonly description?: string;
    /** The reply; null if there is none but errors. */
    readonly ok?: object | null;
    /** Statuses beyond those of every operation. */
    readonly errors?: readonly ErrorStatus[];
  },
) {
  const { description = `${summary}.`, ok = AFFECTED, errors = [], ...rest } = parts;
  const isOpen = rest.security?.length === 0;
  // An id may be empty, or "..", which is another path.
  const hasPath = rest.parameters?.some((it) => "in" in it && it.in === "path") === true;
  const shared = [...EVERYWHERE, ...(isOpen ? [] : REFUSALS), ...(hasPath ? [404 as const] : [])];
  const statuses = [...shared, ...errors];
  const replies = Object.fromEntries(
    statuses.map((status) => [
      status,
      { ...ERROR, ...(HEADERS[status] && { headers: HEADERS[status] }) },
    ]),
  );
  const answers = ok === null ? replies : { ...replies, 200: ok };
  const about = { tags: ["gorse"], operationId, summary, description, ...rest };
  return { parse: "none" as const, detail: { ...about, responses: answers as Responses } };
}

type ErrorStatus = 415 | 501 | 503;
/** Statuses of refused keys, and of keys that can't be read. */
const REFUSALS = [401, 403, 429, 503] as const;

const ERROR = {
  description: "What is wrong, as text",
  content: { "text/plain": { schema: { type: "string" }, example: "item not found" } },
};
