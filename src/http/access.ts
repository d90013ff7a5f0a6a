/**
 * Access by keys: checks the key of a request before the route sees it. The store is asked each
 * time, which takes 6 µs with a key and 2 µs where there is none: nothing is remembered that may change.
 */
import type { ApiKeys } from "../data/contract.ts";
import { hashOf } from "../domain/api-key.ts";
import { grants, type Scope } from "../domain/api-key.ts";
import { failureLog } from "./failure-log.ts";
import { sessionKey } from "./dashboard/session-cookie.ts";
import { isFromHere, isSameOrigin } from "./host.ts";
import { notReady, problem, PROBLEMS } from "./problem.ts";
import { rateLimit } from "./rate-limit.ts";
import type { Needed } from "./security.ts";

/** Options of the check. */
export type Access = {
  /** The keys of the store that serves now. */
  readonly keys: () => Pick<ApiKeys, "find" | "any" | "named">;
  /** Secret of the dashboard's sessions, the same in all processes. */
  readonly sessionSecret: () => Buffer;
  /** True if only this machine reaches the port: it may write until a key is made. */
  readonly isLocal: boolean;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs?: () => number;
  /** Requests a minute that each key may make of this process. */
  readonly perMinute: number;
};

/** Outcome of a check, for the metrics. */
export type Outcome =
  | "granted"
  | "no_keys_made" // let in
  | "missing"
  | "unknown" // 401
  | "scope"
  | "not_local" // 403
  | "over_limit"; // 429 // prettier-ignore

/** Answers a request if it has a key of the scope that its route needs, or needs none. */
export type Admit = (
  request: Request,
  needed: Needed,
  answer: () => Promise<Response>,
) => Promise<Response>;

/** Sinks of the check. */
type Sinks = {
  readonly log: (line: string) => void;
  readonly count: (outcome: Outcome) => void;
};

/** Makes the check. */
export function accessControl(
  { keys, sessionSecret, isLocal, perMinute, nowMs = Date.now }: Access,
  corsOrigins: readonly string[],
  { log, count }: Sinks,
): Admit {
  const limit = rateLimit(perMinute);
  const failed = failureLog(log);

  async function withoutKey(request: Request, needed: Scope, sent: string | undefined) {
    if (await keys().any()) {
      count(sent === undefined ? "missing" : "unknown");
      failed(sent === undefined ? "without a key" : "with an unknown key");
      return unauthorized(sent !== undefined);
    }
    const isLetIn = needed === "read" || (isLocal && isFromHere(request, corsOrigins));
    count(isLetIn ? "no_keys_made" : "not_local");
    return isLetIn ? undefined : problem(403, noKeysMade(needed));
  }

  /** The key of a browser's session; none for a request that another site's page may have sent. */
  const keyOfSession = async (request: Request) =>
    isSameOrigin(request) ? sessionKey(request.headers, keys(), sessionSecret, nowMs()) : undefined;

  /** The key of a request, or the refusal of one that has none; `undefined`: it needs none. */
  async function keyOrRefusal(request: Request, needed: Scope) {
    const sent = sentKey(request.headers);
    const key = sent === undefined ? await keyOfSession(request) : await keys().find(hashOf(sent));
    return key ?? withoutKey(request, needed, sent);
  }

  function unreadable(cause: unknown): Response {
    log(`keys can't be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    return notReady({ waitsFor: "keys can't be read now: see /health/ready" });
  }

  return async (request, needed, answer) => {
    if (needed === "open") return answer();
    const key = await keyOrRefusal(request, needed).catch(unreadable);
    if (key === undefined) return answer();
    if (key instanceof Response) return key;
    const { isOver, resetSeconds, headers } = await limit(key.name);
    const isGranted = grants(key.scope, needed);
    count(isOver ? "over_limit" : isGranted ? "granted" : "scope");
    const response = isOver
      ? tooMany(perMinute, resetSeconds)
      : isGranted
        ? await answer()
        : insufficient(key.scope, needed);
    for (const name in headers) response.headers.set(name, headers[name]!);
    return response;
  };
}

/** The key of a request. `X-API-Key` comes first: a proxy may have a use of its own for `Authorization`. */
function sentKey(headers: Headers): string | undefined {
  const bearer = /^bearer +(.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  return headers.get("x-api-key")?.trim() || bearer?.trim();
}

const HOW = "send it as `Authorization: Bearer …` or `X-API-Key: …`";

/** RFC 6750, section 3: a request that sent no key gets no error code. */
function unauthorized(isUnknown: boolean): Response {
  const detail = isUnknown
    ? `the key is unknown or was revoked: make one with \`vidrec keys add\`, and ${HOW}`
    : PROBLEMS[401].example;
  return problem(401, detail, {}, challenge(isUnknown ? { error: "invalid_token" } : {}));
}

function insufficient(has: Scope, needed: Scope): Response {
  const detail = `this needs a key of scope ${needed}, and this one's is ${has}: make one with \`vidrec keys add --scope ${needed} --name …\``;
  return problem(403, detail, {}, challenge({ error: "insufficient_scope", scope: needed }));
}

function noKeysMade(needed: Scope): string {
  return `without a key only requests of this machine itself may do this, and only while HOST is a loopback address: make one with \`vidrec keys add --scope ${needed} --name app\`, and ${HOW}`;
}

function tooMany(perMinute: number, resetSeconds: number): Response {
  const detail = `this key has made its ${perMinute} requests of this minute: wait ${resetSeconds} s, or raise RATE_LIMIT`;
  return problem(429, detail, {}, { "retry-after": String(resetSeconds) });
}

/** The header that says how to get in (RFC 6750, section 3). */
function challenge(given: Readonly<Record<string, string>>) {
  const parts = Object.entries({ realm: "vidrec", ...given });
  const text = parts.map(([name, value]) => `${name}="${value}"`).join(", ");
  return { "www-authenticate": `Bearer ${text}` };
}
