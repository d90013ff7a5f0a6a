/**
 * Replies as bytes. A post's JSON was made when it was stored, in two halves round the three flags
 * that depend on who asks; here they are only joined. Foreign names are spelled here and in post.ts.
 */
import type { FeedPage, FeedRequest, SimilarPost, Watch } from "./contract.ts";
import type { Card } from "../domain.ts";

/** Pages of one ranked list that can be asked for. */
export const PAGE_MAX = 1000;

/** A ranked page in the clients' envelope. */
export function renderFeed(request: FeedRequest, page: FeedPage): string {
  const posts = page.posts.map(({ card, upvoted }) => renderPost(card, upvoted));
  const head = {
    page: request.page,
    page_size: request.pageSize,
    next: nextUrl(request, page),
    meta: {
      user: page.user,
      audience: page.audience,
      match: page.match,
      snapshot: page.snapshot,
      fallback: page.fallback,
    },
    explain: page.explain,
  };
  return envelope(posts, head);
}

/** Posts that resemble another one; entry n of `similarity` is of post n. */
export function renderSimilar(posts: readonly SimilarPost[]): string {
  return envelope(
    posts.map(({ card }) => renderPost(card, false)),
    { similarity: posts.map(({ similarity }) => similarity) },
  );
}

/** A reply whose body is JSON already. */
export const jsonReply = (body: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(body, { headers: { "content-type": "application/json", ...headers } });

/** The `Server-Timing` header (W3C): milliseconds of each stage. */
export function serverTiming({ timings }: Watch): string {
  return timings()
    .map(({ stage, ms }) => `${stage};dur=${ms.toFixed(3)}`)
    .join(", ");
}

function renderPost({ head, tail }: Card, upvoted: boolean): string {
  return `${head},"upvoted":${upvoted},"bookmarked":false,"following":false${tail}`;
}

function envelope(posts: readonly string[], rest: object): string {
  return `{"status":"success","post":[${posts.join(",")}],${JSON.stringify(rest).slice(1)}`;
}

/** Path and query of the page after this one; `null` after the last. */
function nextUrl(request: FeedRequest, { nextList, skipped = 0 }: FeedPage): string | null {
  const next = request.page + skipped + 1;
  if (nextList === undefined || next > PAGE_MAX) return null;
  const query = new URLSearchParams({ username: request.username });
  if (request.projectCode !== undefined) query.set("project_code", request.projectCode);
  if (request.mood !== undefined) query.set("mood", request.mood);
  if (request.explain) query.set("explain", "true");
  query.set("page", String(next));
  query.set("page_size", String(request.pageSize));
  query.set("list", nextList);
  return `/feed?${query}`;
}
