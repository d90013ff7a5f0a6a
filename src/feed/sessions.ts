/** Feed sessions: a first page ranks afresh, the next pages continue in the same ranked list. */
import type { AdjustmentsVersion } from "../domain/adjustments.ts";
import type { Contest } from "../ranking/exploration/contest.ts";
import {
  originOf,
  sessionCache,
  sessionOf,
  type FeedSession,
  type RankedFrom,
} from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import type { userStateCache } from "./user-state-cache.ts";
import { contestsFrom } from "./contest-bytes.ts";
import {
  LIST_DEPTH,
  queryText,
  type preparer,
  type Prepared,
  type SessionRequest,
} from "./list-inputs.ts";

/** Dependencies of {@link feedSessions}. */
type SessionDeps = {
  readonly registry: SnapshotRegistry;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly prepare: ReturnType<typeof preparer>;
  /** The operator's adjustments; `undefined` for none. */
  readonly adjusted: () => Promise<AdjustmentsVersion | undefined>;
};

/** A list, and the snapshot that it was ranked from. */
export type RankedSession = { readonly session: FeedSession; readonly snapshot: ServedSnapshot };

/** True if a list ends before its posts do. */
export const isCutOff = ({ rows }: FeedSession): boolean => rows.length >= LIST_DEPTH;

/** Opens the sessions. One that has left the cache is ranked again from its origin. */
export function feedSessions({ registry, userStates, prepare, adjusted }: SessionDeps) {
  const cache = sessionCache();

  function rank(
    request: SessionRequest,
    { ranker }: ServedSnapshot,
    { inputs, about }: Prepared,
    held?: readonly Contest[],
  ): FeedSession {
    const list = ranker.rank({ ...inputs, held }, request.lap);
    const session = sessionOf(list, about, ranker.model.postKeys);
    cache.keep(queryText(request), session);
    return session;
  }

  /**
   * A new session, from the newest snapshot and the whole history. In a session of an app, where nothing comes
   * twice anyhow, the list that the request names goes on until one ranked now would differ.
   */
  async function start(request: SessionRequest): Promise<FeedSession | undefined> {
    const snapshot = registry.current();
    if (snapshot === undefined) return undefined;
    const state = await userStates.known(snapshot, request);
    const isOfApp = request.session !== undefined && request.list !== undefined;
    const before = isOfApp ? cache.find(queryText(request), request.list!) : undefined;
    const isSame = before?.snapshot === snapshot.id && before.state === snapshot.state;
    const known = isSame ? before.inputsDigest : undefined;
    const options = { known, adjusted: await adjusted() };
    const prepared = await prepare(snapshot, request, state, request.position, options);
    request.lap("prepare");
    return prepared === undefined ? before : rank(request, snapshot, prepared);
  }

  /** The session of a token; `undefined` if it is not cached and its snapshot or its history has changed. */
  async function resume(token: string, request: SessionRequest): Promise<FeedSession | undefined> {
    const cached = cache.find(queryText(request), token);
    const origin = cached ?? originOf(token);
    const snapshot = origin && (await registry.byId(origin.snapshot));
    if (origin === undefined || snapshot === undefined) return undefined;
    if (cached !== undefined) return cached;
    const state = await userStates.knownAt(snapshot, request, origin.position);
    const options = { token, adjusted: await adjusted() };
    const prepared = await prepare(snapshot, request, state, origin.position, options);
    if (prepared?.about.digest !== origin.digest) return undefined;
    return rank(request, snapshot, prepared, contestsFrom(origin.held, snapshot.ranker.rowOf));
  }

  return {
    /** Forgets all lists: somebody was erased. Others' are ranked again from their tokens. */
    forget: cache.clear,
    /** Page 1 starts a session; other pages continue the one they name, or the newest. */
    sessionFor: async (request: SessionRequest): Promise<FeedSession | undefined> => {
      if (request.page === 1 || request.session !== undefined) return start(request);
      const token = request.list ?? cache.newest(queryText(request));
      const resumed = token === undefined ? undefined : await resume(token, request);
      if (resumed !== undefined) return resumed;
      const started = await start(request);
      if (started === undefined || request.list === undefined) return started;
      return { ...started, fallback: [...started.fallback, "list_expired"] };
    },
    /** The ranking of a session with all its scores. */
    feedOf: async (session: RankedFrom, snapshot: ServedSnapshot, request: SessionRequest) => {
      const { position, token, contests: held, adjusted } = session;
      const state = await userStates.knownAt(snapshot, request, position);
      const prepared = await prepare(snapshot, request, state, position, { token, adjusted });
      return snapshot.ranker.rankWithScores({ ...prepared!.inputs, held }, request.lap);
    },
  };
}
