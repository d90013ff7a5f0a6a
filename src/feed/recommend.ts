/** The recommender: opens the service's feed, recommendations and why on shared caches. */
import { SETTINGS } from "../config/settings.ts";
import type { Store } from "../data/contract.ts";
import type { ServedLog, ServedPage } from "../data/served-log.ts";
import { adjustingPreview } from "./adjusting/preview.ts";
import { listTrier } from "./adjusting/tried-list.ts";
import { effectReader } from "./events/effect-reader.ts";
import { feedPages } from "./feed-pages.ts";
import { intentReader, type EncodeText } from "./intent.ts";
import { NO_NEW_POSTS, type NewPosts } from "./new-posts.ts";
import type { LogShown, Parts } from "./parts.ts";
import { postIdCache } from "./post-ids.ts";
import { recommendationPages } from "./recommendations.ts";
import { requestUserReader } from "./request-user.ts";
import { firstInputs, preparer, type SessionRequest } from "./list-inputs.ts";
import { pullReader } from "./pulls.ts";
import { feedSessions, type RankedSession } from "./sessions.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";
import { storeCache } from "./store-cache.ts";
import { HistoryError, type UserStore } from "./user-inputs.ts";
import { userStateCache, type RequestUser } from "./user-state-cache.ts";
import type { ForUser } from "./who.ts";
import { tasteReader } from "./taste-reader.ts";
import { whyAnswers } from "./why-answers.ts";

/** Dependencies of {@link recommender}. */
export type RecommendDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: UserStore & Pick<Store, "posts" | "ids" | "version">;
  /** The present log of what was shown. */
  readonly servedLog: () => ServedLog;
  readonly encode: EncodeText;
  /** Absent: no slots are reserved. */
  readonly newPosts?: NewPosts;
  /** Monotonic, for timings. */
  readonly nowMs?: () => number;
  /** The wall clock, by which posts expire. */
  readonly clockMs?: () => number;
  /** Makes the id of a reply. */
  readonly newId?: () => string;
  /** Time in which what somebody asked for loses half of its strength. */
  readonly steerHalfLifeDays?: number;
  /** Longest delay until another process's write is noticed, milliseconds. */
  readonly lateMs?: number;
  /** Absent: nothing is adjusted. */
  readonly inForce?: Parts["inForce"];
};

/** Default of `lateMs`: too short to be noticed. */
const LATE_MS = 2;

/** Opens the feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { registry, store, servedLog, encode, newPosts = NO_NEW_POSTS } = deps;
  const { nowMs = performanceNow, clockMs = Date.now, newId = Bun.randomUUIDv7 } = deps;
  const { inForce = NOTHING_ADJUSTED } = deps;
  const { steerHalfLifeDays = SETTINGS.STEER_HALF_LIFE_DAYS.fallback } = deps;
  const userStates = userStateCache(store);
  const stored = storeCache(store);
  const intents = intentReader(encode);
  const prepare = preparer(intents, pullReader(intents, steerHalfLifeDays), newPosts);
  const inputsFor = firstInputs(prepare, userStates);
  const sessions = feedSessions({ registry, userStates, prepare, adjusted: inForce });
  const { sessionFor, feedOf } = sessions;
  const requestUsers = requestUserReader(store, stored, {
    clockMs,
    lateMs: deps.lateMs ?? LATE_MS,
    forget: () => {
      userStates.forget();
      sessions.forget();
    },
  });

  async function rankedFor(request: SessionRequest): Promise<RankedSession | undefined> {
    const session = await sessionFor(request);
    const snapshot = session && (await registry.byId(session.snapshot));
    return snapshot && { session, snapshot };
  }

  const forUser: ForUser<RequestUser> = async (who, lap, page) => {
    try {
      return await page(await requestUsers.known(who, lap), []);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      return page(requestUsers.newcomer(lap), [lost]);
    }
  };

  const append = async (page: ServedPage) => (servedLog().append(page), true);
  const logShown: LogShown = async ({ isPreview, past }, page, log = append) => {
    if (isPreview || past !== undefined) return true;
    const isLogged = await log(page);
    if (isLogged) newPosts.served(page);
    return isLogged;
  };

  const caches = {
    store,
    servedLog,
    logShown,
    snapshot: registry.current,
    stored,
    userStates,
    idsOf: postIdCache(store),
  };
  const lists = { rankedFor, feedOf, inputsFor };
  const parts: Parts = { ...caches, ...lists, requestUsers, forUser, inForce, newId, nowMs };
  return {
    feed: feedPages(parts),
    recommend: recommendationPages(parts),
    why: whyAnswers(parts),
    previewAdjusting: adjustingPreview(parts),
    tryList: listTrier(parts),
    taste: tasteReader({ ...parts, steerHalfLifeDays }),
    effect: effectReader(parts),
  };
}

const NOTHING_ADJUSTED = async () => undefined;
const performanceNow = () => performance.now();
