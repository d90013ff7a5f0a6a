/** HTTP to the Socialverse API: pages of raw rows, with timeouts, retries, limits and named errors. */
import ky, { isHTTPError, isTimeoutError } from "ky";
import { isSynced, SIGNALS } from "../../domain/signals.ts";
import type { Endpoint } from "../../data/scans.ts";
import { basicAuthorization, withoutCredentials } from "../../config/url.ts";
import { explain, OversizeError, UpstreamError } from "./errors.ts";
import { allPages, type Limits } from "./pages.ts";
import { ACCEPT_ENCODING, END, pageOf, textOf, type Page } from "./reply.ts";

/** Options of {@link openClient}: address, credentials, timeouts and limits. */
export type ClientOptions = {
  readonly baseUrl: string;
  /** "" sends none. */
  readonly token: string;
  readonly resonanceAlgorithm: string;
  /** Replaces the network, for an upstream inside this process. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Rows per request. */
  readonly pageSize?: number;
  /** Longest wait for one whole reply. */
  readonly timeoutMs?: number;
  /** Retries of a failed request. */
  readonly retries?: number;
  /** First pause between two tries; doubles each time, jittered. */
  readonly pauseMs?: number;
  /** Longest pause that `Retry-After` can impose. */
  readonly retryAfterMaxMs?: number;
  readonly limits?: Partial<Limits>;
  /** Called when a request is tried again, once for each cause. */
  readonly onRetry?: (message: string) => void;
};

/** Reads upstream. */
export type UpstreamClient = {
  /**
   * The rows of an endpoint, page by page, up to its end.
   *
   * @throws UpstreamError when a page can't be had, after the retries, or rows are clearly missing.
   */
  readonly pages: (endpoint: Endpoint) => AsyncGenerator<readonly unknown[], void>;
};

/** Path of an endpoint without a signal, and the key of its rows in a reply. */
const OTHERS = {
  users: { path: "users/get_all", rows: "users" },
  posts: { path: "posts/summary/get", rows: "posts" },
} as const;
const PAGE_SIZE = 1_000;
/** Longest wait for one whole reply: a page of 1,000 posts takes seconds at worst. */
const TIMEOUT_MS = 60_000;
const PAUSE_MAX_MS = 30_000;
const LIMITS: Limits = { replyBytes: 64e6, pages: 10_000, rows: 2_000_000, timeMs: 60 * 60_000 };
/** Statuses that are retried; 520–524 are from a proxy that can't reach upstream. */
const RETRIED = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];
/** Statuses of a page past the end. */
const NO_SUCH_PAGE = [204, 404, 410];

/** A client of the API at `options.baseUrl`. */
export function openClient(options: ClientOptions): UpstreamClient {
  const { baseUrl, pageSize = PAGE_SIZE } = options;
  const limits = { ...LIMITS, ...options.limits };
  const api = apiOf(options);
  const host = URL.parse(baseUrl)?.host ?? "upstream";
  // Not inflated here: fetch would do it without a limit.
  const { fetch: send = (request: Request) => fetch(request, { decompress: false }) } = options;

  const causes = new Set<string>();
  const retrying = (error: unknown, where: string) => {
    const cause = explain(error, where);
    if (!(cause instanceof UpstreamError) || causes.has(cause.what)) return;
    causes.add(cause.what);
    options.onRetry?.(`${cause.what} (${where}): trying again`);
  };

  const page = async (endpoint: Endpoint, number: number, signal: AbortSignal): Promise<Page> => {
    const { path, rows: key } = placeOf(endpoint);
    const where = `${host}/${path}, page ${number}`;
    const isFirst = number === 1;
    let found = END;
    // The body is read inside `fetch`, so that timeout and retries cover it too.
    const fetchWhole = async (input: string | URL | Request): Promise<Response> => {
      const request = input as Request;
      const response = await send(request);
      if (!response.ok || response.status === 204) await response.body?.cancel();
      if (!isFirst && NO_SUCH_PAGE.includes(response.status)) return new Response();
      if (!response.ok) return new Response(null, response);
      const limitBytes = limits.replyBytes;
      const text = await textOf(response, { where, limitBytes, signal: request.signal });
      found = pageOf(text, { key, where, isFirst });
      return new Response();
    };
    const resonance = isSynced(endpoint) ? { resonance_algorithm: options.resonanceAlgorithm } : {};
    const searchParams = { page: number, page_size: pageSize, ...resonance };
    const hooks = { beforeRetry: [(it: { error: Error }) => retrying(it.error, where)] };
    await api
      .get(path, { searchParams, fetch: fetchWhole, signal, hooks })
      .catch((error: unknown) => {
        throw explain(error, where);
      });
    return found;
  };

  return {
    pages: (endpoint) => {
      const where = `${host}/${placeOf(endpoint).path}`;
      return allPages({
        endpoint,
        where,
        pageSize,
        limits,
        page: (...at) => page(endpoint, ...at),
      });
    },
  };
}

function placeOf(endpoint: Endpoint) {
  return isSynced(endpoint)
    ? { path: SIGNALS[endpoint].socialverse.path, rows: "posts" as const }
    : OTHERS[endpoint];
}

function apiOf(options: ClientOptions) {
  const { baseUrl, token, timeoutMs = TIMEOUT_MS, retries = 4, pauseMs = 500 } = options;
  const authorization = basicAuthorization(baseUrl);
  return ky.create({
    prefix: withoutCredentials(baseUrl),
    headers: {
      "Accept-Encoding": ACCEPT_ENCODING,
      ...(token !== "" && { "Flic-Token": token }),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    redirect: "manual", // a redirect would carry the token to another host
    timeout: timeoutMs,
    retry: {
      limit: retries,
      statusCodes: RETRIED,
      afterStatusCodes: [429, 503],
      maxRetryAfter: options.retryAfterMaxMs ?? 120_000,
      delay: (attempt) => Math.min(PAUSE_MAX_MS, pauseMs * 2 ** (attempt - 1)),
      jitter: (delayMs) => delayMs * (0.5 + Math.random() / 2),
      // One slow reply may be chance; two, and all endpoints together would take hours to give up.
      shouldRetry: ({ error, retryCount }) =>
        isHTTPError(error)
          ? undefined
          : !(error instanceof OversizeError) && (!isTimeoutError(error) || retryCount === 1),
    },
  });
}
