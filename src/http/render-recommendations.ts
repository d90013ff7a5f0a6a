/** Replies of `/recommendations` as JSON. Cards of apps are text that goes out as it came. */
import type {
  Recommendation,
  Recommendations,
  RecommendationsRequest,
  ShownCard,
} from "../feed/contract.ts";
import { listMeta, postText, timedReply, traceReply } from "./render.ts";

/** Reply of `/recommendations`, with a `Server-Timing` header. */
export function recommendationsReply(
  request: RecommendationsRequest,
  page: Recommendations,
): Response {
  const { recommendationId, items, cursor, trace, timings } = page;
  const rest = {
    next: cursor === undefined ? null : nextPath(request, cursor),
    meta: listMeta(page),
    trace: trace && traceReply(trace),
  };
  const id = JSON.stringify(recommendationId);
  const body = `{"recommendation_id":${id},"items":[${items.map(itemText).join()}],${JSON.stringify(rest).slice(1)}`;
  return timedReply(body, timings);
}

/** Path and query of the page at a cursor. */
export function nextPath(request: RecommendationsRequest, cursor: string): string {
  const { user, limit, category, mood, exclude, session, cards, isPreview, explain } = request;
  const query = new URLSearchParams({ user, limit: String(limit) });
  if (category !== undefined) query.set("category", category);
  if (mood !== undefined) query.set("mood", mood);
  for (const id of exclude) query.append("exclude", id);
  if (session !== undefined) query.set("session", session);
  if (cards) query.set("cards", "true");
  if (isPreview) query.set("preview", "true");
  if (explain) query.set("explain", "true");
  query.set("cursor", cursor);
  return `/recommendations?${query}`;
}

function itemText({ id, score, position, shown, explain }: Recommendation): string {
  const item = { id, score: Math.round(score * 1e4) / 1e4, position };
  const card = shown === undefined ? "" : `,"card":${cardText(shown)}`;
  const why = explain && {
    sources: explain.sources,
    terms: explain.terms,
    reasons: explain.reasons,
  };
  return `${JSON.stringify(item).slice(0, -1)}${card}${why ? `,"explain":${JSON.stringify(why)}` : ""}}`;
}

const cardText = (shown: ShownCard): string =>
  "own" in shown ? (shown.own ?? "null") : postText(shown.card, shown.upvoted);
