/** Error responses (RFC 9457, "Problem Details for HTTP APIs"). */
import { t } from "elysia";
import type { Refusal } from "../ingest/rows/refusal.ts";

/** An invalid parameter. */
export type FieldError = typeof FieldError.static;
const FieldError = t.Object({
  field: t.String({ description: "Name of the parameter" }),
  message: t.String({ description: "What the parameter must be" }),
});

/** Body of an error response. */
export type Problem = typeof Problem.static;
export const Problem = t.Object({
  type: t.String({ description: "URI that names the kind of problem" }),
  title: t.String({ description: "Short and fixed per kind of problem" }),
  status: t.Integer({ description: "The HTTP status, repeated" }),
  detail: t.String({ description: "What happened this time, and what to do about it" }),
  errors: t.Optional(t.Array(FieldError, { description: "Each refused parameter (422)" })),
});

/** All kinds of problems by status: name, title, when it occurs, and an example. */
export const PROBLEMS = {
  400: {
    name: "malformed-request",
    title: "Malformed request",
    when: "The URL holds a percent-encoding that is not UTF-8, or the body can't be read as its headers say.",
    example: "the URL holds a percent-encoding that is not UTF-8: write % itself as %25",
  },
  401: {
    name: "unauthorized",
    title: "Unauthorized",
    when: "There are keys, and the request has none, or one that is unknown or was revoked.",
    example:
      "this needs a key: send one as `Authorization: Bearer …` or `X-API-Key: …`; `vidrec keys add` makes them",
  },
  403: {
    name: "forbidden",
    title: "Forbidden",
    when: "The key's scope is too small; or no key has been made, and the request is to write, and not this machine's own.",
    example:
      "this needs a key of scope write, and this one's is read: make one with `vidrec keys add --scope write --name …`",
  },
  404: {
    name: "not-found",
    title: "Not found",
    when: "There is nothing at this path.",
    example: "there is no post 2001",
  },
  405: {
    name: "method-not-allowed",
    title: "Method not allowed",
    when: "The path exists, but not with this method; `Allow` lists those it has.",
    example: "this path answers GET, HEAD",
  },
  409: {
    name: "conflict",
    title: "Conflict",
    when: "It does not fit the present state: the post came from Socialverse or the demo, and no app has sent it; or a run is under way.",
    example:
      "this post is of Socialverse or the demo, which alone change and withdraw it: only posts that apps sent to /posts can be changed and deleted here",
  },
  413: {
    name: "body-too-large",
    title: "Body too large",
    when: "The body is above 1 MB (unzipped), or above 64 kB where none is needed.",
    example: "a body may have 1048576 bytes, unzipped, and 65536 where none is needed",
  },
  414: {
    name: "url-too-long",
    title: "URL too long",
    when: "Path and query are above 4 kB.",
    example: "path and query may have 4096 bytes",
  },
  415: {
    name: "unsupported-media-type",
    title: "Unsupported media type",
    when: "The body is of another type than the route reads, or encoded in another way than gzip.",
    example:
      "expected a body of type application/json or application/x-ndjson, named in Content-Type",
  },
  421: {
    name: "misdirected-request",
    title: "Misdirected request",
    when: "The Host header names another machine; checked where only this one can ask, or ALLOWED_HOSTS is set.",
    example:
      "the Host header names another machine: ask for localhost, or have the name added to ALLOWED_HOSTS",
  },
  422: {
    name: "invalid-parameters",
    title: "Invalid parameters",
    when: "A parameter or field is missing, repeated or out of range; `errors` names each of them.",
    example: "page_size must be an integer from 1 to 100",
  },
  429: {
    name: "too-many-requests",
    title: "Too many requests",
    when: "The key has made its requests of this minute; `Retry-After` says when to go on.",
    example: "this key has made its 600000 requests of this minute: wait 12 s, or raise RATE_LIMIT",
  },
  500: {
    name: "internal",
    title: "Internal error",
    when: "A fault of the service; its log has more.",
    example: "the service failed to answer; its log has more",
  },
  501: {
    name: "not-offered",
    title: "Not offered",
    when: "A call of Gorse's REST that vidrec has no answer to.",
    example: "vidrec does not offer neighbors of users: it recommends without them",
  },
  503: {
    name: "not-ready",
    title: "Not ready",
    when: "There is no snapshot yet (it is still being made, or there is no post), nothing can be stored now, or too many streams are open; `Retry-After` says when to ask again.",
    example: "the first snapshot is still being made; see /health/ready and try again",
  },
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

/** `Retry-After` while the first snapshot is being made, seconds. */
export const RETRY_AFTER_SECONDS = 5;

/** Body of a problem; `extra` holds further members (RFC 9457, section 3.2). */
export function problemBody(
  status: ProblemStatus,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
) {
  const { name, title } = PROBLEMS[status];
  return { type: `urn:problem:${name}`, title, status, detail, ...extra };
}

/** An error response. */
export function problem(
  status: ProblemStatus,
  detail: string,
  extra?: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(problemBody(status, detail, extra)), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

/** Reply to a body with one field at fault. */
export const refused = ({ field, detail }: Refusal): Response =>
  problem(422, field === "" ? detail : `${field}: ${detail}`, {
    errors: [{ field, message: detail }],
  });

/** Reply of routes that need a snapshot before there is one. */
export const notReady = (
  { waitsFor }: { readonly waitsFor?: string | undefined },
  extra?: Readonly<Record<string, unknown>>,
): Response =>
  problem(503, waitsFor ?? PROBLEMS[503].example, extra, {
    "retry-after": String(RETRY_AFTER_SECONDS),
  });

/** Reply where there is no route. */
export const nothingHere = (): Response => problem(404, "there is nothing at this path; see /docs");
