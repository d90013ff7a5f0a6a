/** Feed sessions: a first page ranks afresh, the next pages continue in the same ranked list. */
import type { PostKey } from "../domain/ids.ts";
import { expiredRows } from "../ranking/expiry.ts";
import type { Contest } from "../ranking/exploration/contest.ts";
import type { FeedInputs } from "../ranking/feed.ts";
import type { FeedRequest } from "./contract.ts";
import {
  digestOf,
  digestServed,
  originOf,
  sessionCache,
  sessionOf,
  type AboutList,
  type FeedSession,
  type RankedFrom,
} from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import type { RequestUser, UserState, userStateCache } from "./user-state-cache.ts";
import { contestsFrom } from "./contest-bytes.ts";
import { intentReader, type EncodeText, type IntentReader } from "./intent.ts";
import { pullReader } from "./pulls.ts";
import type { ServedPosts } from "./served-sessions.ts";
import type { NewPosts } from "./new-posts.ts";

/** Dependencies of {@link feedSessions}. */
type SessionDeps = {
  readonly registry: SnapshotRegistry;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly encode: EncodeText;
  readonly newPosts: NewPosts;
  /** Time in which a request to steer loses half of its strength. */
  readonly steerHalfLifeDays: number;
};

/** A request for a list, and the user who makes it. */
export type SessionRequest = RequestUser &
  Pick<FeedRequest, "username" | "projectCode" | "mood" | "page" | "list"> & {
    readonly excluded?: readonly PostKey[];
    /** Session of the app, whose posts do not come again. */
    readonly session?: string | undefined;
    readonly served?: ServedPosts | undefined;
  };

/** A list, and the snapshot that it was ranked from. */
export type Ranked = { readonly session: FeedSession; readonly snapshot: ServedSnapshot };

type Prepared = {
  readonly inputs: FeedInputs;
  /** Session without the ranked rows. */
  readonly about: AboutList;
};

/** Number of posts that are ranked. */
const DEPTH = 1_000;

/** True if a list ends before its posts do. */
export const isCutOff = ({ rows }: FeedSession): boolean => rows.length >= DEPTH;

/** Opens the sessions. One that has left the cache is ranked again from its origin. */
export function feedSessions(deps: SessionDeps) {
  const { registry, userStates, encode, newPosts, steerHalfLifeDays } = deps;
  const cache = sessionCache();
  const intents = intentReader(encode);
  const prepare = preparer(intents, pullReader(intents, steerHalfLifeDays), newPosts);

  function rank(
    request: SessionRequest,
    { ranker }: ServedSnapshot,
    { inputs, about }: Prepared,
    held?: readonly Contest[],
  ): FeedSession {
    const list = ranker.rank({ ...inputs, held }, request.lap);
    const session = sessionOf(list, about, ranker.model.postKeys);
    cache.keep(queryOf(request), session);
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
    const before = isOfApp ? cache.find(queryOf(request), request.list!) : undefined;
    const isSame = before?.snapshot === snapshot.id && before.state === snapshot.state;
    const options = { known: isSame ? before.inputsDigest : undefined };
    const prepared = await prepare(snapshot, request, state, request.position, options);
    request.lap("prepare");
    return prepared === undefined ? before : rank(request, snapshot, prepared);
  }

  /** The session of a token; `undefined` if it is not cached and its snapshot or its history has changed. */
  async function resume(token: string, request: SessionRequest): Promise<FeedSession | undefined> {
    const cached = cache.find(queryOf(request), token);
    const origin = cached ?? originOf(token);
    const snapshot = origin && (await registry.byId(origin.snapshot));
    if (origin === undefined || snapshot === undefined) return undefined;
    if (cached !== undefined) return cached;
    const state = await userStates.knownAt(snapshot, request, origin.position);
    const prepared = await prepare(snapshot, request, state, origin.position, { token });
    if (prepared?.about.digest !== origin.digest) return undefined;
    return rank(request, snapshot, prepared, contestsFrom(origin.held, snapshot.ranker.rowOf));
  }

  return {
    /** Forgets all lists: somebody was erased. Others' are ranked again from their tokens. */
    forget: cache.clear,
    /** Page 1 starts a session; other pages continue the one they name, or the newest. */
    sessionFor: async (request: SessionRequest): Promise<FeedSession | undefined> => {
      if (request.page === 1 || request.session !== undefined) return start(request);
      const token = request.list ?? cache.newest(queryOf(request));
      const resumed = token === undefined ? undefined : await resume(token, request);
      if (resumed !== undefined) return resumed;
      const started = await start(request);
      if (started === undefined || request.list === undefined) return started;
      return { ...started, fallback: [...started.fallback, "list_expired"] };
    },
    /** The ranking of a session with all its scores. */
    feedOf: async (session: RankedFrom, snapshot: ServedSnapshot, request: SessionRequest) => {
      const { position, token, contests: held } = session;
      const state = await userStates.knownAt(snapshot, request, position);
      const prepared = await prepare(snapshot, request, state, position, { token });
      return snapshot.ranker.rankWithScores({ ...prepared!.inputs, held }, request.lap);
    },
  };
}

