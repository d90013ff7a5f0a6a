/** Pieces the routes build their entries of the OpenAPI document from. */
import { t, type DocumentDecoration } from "elysia";
import { Post } from "./post.ts";
import {
  Problem,
  PROBLEMS,
  problemBody,
  RETRY_AFTER_SECONDS,
  type ProblemStatus,
} from "./problem.ts";

type Responses = NonNullable<DocumentDecoration["responses"]>;

/** Problems the service answers to any request, whatever the route. */
const EVERYWHERE = [400, 413, 414, 421, 500] as const;

/** A JSON response, with an example. */
export function json(description: string, schema: object, example: unknown) {
  return { description, content: { "application/json": { schema, example } } };
}

/** The responses of an operation: those of every operation, the named problems, and its own. */
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

/** A problem as a response: when it is given, and an example with further members. */
export function problemResponse(status: ProblemStatus, when: string, extra: object = {}) {
  const schema = { $ref: "#/components/schemas/problem" };
  const example = { ...problemBody(status, PROBLEMS[status].example), ...extra };
  const content = { "application/problem+json": { schema, example } };
  return { description: when, content, ...(status === 503 && { headers: RETRY_AFTER }) };
}

const RETRY_AFTER = {
  "Retry-After": {
    description: "Seconds after which to ask again",
    schema: { type: "integer" },
    example: RETRY_AFTER_SECONDS,
  },
};

const REFUSED = { errors: [{ field: "page_size", message: "must be an integer from 1 to 100" }] };

/** A post, in the schema of a response. */
export const PostRef = t.Unsafe<typeof Post.static>({ $ref: "#/components/schemas/post" });

/** What the operations refer to. */
export const components = {
  schemas: { post: Post, problem: Problem },
  responses: Object.fromEntries(
    (Object.keys(PROBLEMS).map(Number) as ProblemStatus[]).map((status) => [
      PROBLEMS[status].name,
      problemResponse(status, PROBLEMS[status].when, status === 422 ? REFUSED : {}),
    ]),
  ),
};
