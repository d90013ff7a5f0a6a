/** Pages of a feed: finds the user and the session, and leaves out posts that may no longer be shown. */
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import { audienceOf } from "../ranking/audience.ts";
import { TIERS, type ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../ranking/person.ts";
import type { Store } from "../data/sqlite/open.ts";
import type { FeedPage, FeedRequest } from "./contract.ts";
import { reasonFor } from "./explain.ts";
import type { Fault } from "./faults.ts";
import type { FeedSession } from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { HistoryError, userStateCache, type UserStore } from "./user-state-cache.ts";
import { feedSessions } from "./sessions.ts";
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

  let version = 0;

  /** The asking user; `undefined` for an unknown name. @throws HistoryError */
  async function whoIs({ username }: FeedRequest): Promise<UserKey | undefined> {
    try {
      version = store.version(lateMs);
      return await stored.find(version, username);
    } catch (cause) {
      throw new HistoryError("users cannot be looked up", { cause });
    }
  }

  /** A page for a user, or for a newcomer without a key. `lost` tells why a user is treated as one. @throws HistoryError */
  async function pageFor(
    request: FeedRequest,
    userKey: UserKey | undefined,
    timings: Timings,
    lost: readonly Fault[] = [],
  ): Promise<FeedPage | undefined> {
    const { username, projectCode, mood, page, pageSize } = request;
    const now = { version, lap: timings.lap };
    const ask = { userKey, username, projectCode, mood };
    const session = await sessionFor(request, ask, now);
    const snapshot = session && (await registry.byId(session.snapshot));
    if (session === undefined || snapshot === undefined) return undefined;
    const faults = [...lost, ...session.failures];

    const { person, liked, disliked } = await userStates.known(snapshot, userKey, now);
    const cardsOf = (ids: readonly PostKey[]) => stored.cards(now.version, ids);
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
      ...(request.explain
        ? explained(shown, snapshot, await feedOf(session, snapshot, ask, now), person)
        : { explain: undefined }),
      timings,
    };
  }

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const timings = startTimings(nowMs);
    try {
      return await pageFor(request, await whoIs(request), timings);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      return pageFor(request, undefined, timings, [lost]);
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

function explained(
  shown: readonly Shown[],
  { ranker }: ServedSnapshot,
  feed: ScoredFeed,
  person: Person,
) {
  const explain = shown.map(({ row }) => reasonFor(ranker, feed, row, person));
  return { explain, trace: feed.trace };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: FeedSession, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
