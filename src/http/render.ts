/**
 * Replies as bytes. A post's JSON was made when it was stored, in two halves round the three flags
 * that depend on who asks; here they are only joined. Foreign names are spelled here and in post.ts.
 */
import type { FeedPage, FeedRequest, SimilarPost, Watch } from "../feed/contract.ts";
import type { Card } from "../domain/post.ts";

/** Pages of one ranked list that can be asked for. */
export const PAGE_MAX = 1000;

/** A ranked page in the clients' envelope, with where the time went. */
export function feedReply(request: FeedRequest, page: FeedPage): Response {
  const { posts, user, audience, match, snapshot, fallback, explain, watch } = page;
  const body = envelope(
    posts.map(({ card, upvoted }) => (upvoted ? encode(card, true) : bytesOf(card))),
    {
      page: request.page,
      page_size: request.pageSize,
      next: nextUrl(request, page),
      meta: { user, audience, match, snapshot, fallback },
      explain,
    },
  );
  watch?.lap("render");
  const timing = watch && { "server-timing": serverTiming(watch) };
  return new Response(body, { headers: { ...HEADERS, ...timing } });
}

/** Posts that resemble another one; entry n of `similarity` is of post n. */
export function similarReply(posts: readonly SimilarPost[]): Response {
  const body = envelope(
    posts.map(({ card }) => bytesOf(card)),
    { similarity: posts.map(({ similarity }) => similarity) },
  );
  return new Response(body, { headers: HEADERS });
}

const HEADERS = { "content-type": "application/json" };

/** The `Server-Timing` header (W3C): milliseconds of each stage. */
export function serverTiming({ timings }: Watch): string {
  return timings()
    .map(({ stage, ms }) => `${stage};dur=${ms.toFixed(3)}`)
    .join(", ");
}

const utf8 = new TextEncoder();

/** Kept on the card itself: a table of them all would be looked up twenty times a page. */
const BYTES = Symbol("bytes");

/** A post that is not upvoted, as nearly all are: its bytes are kept as long as its card. */
function bytesOf(card: Card & { [BYTES]?: Uint8Array }): Uint8Array {
  return (card[BYTES] ??= encode(card, false));
}

function encode({ head, tail }: Card, upvoted: boolean): Uint8Array {
  return utf8.encode(`${head},"upvoted":${upvoted},"bookmarked":false,"following":false${tail}`);
}

const COMMA = 44;
const OPENING = utf8.encode(`{"status":"success","post":[`);

/** Where bodies are put together: a `Response` copies what it is given. Grows as needed. */
let space = new Uint8Array(65_536);

/** A body that lasts until the next one is made. */
function envelope(posts: readonly Uint8Array[], rest: object): Uint8Array<ArrayBuffer> {
  const closing = utf8.encode(`],${JSON.stringify(rest).slice(1)}`);
  let size = OPENING.length + closing.length + posts.length;
  for (const post of posts) size += post.length;
  if (size > space.length) space = new Uint8Array(2 * size);
  space.set(OPENING);
  let at = OPENING.length;
  for (const post of posts) {
    if (at > OPENING.length) space[at++] = COMMA;
    space.set(post, at);
    at += post.length;
  }
  space.set(closing, at);
  return space.subarray(0, at + closing.length);
}

/** Path and query of the page after this one; `null` after the last. */
function nextUrl(request: FeedRequest, { nextList, skipped = 0 }: FeedPage): string | null {
  const { username, projectCode, mood, explain, pageSize } = request;
  const next = request.page + skipped + 1;
  if (nextList === undefined || next > PAGE_MAX) return null;
  let url = `/feed?username=${encodeURIComponent(username)}`;
  if (projectCode !== undefined) url += `&project_code=${encodeURIComponent(projectCode)}`;
  if (mood !== undefined) url += `&mood=${encodeURIComponent(mood)}`;
  if (explain) url += "&explain=true";
  return `${url}&page=${next}&page_size=${pageSize}&list=${encodeURIComponent(nextList)}`;
}
