/** HTTP to the Socialverse API: pages of raw rows, with timeouts, retries and named errors. */
import ky, { isHTTPError, isTimeoutError } from "ky";
import type { Endpoint } from "../store/scans.ts";
import { basicAuthorization, withoutCredentials } from "../url.ts";
import { explain, UpstreamError } from "./errors.ts";
import { shallow } from "./shallow.ts";

/** Where upstream is, how to be let in, and how patient to be. */
export type ClientOptions = {
  readonly baseUrl: string;
  /** "" sends none. */
  readonly token: string;
  readonly resonanceAlgorithm: string;
  /** Stands in for the network, for an upstream inside this process. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Rows asked for at a time. */
  readonly pageSize?: number;
  /** Longest wait for one whole reply. */
  readonly timeoutMs?: number;
  /** How often a failed request is tried again. */
  readonly retries?: number;
  /** First pause between two tries; doubles each time, jittered. */
  readonly pauseMs?: number;
  /** Longest pause that `Retry-After` can impose. */
  readonly retryAfterMaxMs?: number;
};

/** Reads upstream. */
export type UpstreamClient = {
  /**
   * The rows of an endpoint, page by page, up to its empty page.
   *
   * @throws UpstreamError when a page can't be had, after the retries.
   */
  readonly pages: (endpoint: Endpoint) => AsyncGenerator<readonly unknown[], void>;
};

/** Paths and the key that holds the rows. */
const ENDPOINTS: Readonly<Record<Endpoint, { path: string; rows: "posts" | "users" }>> = {
  users: { path: "users/get_all", rows: "users" },
  posts: { path: "posts/summary/get", rows: "posts" },
  view: { path: "posts/view", rows: "posts" },
  like: { path: "posts/like", rows: "posts" },
  inspire: { path: "posts/inspire", rows: "posts" },
  rating: { path: "posts/rating", rows: "posts" },
};
const PAGE_SIZE = 1_000;
const PAUSE_MAX_MS = 30_000;
/** Worth another try; 520–524 are what a proxy in front of upstream says when it can't reach it. */
const RETRIED = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];

/** A client of the API at `options.baseUrl`. */
export function openClient(options: ClientOptions): UpstreamClient {
  const { token, pageSize = PAGE_SIZE, timeoutMs = 60_000, retries = 4, pauseMs = 500 } = options;
  const { fetch: send = (request: Request) => fetch(request) } = options;
  const authorization = basicAuthorization(options.baseUrl);
  const api = ky.create({
    prefix: withoutCredentials(options.baseUrl),
    headers: {
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
        isHTTPError(error) ? undefined : !isTimeoutError(error) || retryCount === 1,
    },
  });

  const page = async (endpoint: Endpoint, number: number): Promise<readonly unknown[]> => {
    const { path, rows } = ENDPOINTS[endpoint];
    const where = `${URL.parse(options.baseUrl)?.host ?? "upstream"}/${path}, page ${number}`;
    const resonance =
      rows === "users" || endpoint === "posts"
        ? {}
        : { resonance_algorithm: options.resonanceAlgorithm };
    let found: readonly unknown[] = [];
    // The body is read inside `fetch`, so that timeout and retries cover it too.
    const fetchWhole = async (input: string | URL | Request): Promise<Response> => {
      const response = await send(input as Request);
      const text = await response.text();
      if (response.ok) found = rowsOf(text, rows, where);
      return new Response(null, response);
    };
    const searchParams = { page: number, page_size: pageSize, ...resonance };
    await api.get(path, { searchParams, fetch: fetchWhole }).catch((error: unknown) => {
      throw explain(error, where);
    });
    return found;
  };

  return {
    async *pages(endpoint) {
      let before = "";
      for (let number = 1; ; number++) {
        const rows = await page(endpoint, number);
        if (rows.length === 0) return;
        if (number === 1) refuseOwnHistory(endpoint, rows);
        const print = `${rows.length} ${JSON.stringify([rows[0], rows.at(-1)])}`;
        if (print === before)
          throw new UpstreamError(
            "upstream sends the same page again and again",
            `${ENDPOINTS[endpoint].path}, page ${number}`,
            "it seems to ignore the page asked for; check API_BASE_URL",
          );
        before = print;
        yield rows;
      }
    },
  };
}

/** The rows of a reply. */
function rowsOf(text: string, key: "posts" | "users", where: string): readonly unknown[] {
  let reply: unknown;
  try {
    reply = shallow<unknown>(JSON.parse(text));
  } catch {
    throw new UpstreamError(
      `upstream sent ${text.length} characters that are no whole JSON`,
      where,
      "a proxy or a maintenance page may have answered; check API_BASE_URL",
    );
  }
  const rows = isRecord(reply) ? reply[key] : undefined;
  const failed = isRecord(reply) && "status" in reply && reply["status"] !== "success";
  if (failed || !Array.isArray(rows))
    throw new UpstreamError(
      failed ? "upstream reported a failure" : `upstream's reply has no list "${key}"`,
      where,
      "check API_BASE_URL, FLIC_TOKEN and RESONANCE_ALGORITHM",
    );
  return rows;
}

/** Without the right `resonance_algorithm` upstream sends the token owner's own history. */
function refuseOwnHistory(endpoint: Endpoint, rows: readonly unknown[]): void {
  if (endpoint === "users" || endpoint === "posts") return;
  if (rows.some((it) => isRecord(it) && "user_id" in it && "post_id" in it)) return;
  throw new UpstreamError(
    "upstream's rows name no user_id and post_id: this is the token owner's own history, not everybody's",
    ENDPOINTS[endpoint].path,
    "set RESONANCE_ALGORITHM to the right value",
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
