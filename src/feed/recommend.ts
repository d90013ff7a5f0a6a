/** Pages of a feed: finds the user and the session, and leaves out posts that may no longer be shown. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import { audienceOf } from "../ranking/audience.ts";
import type { ScoredFeed } from "../ranking/feed.ts";
import { TIERS } from "../ranking/tiers.ts";
import type { Lap } from "../ranking/pipeline.ts";
import type { Store } from "../data/sqlite/open.ts";
import type { FeedPage, FeedRequest, Service } from "./contract.ts";
import { reasonFor } from "./explain.ts";
import type { Fault } from "./faults.ts";
import type { FeedSession } from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { HistoryError, userStateCache, type Asker, type UserStore } from "./user-state-cache.ts";
import { feedSessions, type Ask } from "./sessions.ts";
import { startTimings, type Timings } from "./timings.ts";
import { storeCache, type StoreCache } from "./store-cache.ts";
import type { EncodeText } from "./intent.ts";
import { whyOf } from "./why.ts";

/** Dependencies of {@link recommender}. */
export type RecommendDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: UserStore & Pick<Store, "posts" | "ids" | "version">;
  readonly encode: EncodeText;
  readonly nowMs?: () => number;
  /** Longest delay until another process's write is noticed, milliseconds. */
  readonly lateMs?: number;
};

/** Default of `lateMs`: too short to be noticed. */
const LATE_MS = 2;

/** A post on a page, and its row in the model. */
type Shown = { readonly key: PostKey; readonly card: Card; readonly row: number };

/** Opens the feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { registry, store, encode, nowMs = performanceNow, lateMs = LATE_MS } = deps;
  const userStates = userStateCache(store);
  const stored = storeCache(store);
  const askers = askerReader(store, stored, lateMs);
  const { sessionFor, feedOf } = feedSessions({ registry, userStates, encode });

  async function rankedFor(ask: Ask) {
    const session = await sessionFor(ask);
    return { session, snapshot: session && (await registry.byId(session.snapshot)) };
  }

  /** A page for a user or a newcomer. `lost` tells why a user is treated as one. @throws HistoryError */
  async function pageFor(
    ask: Ask,
    timings: Timings,
    lost: readonly Fault[] = [],
  ): Promise<FeedPage | undefined> {
    const { page, pageSize } = ask;
    const { session, snapshot } = await rankedFor(ask);
    if (session === undefined || snapshot === undefined) return undefined;
    const faults = [...lost, ...session.failures];

    const { liked, disliked } = await userStates.known(snapshot, ask);
    const cardsOf = (keys: readonly PostKey[]) => stored.cards(ask.catalogue, keys);
    const { at, shown } = await pageOf(cardsOf, snapshot, session, disliked, page, pageSize);
    timings.lap("cards");
    const explanation =
      ask.explain &&
      (await explained(shown, store, snapshot, await feedOf(session, snapshot, ask)).catch(
        (cause: unknown) => void faults.push({ stage: "explain", cause }),
      ));
    return {
      posts: shown.map(({ key, card }) => ({ card, upvoted: liked.has(key) })),
      ...pageMeta(session, ask, at, faults),
      faults,
      explain: undefined,
      ...explanation,
      timings,
    };
  }

  /** A page of a feed; that of a newcomer while the user cannot be read. */
  async function feed(request: FeedRequest): Promise<FeedPage | undefined> {
    const timings = startTimings(nowMs);
    try {
      const asker = await askers.known(request.username, timings.lap);
      return await pageFor({ ...request, ...asker }, timings);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      return pageFor({ ...request, ...askers.newcomer(timings.lap) }, timings, [lost]);
    }
  }

  /** Why a post is in the feed that the user would get now, or is not. @throws HistoryError */
  const why: Service["why"] = async ({ post, ...request }) => {
    const asker = await askers.known(request.username, () => {});
    const ask = { ...FIRST_PAGE, ...request, ...asker };
    const { session, snapshot } = await rankedFor(ask);
    if (session === undefined || snapshot === undefined) return undefined;
    const found = await rowIn(store, snapshot, post);
    if (found === undefined) return "unknown post";
    const [card] = await stored.cards(ask.catalogue, [found.key]);
    const ranked = await feedOf(session, snapshot, ask);
    const stages = session.failures.map(({ stage }) => stage);
    return {
      ...whyOf(snapshot.ranker, ranked, found.row, card !== undefined),
      ...metaOf(ask, session, stages),
    };
  };

  return { feed, why };
}

