/** Parts of the OpenAPI document that routes share. */
import { t, type DocumentDecoration } from "elysia";
import { Post } from "./post.ts";
import {
  Problem,
  PROBLEMS,
  problemBody,
  RETRY_AFTER_SECONDS,
  type ProblemStatus,
} from "./problem.ts";
import { securitySchemes } from "./security.ts";

type Responses = NonNullable<DocumentDecoration["responses"]>;
/** Body of a request. */
export type RequestBody = NonNullable<DocumentDecoration["requestBody"]>;

/** Problems that any route may reply with. */
export const EVERYWHERE = [400, 413, 414, 421, 500] as const;

/** A JSON response, with an example. */
export function json(description: string, schema: object, example: unknown) {
  return { description, content: { "application/json": { schema, example } } };
}

/** A JSON body of a request, with an example. */
export function jsonBody(schema: object, example: object, required = true): RequestBody {
  return { required, content: { "application/json": { schema, example } } } as RequestBody;
}

/** Responses of an operation: its own, the named problems, and those of every operation. */
export function responses(
  own: Readonly<Record<number, object>>,
  ...problems: readonly ProblemStatus[]
): Responses {
  const shared = [...problems, ...EVERYWHERE].map((status) => [
    status,
    { $ref: `#/components/responses/${PROBLEMS[status].name}` },
  ]);
  return { ...Object.fromEntries(shared), ...own } as Responses;
}

/** A problem as a response, with an example. */
export function problemResponse(status: ProblemStatus, when: string, extra: object = {}) {
  const schema = { $ref: "#/components/schemas/problem" };
  const example = { ...problemBody(status, PROBLEMS[status].example), ...extra };
  const content = { "application/problem+json": { schema, example } };
  return { description: when, content, ...(status in HEADERS && { headers: HEADERS[status] }) };
}

const RETRY_AFTER = {
  "Retry-After": {
    description: "Seconds after which to ask again",
    schema: { type: "integer" },
    example: RETRY_AFTER_SECONDS,
  },
};

/** Headers of problems that have some. */
export const HEADERS: Partial<Record<ProblemStatus, object>> = {
  401: {
    "WWW-Authenticate": {
      description: "As RFC 6750 has it; `invalid_token` for a key that is unknown",
      schema: { type: "string" },
      example: 'Bearer realm="vidrec", error="invalid_token"',
    },
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

const REFUSED = { errors: [{ field: "page_size", message: "must be an integer from 1 to 100" }] };

/** Reference to the schema of a post. */
export const PostRef = t.Unsafe<typeof Post.static>({ $ref: "#/components/schemas/post" });

/** Components that operations refer to. */
export const components = {
  securitySchemes,
  schemas: { post: Post, problem: Problem },
  responses: Object.fromEntries(
    (Object.keys(PROBLEMS).map(Number) as ProblemStatus[]).map((status) => [
      PROBLEMS[status].name,
      problemResponse(status, PROBLEMS[status].when, status === 422 ? REFUSED : {}),
    ]),
  ),
};
