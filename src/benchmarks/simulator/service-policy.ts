/** Policies of a running vidrec, over its HTTP API: events at once, or once a night. */
import type { Page, Policy, Showing } from "./policy.ts";
import { START_MS, type SimulatedPost } from "./world.ts";

/** A vidrec that runs by the simulator's clock. */
export type RunningService = {
  /** Sends a request to it: JSON in, JSON out. @throws Error for a reply that is no success */
  readonly send: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>;
  /** Sets its clock, Unix epoch milliseconds. */
  readonly setClock: (nowMs: number) => void;
  /** Encodes and learns what is stored. */
  readonly learn: () => Promise<void>;
};

/** Most rows of a request. */
const ROWS_MAX = 1_000;

type Reply = {
  readonly items: readonly { readonly id: string }[];
  readonly recommendation_id: string;
  readonly next: string | null;
};

/** This vidrec: events are sent page by page, and each page is asked for anew in the viewer's session. */
export function livePolicy(service: RunningService): Policy {
  return {
    name: "vidrec",
    startDay: (posts, atMs) => startDay(service, posts, [], atMs),
    next: async (viewer, session, count, atMs) => {
      service.setClock(atMs);
      return pageOf(await service.send("GET", `/recommendations?${new URLSearchParams({ user: viewer, session, limit: String(count) })}`)); // prettier-ignore
    },
    report: (showings) => sendEvents(service, showings),
  };
}

/**
 * This vidrec, told once a night: a day goes on in one list.
 *
 * @param namesRecommendations  True if events name the recommendation they follow from. Without, and without
 *   exploration, it is the daily feed of an upstream that is read once a day.
 */
export function nightlyPolicy(
  name: string,
  service: RunningService,
  namesRecommendations: boolean,
): Policy {
  const today: Showing[] = [];
  const nextOf = new Map<string, string | null>();
  return {
    name,
    startDay: async (posts, atMs) => {
      nextOf.clear();
      await startDay(service, posts, today.splice(0), atMs);
    },
    next: async (viewer, _session, count, atMs) => {
      service.setClock(atMs);
      const path = nextOf.get(viewer) ?? `/recommendations?${new URLSearchParams({ user: viewer, limit: String(count) })}`; // prettier-ignore
      const reply = await service.send("GET", path);
      nextOf.set(viewer, (reply as Reply).next);
      const { ids, recommendationId } = pageOf(reply);
      return namesRecommendations ? { ids, recommendationId } : { ids };
    },
    report: async (showings) => void today.push(...showings),
  };
}

const pageOf = (reply: unknown): Page => {
  const { items, recommendation_id: recommendationId } = reply as Reply;
  return { ids: items.map(({ id }) => id), recommendationId };
};

async function startDay(
  service: RunningService,
  posts: readonly SimulatedPost[],
  showings: readonly Showing[],
  atMs: number,
): Promise<void> {
  service.setClock(atMs);
  const rows = posts.map(({ id, title, text, category, creator, createdAtMs, durationMs }) => ({
    ...{ id, title, text, category, creator },
    ...{ created_at: createdAtMs, duration_ms: durationMs },
  }));
  for (let n = 0; n < rows.length; n += ROWS_MAX)
    await service.send("POST", "/posts", { posts: rows.slice(n, n + ROWS_MAX) });
  await sendEvents(service, showings);
  if (atMs > START_MS || posts.length > 0) await service.learn();
}

async function sendEvents({ send, setClock }: RunningService, showings: readonly Showing[]) {
  const rows = showings.flatMap((it) => {
    const about = {
      ...{ user: it.viewer, post: it.post.id, at: it.atMs, session: it.session },
      ...(it.recommendationId !== undefined && { recommendation_id: it.recommendationId }),
    };
    const view = { ...about, kind: "view", watched_ms: it.watchedMs, duration_ms: it.post.durationMs }; // prettier-ignore
    return it.isLiked ? [view, { ...about, kind: "like" }] : [view];
  });
  const last = showings.at(-1);
  if (last !== undefined) setClock(Math.max(last.atMs, START_MS));
  for (let n = 0; n < rows.length; n += ROWS_MAX)
    await send("POST", "/events", { events: rows.slice(n, n + ROWS_MAX) });
}
