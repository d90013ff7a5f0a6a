/** Parts that pages, recommendations and answers are made with. */
import type { Store } from "../data/contract.ts";
import type { ServedLog } from "../data/served-log.ts";
import type { NewPosts } from "./new-posts.ts";
import type { IdsOf } from "./post-ids.ts";
import type { requestUserReader } from "./request-user.ts";
import type { feedSessions, Ranked, SessionRequest } from "./sessions.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";
import type { StoreCache } from "./store-cache.ts";
import type { RequestUser, userStateCache } from "./user-state-cache.ts";
import type { ForUser } from "./who.ts";

/** The parts of one recommender. */
export type Parts = {
  readonly store: Pick<Store, "ids" | "posts" | "events">;
  /** What was shown. */
  readonly servedLog: () => ServedLog;
  /** The newest snapshot; `undefined` before the first one. */
  readonly snapshot: SnapshotRegistry["current"];
  readonly newPosts: NewPosts;
  readonly stored: StoreCache;
  readonly idsOf: IdsOf;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly requestUsers: ReturnType<typeof requestUserReader>;
  readonly forUser: ForUser<RequestUser>;
  /** `undefined` before the first snapshot. */
  readonly rankedFor: (request: SessionRequest) => Promise<Ranked | undefined>;
  readonly feedOf: ReturnType<typeof feedSessions>["feedOf"];
  /** Makes the id of a reply. */
  readonly newId: () => string;
  /** Monotonic, for timings. */
  readonly nowMs: () => number;
};
