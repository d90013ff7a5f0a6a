/** Parts that pages, recommendations and answers are made with. */
import type { Store } from "../data/contract.ts";
import type { AdjustmentsVersion } from "../domain/adjustments.ts";
import type { ServedLog, ServedPage } from "../data/served-log.ts";
import type { RecommendationsRequest } from "./contract.ts";
import type { IdsOf } from "./post-ids.ts";
import type { requestUserReader } from "./request-user.ts";
import type { firstInputs, SessionRequest } from "./list-inputs.ts";
import type { feedSessions, RankedSession } from "./sessions.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";
import type { StoreCache } from "./store-cache.ts";
import type { RequestUser, userStateCache } from "./user-state-cache.ts";
import type { ForUser } from "./who.ts";

/**
 * Logs and counts a page that somebody is shown: no preview, and none for a history that the request brings along.
 * `log` may refuse it: then the result is false, and another page is to be picked.
 */
export type LogShown = (
  request: Pick<RecommendationsRequest, "isPreview" | "past">,
  page: ServedPage,
  log?: (page: ServedPage) => Promise<boolean>,
) => Promise<boolean>;

/** The parts of one recommender. */
export type Parts = {
  readonly store: Pick<Store, "ids" | "posts" | "events">;
  /** The served log. */
  readonly servedLog: () => ServedLog;
  readonly logShown: LogShown;
  /** The newest snapshot; `undefined` before the first one. */
  readonly snapshot: SnapshotRegistry["current"];
  readonly stored: StoreCache;
  readonly idsOf: IdsOf;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly requestUsers: ReturnType<typeof requestUserReader>;
  readonly forUser: ForUser<RequestUser>;
  /** `undefined` before the first snapshot. */
  readonly rankedFor: (request: SessionRequest) => Promise<RankedSession | undefined>;
  readonly feedOf: ReturnType<typeof feedSessions>["feedOf"];
  readonly inputsFor: ReturnType<typeof firstInputs>;
  /** Factors that the operator has saved; `undefined` for nothing. */
  readonly inForce: () => Promise<AdjustmentsVersion | undefined>;
  /** Makes the id of a reply. */
  readonly newId: () => string;
  /** Monotonic, for timings. */
  readonly nowMs: () => number;
};
