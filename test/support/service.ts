/** A service in memory, for tests of the HTTP routes: posts 1 to `posts`, in that order, for all. */
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { FeedRequest, Service, ShownCard } from "../../src/feed/contract.ts";
import { MAP } from "./map.ts";
import { EFFECT } from "./effect.ts";
import { fakeCreators } from "./creators.ts";
import { fakeRuns } from "./runs.ts";
import { adjustingInto, adjustingNothing } from "./adjusting.ts";
import { gorseInto, pushInto } from "./push.ts";
import { POST_EXAMPLE } from "../../src/http/post.ts";
import { ready, statsOfNothing, TASTE } from "./service-state.ts";

/** A card as the store keeps one: everything but the three flags of the asking user. */
export function card(id: number | string) {
  const post = JSON.stringify({ ...POST_EXAMPLE, id, title: `post ${id}` });
  const flags = ',"upvoted":false,"bookmarked":false,"following":false';
  const at = post.indexOf(flags);
  return { head: post.slice(0, at), tail: post.slice(at + flags.length) };
}

/** A service that knows "ada" (id 12), who likes post 1; `requests` holds what it was asked. */
export function fakeService(posts = 45): Service & { readonly requests: FeedRequest[] } {
  const requests: FeedRequest[] = [];
  const adjusting = adjustingInto();
  const ids = Array.from({ length: posts }, (_, at) => String(at + 1) as PostId);
  return {
    requests,
    async feed(request) {
      requests.push(request);
      const { username, page, pageSize } = request;
      const known = username === "ada" || username === "12";
      const on = ids.slice((page - 1) * pageSize, page * pageSize);
      return {
        recommendationId: `f${page}`,
        prefetch: { posts: on.length, holdMs: 600_000, voidOn: ["hide"] },
        posts: on.map((id) => ({ card: card(Number(id)), upvoted: known && id === "1" })),
        nextList: page * pageSize < posts ? "s7.41" : undefined,
        user: { id: known ? ("12" as UserId) : null, known },
        audience: known ? "warm" : "cold",
        match: request.mood === undefined ? [] : ["mood"],
        snapshot: "s7",
        fallback: known ? [] : ["popular"],
        explain: request.explain ? on.map(reason) : undefined,
      };
    },
    async recommend(request) {
      const { user, limit, cursor = "0", session, offset = 0 } = request;
      const from = Number(cursor) || 0;
      const on = ids
        .filter((id) => !request.exclude.includes(id))
        .slice(from + offset, from + limit);
      const known = user === "12";
      return {
        recommendationId: `r${from}`,
        prefetch: { posts: on.length, holdMs: 600_000, voidOn: ["hide"] },
        items: on.map((id, n) => ({
          id,
          score: 1 / (from + n + 1),
          position: from + n + 1,
          shown: request.cards ? shown(id) : undefined,
          explain: request.explain ? reason(id) : undefined,
        })),
        cursor: from + limit < posts ? String(from + limit) : undefined,
        user: { id: known ? user : null, known },
        audience: known ? "warm" : "cold",
        match: session === undefined ? [] : [`session ${session}`],
        snapshot: "s7",
        fallback: [],
      };
    },
    why: async ({ post }) =>
      ids.includes(post)
        ? {
            ...{ eligible: true, reasons: [], foundBy: ["popular"], terms: { popular: 1 } },
            ...{
              rankBefore: 1,
              rank: undefined,
              sentences: ["It is.", "It is new."],
              user: { id: "12" as UserId, known: true },
            },
            ...{ audience: "warm", match: [], snapshot: "s7", fallback: [] },
          }
        : "unknown post",
    taste: async (id) => (["12", "ada"].includes(id) ? TASTE : "unknown user"),
    async similar(id, limit) {
      if (!ids.includes(id)) return "unknown post";
      const others = ids.filter((it) => it !== id).slice(0, limit);
      return others.map((it, at) => ({ id: it, card: card(Number(it)), similarity: 1 / (at + 2) }));
    },
    chart: async ({ offset, limit }) =>
      ids.slice(offset, offset + limit).map((id) => ({ id, score: 1 })),
    stats: async (days) => statsOfNothing(days),
    gorse: gorseInto(),
    categories: () => [{ id: 2, name: "Morning routines", posts }],
    search: {
      find: async (text) => ({ people: [{ id: "12" as UserId, name: text }], posts: [] }),
      summaries: async (ids) => ids.map((id) => ({ id, title: `post ${id}`, categories: [], creator: "", createdAtMs: 0, isHidden: false })), // prettier-ignore
    },
    people: {
      named: async (ids) => ids.map((id) => ({ id, name: `name of ${id}` })),
      newest: async (count) => [{ id: "12" as UserId, name: `newest of ${count}` }],
    },
    moods: () => [{ name: "calm", label: "Calm", sentence: "slow and quiet" }],
    about: async () => ({ catalogue: "own", posts, people: 12, events: 345 }),
    runs: fakeRuns,
    readiness: async () => ready(posts),
    map: async () => MAP,
    overview: async () => ({
      ...{ days: [], signals: [], quality: undefined, alarms: [] },
      ...{ counts: { posts, people: 12, events: 345 }, readiness: ready(posts) },
    }),
    ...fakeCreators,
    push: pushInto(),
    watchEvents: async function* () {},
    effect: async (seq) => (seq === EFFECT.event.seq ? EFFECT : "unknown event"),
    adjusting: () => adjusting,
  };
}

/** The service before its first snapshot. */
export function startingService(): Service {
  return {
    ...fakeService(),
    feed: async () => undefined,
    recommend: async () => undefined,
    why: async () => undefined,
    taste: async () => undefined,
    effect: async () => undefined,
    adjusting: adjustingNothing,
    similar: async () => undefined,
    chart: async () => undefined,
    map: async () => undefined,
    categories: () => undefined,
    catalogueHealth: async () => undefined,
    creators: async () => undefined,
    creator: async () => undefined,
    readiness: async () => ({
      snapshot: undefined,
      degraded: ["no sync has ended yet"],
      unreadable: [],
      syncAgeSeconds: null,
      sync: { endpoint: "posts", page: 2, rows: 1_000, since: "2025-06-01T00:10:00.000Z" },
      learning: { last: null, runningSince: "2025-06-01T00:10:00.000Z", nextAt: null },
      heldBackRows: 0,
      encoder: { backlog: 45 },
      demo: false,
    }),
  };
}

/** Post 1 came with JSON of its app, post 2 without any, the others are Socialverse's. */
function shown(id: PostId): ShownCard {
  if (id === "1") return { own: '{"b":1,"a":[1.50]}' };
  return id === "2" ? { own: null } : { card: card(Number(id)), upvoted: id === "3" };
}

function reason(id: PostId) {
  return {
    id,
    sources: ["popular"],
    terms: { popularity: 0.5 },
    score: 0.5,
    reasons: ["many people like it"],
  };
}
