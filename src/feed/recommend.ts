/** Pages of a feed: finds the user and the session, and leaves out posts that may no longer be shown. */
import type { PostKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import { audienceOf } from "../ranking/audience.ts";
import { TIERS, type ScoredFeed } from "../ranking/feed.ts";
import type { Lap } from "../ranking/pipeline.ts";
import type { Store } from "../data/sqlite/open.ts";
import type { FeedPage, FeedRequest } from "./contract.ts";
import { reasonFor } from "./explain.ts";
import type { Fault } from "./faults.ts";
import type { FeedSession } from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { HistoryError, userStateCache, type Asker, type UserStore } from "./user-state-cache.ts";
import { feedSessions, type Ask } from "./sessions.ts";
import { startTimings, type Timings } from "./timings.ts";
import { storeCache } from "./store-cache.ts";
import type { EncodeText } from "./intent.ts";

/** Dependencies of {@link recommender}. */
export type RecommendDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: UserStore & Pick<Store, "posts" | "version">;
  readonly encode: EncodeText;
  readonly nowMs?: () => number;
  /** Longest delay until another process's write is noticed, milliseconds. */
  readonly lateMs?: number;
};

/** Default of `lateMs`: too short to be noticed. */
const LATE_MS = 2;

/** A post on a page, and its row in the model. */
type Shown = { readonly id: PostKey; readonly card: Card; readonly row: number };

/** Opens the feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { registry, store, encode, nowMs = performanceNow, lateMs = LATE_MS } = deps;
  const userStates = userStateCache(store);
  const stored = storeCache(store);
  const { sessionFor, feedOf } = feedSessions({ registry, userStates, encode });

  /** Newest version of the catalogue that was seen: without a store, cards cached for it are served. */
  let catalogue = 0;

  /** The asking user as the store knows them now. @throws HistoryError */
  async function askerOf({ username }: FeedRequest, lap: Lap): Promise<Asker> {
    try {
      catalogue = store.version(lateMs);
      const userKey = await stored.find(catalogue, username);
      const position = userKey === undefined ? 0 : await store.interactions.position(userKey);
      return { userKey, position, catalogue, lap };
    } catch (cause) {
      throw new HistoryError("users cannot be looked up", { cause });
    }
  }

  /** A page for a user or a newcomer. `lost` tells why a user is treated as one. @throws HistoryError */
  async function pageFor(
    ask: Ask,
    timings: Timings,
    lost: readonly Fault[] = [],
  ): Promise<FeedPage | undefined> {
    const { userKey, page, pageSize } = ask;
    const session = await sessionFor(ask);
    const snapshot = session && (await registry.byId(session.snapshot));
    if (session === undefined || snapshot === undefined) return undefined;
    const faults = [...lost, ...session.failures];

    const { liked, disliked } = await userStates.known(snapshot, ask);
    const cardsOf = (ids: readonly PostKey[]) => stored.cards(ask.catalogue, ids);
    const { at, shown } = await pageOf(cardsOf, snapshot, session, disliked, page, pageSize);
    timings.lap("cards");
    return {
      posts: shown.map(({ id, card }) => ({ card, upvoted: liked.has(id) })),
      nextList: at * pageSize < session.rows.length ? session.token : undefined,
      skipped: at - page,
      user: { id: userKey ?? null, known: userKey !== undefined },
      audience: audienceOf(session.historyLength),
      match: session.match,
      snapshot: session.snapshot,
      fallback: [
        ...session.fallback,
        ...tiersIn(session, (at - 1) * pageSize, at * pageSize),
        ...faults.map(({ stage }) => stage),
      ],
      faults,
      ...(ask.explain
        ? explained(shown, snapshot, await feedOf(session, snapshot, ask))
        : { explain: undefined }),
      timings,
    };
  }

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const timings = startTimings(nowMs);
    try {
      return await pageFor({ ...request, ...(await askerOf(request, timings.lap)) }, timings);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      const newcomer = { userKey: undefined, position: 0, catalogue, lap: timings.lap };
      return pageFor({ ...request, ...newcomer }, timings, [lost]);
    }
  };
}

const performanceNow = () => performance.now();

/**
 * Page `page` without posts that were locked, hidden, withdrawn or disliked since they were ranked;
 * if that leaves nothing, the first later page with a post.
 */
async function pageOf(
  cardsOf: (ids: readonly PostKey[]) => Promise<readonly (Card | undefined)[]>,
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
      if (card && !disliked.has(row)) shown.push({ id: postKeys[row] as PostKey, card, row });
    }
    if (shown.length > 0 || at * pageSize >= session.rows.length) return { at, shown };
  }
}

function explained(shown: readonly Shown[], { ranker }: ServedSnapshot, feed: ScoredFeed) {
  const explain = shown.map(({ row }) => reasonFor(ranker, feed, row));
  return { explain, trace: feed.trace };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: FeedSession, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
