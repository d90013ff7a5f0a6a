/** The host that a request is for, and whether it was made on this machine. */
import { hostName, isLoopback } from "../config/values.ts";
import { problem, PROBLEMS } from "./problem.ts";

/**
 * Refuses requests for another host (RFC 9110, sections 7.4 and 15.5.20): otherwise a web page could
 * point its own name at this machine and read the replies (DNS rebinding).
 *
 * @param hosts  Names that requests may be for, besides loopback's; `undefined`: any.
 */
export function misdirected(
  { headers }: Request,
  hosts: readonly string[] | undefined,
): Response | undefined {
  // Only old and simple clients send none, no browser.
  if (hosts === undefined || !headers.get("host")) return undefined;
  const name = requestedHost(headers);
  if (name !== undefined && (isLoopback(name) || hosts.includes(name))) return undefined;
  return problem(421, PROBLEMS[421].example);
}

/** Headers of which a proxy, a tunnel or a CDN adds one or another; some add a single one. */
const OF_PROXIES =
  /^(?:forwarded|via|cdn-loop|(?:x-forwarded|x-original|x-envoy|cf)-.+|(?:x-real|x-client|true-client|x-cluster-client)-ip)$/;

/**
 * False for a request that a proxy hands on, as far as that shows, and for one of a web page from
 * elsewhere: browsers send those before they ask whether they may.
 */
export function isFromHere({ headers }: Request, corsOrigins: readonly string[]): boolean {
  if ([...headers.keys()].some((it) => OF_PROXIES.test(it))) return false;
  if (headers.get("host") && !isLoopback(requestedHost(headers) ?? "")) return false;
  const origin = headers.get("origin");
  if (origin !== null && corsOrigins.includes(origin)) return true;
  return isOfOwnPage(headers) && (origin === null || isOwnOrigin(headers, origin));
}

/** False for a request that another site's page may have sent; one that writes has to show that none did. */
export function isSameOrigin({ headers, method }: Request): boolean {
  if (headers.has("sec-fetch-site")) return isOfOwnPage(headers);
  // Browsers say so only over TLS and to loopback; they send an origin with all but GET and HEAD.
  const origin = headers.get("origin");
  return origin === null ? method === "GET" || method === "HEAD" : isOwnOrigin(headers, origin);
}

/** An image or a link of a page sends no origin; browsers say whether the page is another site's. */
const isOfOwnPage = (headers: Headers) =>
  ["same-origin", "none"].includes(headers.get("sec-fetch-site") ?? "none");

const isOwnOrigin = (headers: Headers, origin: string) =>
  URL.parse(origin)?.host === headers.get("host");

function requestedHost(headers: Headers): string | undefined {
  const host = headers.get("host") ?? "";
  return hostName(/^(\[.+\]|[^:]+)(?::\d*)?$/.exec(host)?.[1] ?? "");
}
