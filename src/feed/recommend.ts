/** The service's feed and why: find the user and their session, then make the page or the answer. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Store } from "../data/contract.ts";
import type { FeedPage, FeedRequest, Service } from "./contract.ts";
import { requestUserReader } from "./request-user.ts";
import type { Failure } from "../ranking/attempt.ts";
import { explained, metaOf, pageMeta, pageOf, stagesOf } from "./page.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { HistoryError, userStateCache, type UserStore } from "./user-state-cache.ts";
import { feedSessions, type SessionRequest } from "./sessions.ts";
import { startTimings, type Timings } from "./timings.ts";
import { storeCache } from "./store-cache.ts";
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

/** Opens the feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { registry, store, encode, nowMs = performanceNow, lateMs = LATE_MS } = deps;
  const userStates = userStateCache(store);
  const stored = storeCache(store);
  const requestUsers = requestUserReader(store, stored, lateMs);
  const { sessionFor, feedOf } = feedSessions({ registry, userStates, encode });

  async function rankedFor(request: SessionRequest) {
    const session = await sessionFor(request);
    return { session, snapshot: session && (await registry.byId(session.snapshot)) };
  }

  /** A page for a user or a newcomer. `lost` is the reason why a user is treated as a newcomer. @throws HistoryError */
  async function pageFor(
    request: SessionRequest,
    timings: Timings,
    lost: readonly Failure[] = [],
  ): Promise<FeedPage | undefined> {
    const { session, snapshot } = await rankedFor(request);
    if (session === undefined || snapshot === undefined) return undefined;
    const faults = [...lost, ...session.failures];
    const { liked, person } = await userStates.known(snapshot, request);
    const cardsOf = (keys: readonly PostKey[]) => stored.cards(request.catalogue, keys);
    const { at, shown } = await pageOf(cardsOf, snapshot, session, person.disliked, request);
    timings.lap("cards");
    const explanation =
      request.explain &&
      (await explained(shown, store, snapshot, await feedOf(session, snapshot, request)).catch(
        (cause: unknown) => void faults.push({ stage: "explain", cause }),
      ));
    return {
      posts: shown.map(({ key, card }) => ({ card, upvoted: liked.includes(key) })),
      ...pageMeta(session, request, at, faults),
      faults,
      explain: undefined,
      ...explanation,
      timings,
    };
  }

  /** A page of a feed; a newcomer's page while the user cannot be read. */
  async function feed(request: FeedRequest): Promise<FeedPage | undefined> {
    const timings = startTimings(nowMs);
    try {
      const user = await requestUsers.known(request.username, timings.lap);
      return await pageFor({ ...request, ...user }, timings);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      return pageFor({ ...request, ...requestUsers.newcomer(timings.lap) }, timings, [lost]);
    }
  }

  /** The reasons why a post is in the user's present feed, or is not. @throws HistoryError */
  const why: Service["why"] = async ({ post, ...query }) => {
    const user = await requestUsers.known(query.username, () => {});
    const request = { ...FIRST_PAGE, ...query, ...user };
    const { session, snapshot } = await rankedFor(request);
    if (session === undefined || snapshot === undefined) return undefined;
    const found = await rowIn(store, snapshot, post);
    if (found === undefined) return "unknown post";
    const [card] = await stored.cards(request.catalogue, [found.key]);
    const ranked = await feedOf(session, snapshot, request);
    const answer = whyOf(snapshot.ranker, ranked, found.row, card !== undefined);
    return { ...answer, ...metaOf(request, session, stagesOf(session.failures)) };
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

const performanceNow = () => performance.now();
