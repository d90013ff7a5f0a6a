/** A service in memory, for tests of the HTTP routes: posts 1 to `posts`, in that order, for all. */
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { FeedRequest, Service, ShownCard } from "../../src/feed/contract.ts";
import type { Readiness } from "../../src/feed/readiness.ts";
import type { Stats } from "../../src/feed/stats/stats.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Taste } from "../../src/feed/taste.ts";
import { MAP } from "./map.ts";
import { EFFECT } from "./effect.ts";
import { fakeCreators } from "./creators.ts";
import { fakeRuns } from "./runs.ts";
import { adjustingInto, adjustingNothing } from "./adjusting.ts";
import { gorseInto, pushInto } from "./push.ts";
import { POST_EXAMPLE } from "../../src/http/post.ts";

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

/** Readiness of a service of so many posts. */
const ready = (posts: number): Readiness => ({
  snapshot: {
    id: "s7",
    ageSeconds: 60,
    asOf: "2025-06-01T08:30:00.000Z",
    posts,
    embedded: posts,
    fitted: true,
  },
  degraded: [],
  unreadable: [{ endpoint: "posts", reason: "id above 2^53", rows: 8, of: 12 }],
  syncAgeSeconds: 3600,
  sync: null,
  learning: {
    last: "2025-06-02T00:10:09.000Z",
    runningSince: null,
    nextAt: "2025-06-03T00:10:00.000Z",
  },
  heldBackRows: 25,
  encoder: { backlog: 3 },
  demo: false,
});

/** Statistics of a log in which nobody was shown anything. */
function statsOfNothing(days: number): Stats {
  const none = { plays: undefined, completion: undefined, likes: undefined, skips: undefined };
  const rows = { source: [], slot: [], audience: [], policy: [] };
  const about = { days, sinceMs: 0, untilMs: days * 86_400_000, people: 0, pages: 0 };
  return { ...about, total: { impressions: 0, ...none }, ...rows };
}

const TASTE: Taste = {
  id: "12" as UserId,
  audience: "warm",
  snapshot: "s7",
  posts: { known: 40, liked: 12, disliked: 1 },
  categories: [{ name: "Cooking", share: 2 / 3, liked: 8, disliked: 0 }],
  creators: [],
  moods: [{ name: "calm", nearness: 0.123456 }],
  recent: [{ id: "1" as PostId, title: "post 1", confidence: 0.98765 }],
  steering: [{ way: "more", target: "tag", id: "bread", atMs: 0, strength: 0.5 }],
  sliders: UNMOVED,
  words: ["You like bread."],
};

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
