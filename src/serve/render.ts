/**
 * Replies as bytes. A post's JSON was made when it was stored, in two halves round the three flags
 * that depend on who asks; here they are only joined. Foreign names are spelled here and in post.ts.
 */
import type { FeedPage, FeedRequest, SimilarPost, Watch } from "./contract.ts";
import type { Card } from "../domain.ts";

/** Pages of one ranked list that can be asked for. */
export const PAGE_MAX = 1000;

/** A ranked page in the clients' envelope. */
export function renderFeed(request: FeedRequest, page: FeedPage): Uint8Array<ArrayBuffer> {
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
  return envelope(
    page.posts.map(({ card, upvoted }) => (upvoted ? encode(card, true) : bytesOf(card))),
    head,
  );
}

/** Posts that resemble another one; entry n of `similarity` is of post n. */
export function renderSimilar(posts: readonly SimilarPost[]): Uint8Array<ArrayBuffer> {
  return envelope(
    posts.map(({ card }) => bytesOf(card)),
    { similarity: posts.map(({ similarity }) => similarity) },
  );
}

/** A reply whose body is JSON already. */
export const jsonReply = (
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Response => new Response(body, { headers: { "content-type": "application/json", ...headers } });

/** The `Server-Timing` header (W3C): milliseconds of each stage. */
export function serverTiming({ timings }: Watch): string {
  return timings()
    .map(({ stage, ms }) => `${stage};dur=${ms.toFixed(3)}`)
    .join(", ");
}

const utf8 = new TextEncoder();
const rendered = new WeakMap<Card, Uint8Array>();

/** A post that is not upvoted, as nearly all are: its bytes are kept as long as its card. */
function bytesOf(card: Card): Uint8Array {
  const before = rendered.get(card);
  if (before !== undefined) return before;
  const bytes = encode(card, false);
  rendered.set(card, bytes);
  return bytes;
}

function encode({ head, tail }: Card, upvoted: boolean): Uint8Array {
  return utf8.encode(`${head},"upvoted":${upvoted},"bookmarked":false,"following":false${tail}`);
}

const COMMA = 44;
const OPENING = utf8.encode(`{"status":"success","post":[`);

function envelope(posts: readonly Uint8Array[], rest: object): Uint8Array<ArrayBuffer> {
  const closing = utf8.encode(`],${JSON.stringify(rest).slice(1)}`);
  let size = OPENING.length + closing.length + Math.max(0, posts.length - 1);
  for (const post of posts) size += post.length;
  const out = new Uint8Array(size);
  out.set(OPENING);
  let at = OPENING.length;
  for (const [n, post] of posts.entries()) {
    if (n > 0) out[at++] = COMMA;
    out.set(post, at);
    at += post.length;
  }
  out.set(closing, at);
  return out;
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
