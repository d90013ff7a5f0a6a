/** The demo as an upstream: the six endpoints of the Socialverse API, answered inside the program. */
import type { Socialverse } from "../../domain/signal.ts";
import { SIGNALS, SYNCED_NAMES } from "../../domain/signals.ts";
import { seededRandom } from "../../linalg/random.ts";
import { demoAudience } from "./audience.ts";
import { CREATORS, demoPosts } from "./catalogue.ts";
import { countsOf, type DemoEvent } from "./events.ts";
import { postRow, timestamp } from "./post-rows.ts";
import { creatorRow, viewerRow } from "./user-rows.ts";

/** The rows of every endpoint, by its path; ascending by id. */
type Rows = Readonly<Record<string, readonly object[]>>;

/** Signals with an endpoint upstream. */
const SYNCED = SYNCED_NAMES.map((name) => ({ name, ...SIGNALS[name].socialverse }));
const PAGE_SIZE_MAX = 1_000;
const SEED = 38;
/** The envelope's message, by path. */
const MESSAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SYNCED.map(({ path }) => [`/${path}`, "Posts fetched successfully"])),
  "/posts/summary/get": "Posts fetched successfully",
  "/users/get_all": "Users fetched successfully",
};

/**
 * Replaces `fetch` to the API. Any host, token and `resonance_algorithm` is accepted. Rows are made
 * on the first request, and are the same in every process.
 */
export function demoFetch(): (request: Request) => Promise<Response> {
  let rows: Rows | undefined;
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const message = MESSAGES[pathname];
    if (message === undefined)
      return Response.json({ status: "error", message: "Not found" }, { status: 404 });
    rows ??= demoRows();
    const page = Math.max(1, Math.trunc(Number(searchParams.get("page"))) || 1);
    const asked = Math.trunc(Number(searchParams.get("page_size"))) || PAGE_SIZE_MAX;
    const size = Math.min(PAGE_SIZE_MAX, Math.max(1, asked));
    const found = rows[pathname]!.slice((page - 1) * size, page * size);
    const counts =
      pathname === "/users/get_all" // upstream's order differs here
        ? { page, max_page_size: size, page_size: found.length, users: found }
        : { page, page_size: found.length, max_page_size: size, posts: found };
    return Response.json({ status: "success", message, ...counts });
  };
}

/** All rows of all endpoints. */
export function demoRows(): Rows {
  const posts = demoPosts();
  const audience = demoAudience(posts);
  const ids = posts.map(({ id }) => id);
  const counts = countsOf(audience, ids);
  const random = seededRandom(SEED);
  const byCategory = Map.groupBy(posts, ({ category }) => category);
  const byCreator = Map.groupBy(posts, ({ creator }) => creator);
  const lastViews = new Map(audience.view.map((view) => [view.userId, view]));
  const creators = Array.from({ length: CREATORS }, (_, n) => {
    const own = byCreator.get(n + 1) ?? [];
    const inspired = own.reduce((sum, { id }) => sum + counts.get(id)!.inspire, 0);
    return creatorRow(random, n + 1, own, inspired);
  });
  return {
    ...Object.fromEntries(SYNCED.map((it) => [`/${it.path}`, eventRows(audience[it.name], it)])),
    "/posts/summary/get": posts.map((post) =>
      postRow(random, post, counts.get(post.id)!, byCategory.get(post.category)!.length),
    ),
    "/users/get_all": [
      ...creators,
      ...audience.viewers.map((it) => viewerRow(random, it, lastViews.get(it.id))),
    ],
  };
}

/** Events as rows, numbered in order of time. */
function eventRows(events: readonly DemoEvent[], { timeKey, valueKey }: Socialverse): object[] {
  return events.map(({ userId, postId, value, atMs }, n) => ({
    id: 1 + n,
    post_id: postId,
    user_id: userId,
    ...(valueKey !== undefined && { [valueKey]: value }),
    [timeKey]: timestamp(atMs),
  }));
}