const FIRST_PAGE = { page: 1, pageSize: 1, list: undefined, explain: true };

/** Key and row of a post; `undefined` if the snapshot does not have it. */
async function rowIn(store: Pick<Store, "ids">, { ranker }: ServedSnapshot, post: PostId) {
  const key = (await store.ids.postKeys([post])).get(post);
  const row = key && ranker.rowOf(key);
  return key === undefined || row === undefined ? undefined : { key, row };
}

/** Facts about page `at` of a session, and how to go on from it. */
function pageMeta(session: FeedSession, ask: Ask, at: number, faults: readonly Fault[]) {
  const { page, pageSize } = ask;
  return {
    nextList: at * pageSize < session.rows.length ? session.token : undefined,
    skipped: at - page,
    ...metaOf(ask, session, [
      ...tiersIn(session, (at - 1) * pageSize, at * pageSize),
      ...faults.map(({ stage }) => stage),
    ]),
  };
}

/** Facts about a feed; `fallback` adds to those of its session. */
function metaOf({ user }: Asker, session: FeedSession, fallback: readonly string[]) {
  return {
    user: { id: user?.id ?? null, known: user !== undefined },
    audience: audienceOf(session.historyLength),
    match: session.match,
    snapshot: session.snapshot,
    fallback: [...session.fallback, ...fallback],
  };
}

/** Reads who asks. */
function askerReader(store: RecommendDeps["store"], { find }: StoreCache, lateMs: number) {
  /** Newest version of the catalogue that was read: without a store, its cached cards are served. */
  let catalogue = 0;
  return {
    /** The user of that name as the store knows them now. @throws HistoryError */
    known: async (username: string, lap: Lap): Promise<Asker> => {
      try {
        catalogue = store.version(lateMs);
        const user = await find(catalogue, username);
        const position = user === undefined ? 0 : await store.events.position(user.key);
        return { user, position, catalogue, lap };
      } catch (cause) {
        throw new HistoryError("users cannot be looked up", { cause });
      }
    },
    newcomer: (lap: Lap): Asker => ({ user: undefined, position: 0, catalogue, lap }),
  };
}

const performanceNow = () => performance.now();

/**
 * Page `page` without posts that were locked, hidden, withdrawn or disliked since they were ranked;
 * if that leaves nothing, the first later page with a post.
 */
async function pageOf(
  cardsOf: (keys: readonly PostKey[]) => Promise<readonly (Card | undefined)[]>,
  { ranker }: ServedSnapshot,
  session: FeedSession,
  disliked: ReadonlySet<number>,
  page: number,
  pageSize: number,
): Promise<{ at: number; shown: Shown[] }> {
  const { postKeys } = ranker.model;
  for (let at = page; ; at++) {
    const rows = session.rows.subarray((at - 1) * pageSize, at * pageSize);
    const cards = await cardsOf(Array.from(rows, (row) => postKeys[row] as PostKey));
    const shown: Shown[] = [];
    for (const [n, card] of cards.entries()) {
      const row = rows[n]!;
      if (card && !disliked.has(row)) shown.push({ key: postKeys[row] as PostKey, card, row });
    }
    if (shown.length > 0 || at * pageSize >= session.rows.length) return { at, shown };
  }
}

/** The explanations of a page, and the trace of its ranking. */
async function explained(
  shown: readonly Shown[],
  { ids }: Pick<Store, "ids">,
  { ranker }: ServedSnapshot,
  feed: ScoredFeed,
) {
  const idOf = await ids.postIds(shown.map(({ key }) => key));
  const explain = shown.map(({ key, row }) => ({
    id: idOf.get(key)!,
    ...reasonFor(ranker, feed, row),
  }));
  return { explain, trace: feed.trace };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: FeedSession, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