/** The bits of a hash that seed draws. */
const SEED_BITS = 0xffff_ffffn;

/** Key of a query in the cache. */
function queryOf(request: SessionRequest): string {
  const { user, username, projectCode, mood, excluded, session } = request;
  return JSON.stringify([user?.key ?? username, projectCode, mood, excluded, session]);
}

type PrepareOptions = {
  /** Digest of the inputs of a list that may go on. */
  readonly known?: string | undefined;
  /** Token of the list that is ranked again: later posts and counts may move single posts of it. */
  readonly token?: string;
};

/**
 * Prepares the inputs of ranking for a person known up to a position; `undefined` if they are the `known` ones,
 * whatever was served since.
 */
function preparer(
  intents: IntentReader,
  pullsOf: ReturnType<typeof pullReader>,
  newPosts: NewPosts,
) {
  return async (
    { id, ranker, ranker: { model, rowOf }, nearest, state }: ServedSnapshot,
    request: SessionRequest,
    { person, steering: said }: UserState,
    position: number,
    options: PrepareOptions = {},
  ): Promise<Prepared | undefined> => {
    const [category, mood, steering] = await Promise.all([
      intents.category(model, request.projectCode),
      intents.mood(model, request.mood),
      pullsOf(said, { ranker, nearest }, request.nowMs),
    ]);
    const { nowMs, excluded = [], served = [] } = request;
    const rowsOf = (keys: Iterable<PostKey>) => {
      const rows = Array.from(keys, (key) => rowOf(key) ?? -1);
      return Uint32Array.from(rows.filter((row) => row >= 0));
    };
    const asking = {
      person,
      categoryMask: category.categoryMask,
      mood: mood.vector,
      limit: DEPTH,
      nowMs,
      excluded: rowsOf(excluded).sort(),
      steering,
      sliders: said?.sliders,
    };
    const inputsDigest = digestOf(asking, expiredRows(model, nowMs).length);
    if (inputsDigest === options.known) return undefined;
    const inputs = { ...asking, served: rowsOf(served) };
    const digest = digestServed(inputsDigest, inputs.served);
    const origin = { snapshot: id, position, digest };
    const seed = Number(Bun.hash(JSON.stringify([queryOf(request), origin])) & SEED_BITS);
    // What strangers are shown is not logged, so nothing is tried out on them.
    const isTrying = request.history === undefined && options.token === undefined;
    return {
      inputs: { ...inputs, seed, trials: isTrying ? newPosts.trials(model, nowMs) : undefined },
      about: {
        ...{ ...origin, state, inputsDigest, token: options.token, historyLength: person.length },
        match: [...category.match, ...mood.match],
        fallback: [...category.fallback, ...mood.fallback],
      },
    };
  };
}
