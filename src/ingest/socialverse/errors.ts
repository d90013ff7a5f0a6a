/** Failures of upstream in words for operators. */
import { isHTTPError, isNetworkError, isTimeoutError } from "ky";

/** Upstream could not be read: says what happened, where, and what to do. Never holds a secret. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";

  /** The failure without its place: equal for every endpoint. */
  readonly what: string;

  constructor(what: string, where: string, whatToDo: string) {
    super(`${what} (${where}): ${whatToDo}`);
    this.what = what;
  }
}

/** Nothing answers at upstream's address: the other endpoints need not be tried. */
export class UnreachableError extends UpstreamError {}

/** Codes of a host that cannot be found or reached, or that refuses connections. */
const UNREACHABLE =
  /^(?:ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** A reply or a list is larger than a setting allows: a retry would not help. */
export class OversizeError extends UpstreamError {}

/**
 * The error of a request to `where`, translated. It does not keep ky's error as its cause: that holds
 * the request with the token.
 */
export function explain(error: unknown, where: string): unknown {
  if (isHTTPError(error)) return ofStatus(error.response, where);
  if (isTimeoutError(error))
    return new UpstreamError("upstream did not answer in time", where, LATER);
  const code = codeOf(isNetworkError(error) ? error.cause : error);
  if (code !== undefined && DAMAGE.test(code))
    return new UpstreamError(
      `upstream sent a reply that is damaged: it cannot be inflated, ${code}`,
      where,
      "a proxy may spoil it; the next run tries again",
    );
  const Refusal = UNREACHABLE.test(code ?? "") ? UnreachableError : UpstreamError;
  if (code !== undefined || isNetworkError(error))
    return new Refusal(`no connection to upstream, ${code ?? "cause unknown"}`, where, LATER);
  return error;
}

/** Codes of zlib, brotli and zstd; those of a connection look otherwise. */
const DAMAGE = /^(?:Z_|Zlib|Brotli|Zstd|ERR_(?:BROTLI|ZSTD|_ERROR))/i;

const LATER = "check the network and API_BASE_URL; the next run goes on from here";

function ofStatus({ status, headers }: Response, where: string): UpstreamError {
  const what = `upstream answered with status ${status}`;
  if (status === 401 || status === 403)
    return new UpstreamError(what, where, "check FLIC_TOKEN and RESONANCE_ALGORITHM");
  if (status >= 300 && status < 400) {
    const origin = URL.parse(headers.get("location") ?? "")?.origin ?? "elsewhere";
    return new UpstreamError(`${what}, a redirect to ${origin}`, where, "check API_BASE_URL");
  }
  if (status === 429)
    return new UpstreamError(
      what,
      where,
      "it limits how often it may be asked; wait and try again",
    );
  if (status < 500) return new UpstreamError(what, where, "check API_BASE_URL");
  return new UpstreamError(what, where, "it has a fault of its own; the next run tries again");
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
