/**
 * Replies as bytes. The store keeps each post's JSON in two halves, around the three flags that
 * depend on the asking user; this file joins them. Only this file and post.ts use foreign names.
 */
import type { SimilarPost } from "../feed/catalogue.ts";
import type { FeedMeta, FeedPage, FeedRequest } from "../feed/contract.ts";
import type { Why } from "../feed/why-contract.ts";
import type { Timings } from "../feed/timings.ts";
import type { Trace } from "../ranking/trace.ts";
import { idJson } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";

declare global {
  interface JSON {
    /** A value that `stringify` writes as it is (ES2026, not yet in TypeScript's library). */
    rawJSON(text: string): object;
  }
}

/** Highest page number of a feed session. */
export const PAGE_MAX = 1000;

/** Reply of `/feed`: the page in Socialverse's envelope, with a `Server-Timing` header. */
export function feedReply(request: FeedRequest, page: FeedPage): Response {
  const { posts, explain, trace, timings } = page;
  const body = envelope(
    posts.map(({ card, upvoted }) => (upvoted ? encode(card, true) : bytesOf(card))),
    {
      page: request.page,
      page_size: request.pageSize,
      next: nextUrl(request, page),
      meta: {
        ...listMeta(page),
        user: numbered(page.user),
        recommendation_id: page.recommendationId,
      },
      explain: explain?.map(numbered),
      trace: trace && traceReply(trace),
    },
  );
  return timedReply(body, timings);
}

/** The reasons why a post is in a feed or not, as JSON. */
export function whyReply(why: Why & FeedMeta): object {
  const { eligible, reasons, foundBy, terms, rankBefore, rank, lacks, sentences } = why;
  return {
    eligible,
    reasons,
    found_by: foundBy,
    terms,
    rank_before: rankBefore ?? null,
    rank: rank ?? null,
    lacks: lacks
      ? { first: lacks.first, score: lacks.score ?? null, like: lacks.like ?? null }
      : null,
    sentences,
    words: sentences.join(" "),
    meta: metaReply(why),
  };
}

/** Facts about a list, with its user's id as a string. */
const metaReply = ({ user, audience, match, snapshot, fallback }: FeedMeta) => ({
  user,
  audience,
  match,
  snapshot,
  fallback,
});

/** Facts about a list, and what may be loaded ahead of the page. */
export const listMeta = ({ prefetch, ...meta }: FeedMeta & Pick<FeedPage, "prefetch">) => {
  const { posts, holdMs, voidOn } = prefetch;
  return { ...metaReply(meta), prefetch: { posts, hold_ms: holdMs, void_on: voidOn } };
};

/** The trace of a ranking. */
export const traceReply = ({ eligible, keptOut, found, moved }: Trace) => ({
  eligible,
  kept_out: keptOut,
  found,
  moved,
});

/** Reply of `/posts/{id}/similar`; entry n of `similarity` belongs to post n. */
export function similarReply(posts: readonly SimilarPost[]): Response {
  const body = envelope(
    posts.map(({ card }) => bytesOf(card)),
    { similarity: posts.map(({ similarity }) => similarity) },
  );
  return new Response(body, { headers: HEADERS });
}

/** Headers of replies in JSON. */
const HEADERS = { "content-type": "application/json" };

/** A reply in JSON with the `Server-Timing` header (W3C): milliseconds of each stage. */
export function timedReply(body: BodyInit, timings: Timings | undefined): Response {
  timings?.lap("render");
  const stages = timings?.stages().map(({ stage, ms }) => `${stage};dur=${ms.toFixed(3)}`);
  return new Response(body, {
    headers: { ...HEADERS, ...(stages && { "server-timing": stages.join(", ") }) },
  });
}

const utf8 = new TextEncoder();

/** Key of a card's encoded bytes: a property is cheaper than a map, which each page would search twenty times. */
const BYTES = Symbol("bytes");

/** Bytes of a post that is not upvoted, as nearly all are; cached on its card. */
function bytesOf(card: Card & { [BYTES]?: Uint8Array }): Uint8Array {
  return (card[BYTES] ??= encode(card, false));
}

function encode(card: Card, upvoted: boolean): Uint8Array {
  return utf8.encode(postText(card, upvoted));
}

/** JSON of a post with the flags of the asking user. */
export function postText({ head, tail }: Card, upvoted: boolean): string {
  return `${head},"upvoted":${upvoted},"bookmarked":false,"following":false${tail}`;
}

const COMMA = 44;
const OPENING = utf8.encode(`{"status":"success","post":[`);

/** Buffer for the body of one reply, reused since a `Response` copies it. Grows as needed. */
let space = new Uint8Array(65_536);

/** The body of a reply; valid until the next call. */
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

/** The object with its id as `/feed` sends it: Socialverse's numbers become JSON numbers, with every digit. */
function numbered<T extends { readonly id: string | null }>(it: T): object {
  return { ...it, id: it.id === null ? null : JSON.rawJSON(idJson(it.id)) };
}

/** Path and query of the next page; `null` after the last one. */
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
