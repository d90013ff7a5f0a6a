/** Replies of the stand-in upstream to honest requests: access, rows, envelope. */
import { upstreamTime, type Dataset, type ListName, type Row } from "./rows.ts";

/** A request as it was understood: rows of `list` from `page`. */
export type PageRequest = {
  readonly list: ListName;
  readonly page: number;
  readonly pageSize: number;
  readonly token: string | null;
  readonly resonance: string | null;
};

/** Views older than `viewWindowDays` before `nowMs` are gone, once both are set. */
export type Time = { nowMs?: number; viewWindowDays?: number };

const PAGE_SIZE_MAX = 1_000;
const PAGE_SIZE_DEFAULT = 20;

const ENDPOINTS: Record<string, { list: ListName; message: string }> = {
  "/posts/view": { list: "view", message: "Viewed posts fetched successfully" },
  "/posts/like": { list: "like", message: "Liked posts fetched successfully" },
  "/posts/inspire": { list: "inspire", message: "Inspired posts fetched successfully" },
  "/posts/rating": { list: "rating", message: "Rated posts fetched successfully" },
  "/posts/summary/get": { list: "posts", message: "Posts fetched successfully" },
  "/users/get_all": { list: "users", message: "Users fetched successfully" },
};
const MESSAGES = Object.fromEntries(Object.values(ENDPOINTS).map((it) => [it.list, it.message]));

/** The endpoint and page that `request` asks for; `undefined` if no endpoint has its path. */
export function understand(request: Request): PageRequest | undefined {
  const { pathname, searchParams } = new URL(request.url);
  const endpoint = ENDPOINTS[pathname];
  if (endpoint === undefined) return undefined;
  const number = (name: string, fallback: number) =>
    Math.max(1, Math.trunc(Number(searchParams.get(name))) || fallback);
  return {
    list: endpoint.list,
    page: number("page", 1),
    pageSize: Math.min(PAGE_SIZE_MAX, number("page_size", PAGE_SIZE_DEFAULT)),
    token: request.headers.get("flic-token"),
    resonance: searchParams.get("resonance_algorithm") || null,
  };
}

/** True if the asker gets rows at all. (The real API was never seen to refuse: a guess.) */
export function isAllowed(
  asked: PageRequest,
  keys: { readonly token: string; readonly resonance?: string | undefined },
): boolean {
  const hasToken = asked.token === keys.token;
  if (asked.list === "users" || asked.list === "posts" || asked.resonance === null) return hasToken;
  return keys.resonance === undefined || asked.resonance === keys.resonance;
}

/** All rows of the endpoint, by ascending id, before they are cut into pages. */
export function rowsFor(asked: PageRequest, data: Dataset, time: Time): readonly Row[] {
  const { list, resonance } = asked;
  if (list !== "users" && list !== "posts" && resonance === null) return ownHistory(list, data);
  const rows = data[list].toSorted((a, b) => a.id - b.id);
  if (list !== "view" || time.nowMs === undefined || time.viewWindowDays === undefined) return rows;
  const oldest = upstreamTime(time.nowMs - time.viewWindowDays * 86_400_000);
  return rows.filter((it) => String(it["viewed_at"]) >= oldest);
}

/** Rows for a token alone: full posts that the token's owner (here the first user) did something to. */
function ownHistory(list: ListName, data: Dataset): Row[] {
  const owner = data[list][0]?.["user_id"];
  const own = new Set(
    data[list].filter((it) => it["user_id"] === owner).map((it) => it["post_id"]),
  );
  return data.posts.filter((it) => own.has(it.id));
}

/** One page in its envelope, keys in the endpoint's own order. */
export function envelope(asked: PageRequest, rows: readonly Row[]): Record<string, unknown> {
  const from = (asked.page - 1) * asked.pageSize;
  const slice = rows.slice(from, from + asked.pageSize);
  const [page_size, max_page_size] = [slice.length, asked.pageSize];
  const head = { status: "success", message: MESSAGES[asked.list], page: asked.page };
  return asked.list === "users"
    ? { ...head, max_page_size, page_size, users: slice }
    : { ...head, page_size, max_page_size, posts: slice };
}
